"""Digamma, logistic function and its integral against exact fractions."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.choice.digamma import LOG2_E, digamma
from oracle.aggregate.choice.logistic import SURE, sigmoid, softplus
from oracle.integers import ONE

pytestmark = pytest.mark.unit

GAMMA = Fraction(5_772_156_649, 10**10)
"""Euler's constant."""

CLOSE = 40
"""In units of 1 / `ONE`: 2**-19 and a little."""


@pytest.mark.parametrize("whole", [1, 2, 3, 7, 8, 9, 40])
def test_digamma__whole_number__is_a_harmonic_number_less_gamma(whole):
    harmonic = sum(Fraction(1, each) for each in range(1, whole)) - GAMMA

    assert abs(digamma(whole * ONE) - harmonic * LOG2_E) <= CLOSE


def test_digamma__one_half__is_two_bits_below_that_of_one():
    assert abs(digamma(ONE // 2) - digamma(ONE) + 2 * ONE) <= CLOSE


@given(st.integers(ONE // 8, 1 << 60))
def test_digamma__any_number__rises_by_its_inverse(value):
    rise = digamma(value + ONE) - digamma(value)

    assert abs(rise - LOG2_E * ONE // value) <= 2 * CLOSE


@given(st.integers(-(1 << 40), 1 << 40))
def test_sigmoid__both_signs__sum_to_one(log_odds):
    assert sigmoid(log_odds) + sigmoid(-log_odds) in (SURE, SURE - 1, SURE + 1)


@pytest.mark.parametrize(("bits", "odds"), [(0, 1), (1, 2), (3, 8), (10, 1_024)])
def test_sigmoid__whole_bits__is_the_chance_of_the_odds(bits, odds):
    assert abs(sigmoid(bits * ONE) - SURE * odds // (odds + 1)) <= 1


@given(st.integers(-(1 << 40), 1 << 40))
def test_softplus__any_number__exceeds_that_of_its_opposite_by_itself(value):
    assert softplus(value) - softplus(-value) == value
    assert softplus(value) >= max(value, 0)


def test_softplus__even_odds__is_one_bit():
    assert softplus(0) == ONE
