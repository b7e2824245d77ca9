"""A worker's own estimate follows its history by the rule, and is honest about few audits."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from dao_client.documents import History
from oracle.aggregate import UNIT
from oracle.forecast import estimate
from oracle.jury import skill_of

pytestmark = pytest.mark.unit


def history(answers: int, right: Fraction, labels: int) -> History:
    """Let a worker be right on a share of so many audits of even labels."""
    chance = Fraction(1, labels)
    points, spread = answers * (right - chance), answers * (1 - chance)
    return History(int(points * UNIT), int(spread * UNIT))


def test_estimate__stranger__is_nothing():
    assert estimate(History(0, 0), 2) is None


def test_estimate__worker_who_is_right_on_85_percent__earns_about_six_tenths():
    found = estimate(history(20, Fraction(85, 100), 2), 2)

    assert round(found.answers) == 20
    assert Fraction(55, 100) < found.usual < Fraction(6, 10)
    assert found.least < found.usual < found.most


def test_estimate__worker_who_guesses__earns_nothing_to_speak_of():
    found = estimate(history(20, Fraction(1, 2), 2), 2)

    assert found.least == 0
    assert found.usual < Fraction(1, 20)


@given(st.integers(1, 20), st.fractions(0, 1), st.integers(2, 8))
def test_estimate__any_history__stays_within_a_price(answers, right, labels):
    found = estimate(history(answers, right, labels), labels)

    assert 0 <= found.least <= found.usual <= found.most <= 1
    assert 0 <= found.skill <= 1


@given(st.integers(1, 20), st.fractions(Fraction(1, 2), 1))
def test_estimate__better_history__never_says_less(answers, right):
    worse = estimate(history(answers, right / 2, 2), 2)
    better = estimate(history(answers, right, 2), 2)

    assert better.usual >= worse.usual


@given(st.integers(1, 20), st.fractions(Fraction(1, 2), 1))
def test_estimate__skill_above_one_half__is_at_least_what_juries_ask(answers, right):
    past = history(answers, right, 2)

    found = estimate(past, 2)

    if found.skill >= Fraction(1, 2):
        assert found.skill * UNIT >= skill_of(past) - 1
