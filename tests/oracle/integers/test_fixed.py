"""The integer logarithm and exponential against libm, and their exact ends."""

import math

import numpy as np
import pytest

from oracle.integers import LOWEST, ONE, exp2, log2

pytestmark = pytest.mark.unit

CLOSE = 2**-20


def test_log2__of_powers_of_two__is_exact():
    assert [log2(1 << bits) for bits in range(62)] == [bits * ONE for bits in range(62)]


def test_log2__of_any_integer__is_close_to_libm():
    values = np.maximum(np.random.default_rng(1).integers(1, 2**62 - 1, size=10_000) >> 13, 1)

    errors = [abs(log2(value) / ONE - math.log2(value)) for value in values.tolist()]

    assert max(errors) < CLOSE


def test_exp2__of_any_exponent__is_close_to_libm():
    exponents = np.random.default_rng(2).integers(-30 * ONE, 1, size=10_000)

    errors = [abs(exp2(each) / 2**30 - 2.0 ** (each / ONE)) for each in exponents.tolist()]

    assert max(errors) < CLOSE


def test_exp2__of_zero_and_of_the_lowest__is_one_and_nothing():
    assert [exp2(0), exp2(LOWEST), exp2(10 * LOWEST)] == [2**30, 0, 0]


@pytest.mark.parametrize(("function", "first"), [(log2, 1), (exp2, -4_000)])
def test_functions__greater_argument__gives_no_smaller_value(function, first):
    values = [function(first + step) for step in range(4_000)]

    assert values == sorted(values)
