"""Pay by audited answers alone, and the cap that audits put on pay."""

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
