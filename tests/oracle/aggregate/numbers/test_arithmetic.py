"""The integer arithmetic below the methods."""

from math import isqrt

import numpy as np
import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.numbers.arithmetic import bits_of, spread_of, square_root, times

pytestmark = pytest.mark.unit


@given(st.integers(0, 2**62 - 1))
def test_square_root__of_any_integer__is_the_floor(value):
    assert square_root(value) == isqrt(value)


@given(st.integers(0, 2**62 - 1))
def test_bits_of__any_integer__is_its_bit_length(value):
    assert bits_of(value) == value.bit_length()


@given(st.integers(-(2**53) + 1, 2**53 - 1), st.integers(-(2**17), 2**17))
def test_times__any_fraction__is_the_floor_of_the_product(value, fraction):
    if abs(value * fraction) < 2**74:
        assert times(value, fraction) == (value * fraction) >> 12


def test_spread_of__normal_residuals__is_their_deviation():
    residuals = np.abs(np.random.default_rng(0).normal(0, 10**6, 20_000)).astype(np.int64)

    assert abs(spread_of(residuals) - 10**6) < 20_000


def test_spread_of__a_tenth_wild__hardly_grows():
    residuals = np.abs(np.random.default_rng(0).normal(0, 10**6, 20_000)).astype(np.int64)
    residuals[::10] = 2**52

    assert spread_of(residuals) < 1.5 * 10**6


def test_spread_of__agreeing_residuals__is_zero():
    assert spread_of(np.zeros(5, dtype=np.int64)) == 0
