"""The integer logarithm and exponential against libm, and their exact ends."""

import math

import numpy as np
import pytest

from oracle.aggregate.fixed_old import LOWEST, ONE, build_tables, exp2, log2

pytestmark = pytest.mark.unit

TABLES = build_tables()
CLOSE = 2**-20


def test_log2__of_powers_of_two__is_exact():
    powers = np.array([1 << bits for bits in range(62)], dtype=np.int64)

    assert log2(TABLES, powers).tolist() == [bits * ONE for bits in range(62)]


def test_log2__of_any_integer__is_close_to_libm():
    values = np.random.default_rng(1).integers(1, 2**62 - 1, size=10_000) >> 13

    result = log2(TABLES, np.maximum(values, 1))

    assert (
        max(abs(r / ONE - math.log2(max(v, 1))) for r, v in zip(result, values, strict=True))
        < CLOSE
    )


def test_exp2__of_any_exponent__is_close_to_libm():
    exponents = np.random.default_rng(2).integers(-30 * ONE, 1, size=10_000)

    result = exp2(TABLES, exponents)

    assert (
        max(abs(r / 2**30 - 2.0 ** (e / ONE)) for r, e in zip(result, exponents, strict=True))
        < CLOSE
    )


def test_exp2__of_zero_and_of_the_lowest__is_one_and_nothing():
    assert exp2(TABLES, np.array([0, LOWEST, 10 * LOWEST])).tolist() == [2**30, 0, 0]


def test_build_tables__rises_everywhere():
    assert (np.diff(TABLES.log2) > 0).all()
    assert (np.diff(TABLES.exp2) > 0).all()
    assert TABLES.exp2[512] == math.isqrt(2 << 60)
