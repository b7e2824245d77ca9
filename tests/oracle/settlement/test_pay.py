"""Pay by audited answers alone, of few answers, and the cap that audits put on pay."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from oracle.integers import UNIT
from oracle.settlement import pay_audited_only

from .crowds import PRICE, Case, case_of, cases

pytestmark = pytest.mark.unit


@settings(max_examples=200, deadline=None)
@given(cases())
def test_pay_audited_only__any_crowd__follows_the_rule(case: Case):
    found = case.settle()

    paid = pay_audited_only(found, case.terms)

    for amount, account in zip(paid, found.accounts, strict=True):
        share = 0
        if account.audited:
            share = account.earned.points * UNIT // (account.audited * found.by_audits.spread)
        over = max(0, min(UNIT, share) - UNIT // 4)
        expected = PRICE * account.audited * over // (UNIT - UNIT // 4)
        assert amount == (0 if account.is_slashed else expected)


def test_pay_audited_only__right_and_wrong_worker__pays_the_right_one_for_audits():
    case = case_of(["001", "110", "001", "110", "001"], {0: 0, 1: 1})

    assert pay_audited_only(case.settle(), case.terms) == (2 * PRICE, 2 * PRICE, 0)


def test_pay_audited_only__known_liar_who_is_right_today__earns_nothing():
    case = case_of(["00", "11"], {0: 0, 1: 1}, history=[(0, 0), (-8 * UNIT, 8 * UNIT)])

    found = case.settle()

    assert [account.hits for account in found.accounts] == [2, 2]
    assert found.accounts[1].is_slashed
    assert pay_audited_only(found, case.terms) == (2 * PRICE, 0)


def test_pay_audited_only__history_alone__earns_nothing():
    case = case_of(["00", "11"], history=[(10 * UNIT, 10 * UNIT)] * 2)

    assert pay_audited_only(case.settle(), case.terms) == (0, 0)


@pytest.mark.parametrize(("audited", "is_capped"), [(3, False), (4, True)])
def test_settle__four_audited_answers__cap_the_quality(audited, is_capped):
    rows = ["000", "111"] * 4
    case = case_of(rows, {item: int(rows[item][0]) for item in range(audited)})

    caps = [account.quality_cap for account in case.settle().accounts]

    assert [cap is not None for cap in caps] == [is_capped] * 3


def test_settle__ring_that_audits_contradict__earns_no_more_than_they_allow():
    rows = ["11100", "00011"] * 10
    case = case_of(rows, {0: 0, 1: 1, 2: 0, 3: 1})

    ring, honest = case.settle().accounts[0], case.settle().accounts[4]

    assert (ring.hits, honest.hits) == (0, 4)
    assert ring.pay == 0
    assert honest.pay > 0


@settings(max_examples=200, deadline=None)
@given(cases(may_withhold=True))
def test_settle__few_answers_are_asked_more_of__only_their_pay_falls(case: Case):
    plain = replace(case, least_answers=0).settle().accounts

    asked = replace(case, least_answers=12).settle().accounts

    for before, after in zip(plain, asked, strict=True):
        assert after.pay <= before.pay
        same = {"pay": 0, "quality": 0, "measured_against": 0}
        assert replace(after, **same) == replace(before, **same)
        assert after == before or after.judged < 12


@pytest.mark.parametrize(("remembered", "share"), [(0, 5), (3, 8), (5, 10), (20, 10)])
def test_settle__ten_asked_for_and_five_given__history_stands_for_the_rest(remembered, share):
    """All right on two labels: F = 1/2 each at most, so q = .5 / lambda of a full measure."""
    rows = ["000000", "111111"] * 3
    case = case_of(rows[:5], history=[(remembered * UNIT // 2,) * 2] * 6, least_answers=10)

    for account in case.settle().accounts:
        assert account.judged == 5
        assert account.measured_against * 5 == account.full_points * (10 - min(remembered, 5))
