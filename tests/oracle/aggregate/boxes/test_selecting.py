"""Where the expected F1 is greatest."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.boxes.selecting import least_chance

pytestmark = pytest.mark.unit

ONE = 100


def test_least_chance__one_sure_and_one_unlikely__leaves_the_unlikely_out():
    assert least_chance([100, 20], 120, ONE) == 100


def test_least_chance__one_sure_and_one_likely__takes_both():
    assert least_chance([100, 60], 160, ONE) == 60


def test_least_chance__equal_chances__stay_together():
    assert least_chance([50, 50, 50], 150, ONE) == 50


@pytest.mark.parametrize("chances", [[0], [0, 0, 0]])
def test_least_chance__certainly_false_boxes__is_out_of_reach(chances):
    assert least_chance(chances, 0, ONE) > ONE


def test_least_chance__certainly_false_beside_a_likely_one__leaves_the_false_out():
    assert least_chance([60, 0], 60, ONE) == 60


def test_least_chance__no_boxes__is_out_of_reach():
    assert least_chance([], 0, ONE) > ONE


@given(chances=st.lists(st.integers(0, ONE), min_size=1), missed=st.integers(0, 500))
def test_least_chance__any_chances__gives_no_less_than_any_other_cut(chances, missed):
    def expected(least):
        given_chances = [chance for chance in chances if chance >= least]
        if not given_chances:
            return Fraction(0)
        whole = len(given_chances) * ONE + sum(chances) + missed
        return Fraction(2 * sum(given_chances), whole)

    least = least_chance(chances, sum(chances) + missed, ONE)

    assert least > 0
    assert expected(least) == max(expected(other) for other in chances)
