"""Binary logarithm and exponential on integers, equal to the bit on every machine.

Values are scaled by `ONE` = 2**24. Both functions look up a table of 1,025 points and
interpolate linearly; the absolute error of either stays below 2**-20. The tables come from integer
square roots and squarings alone (Knuth, TAOCP vol. 1, section 1.2.2, exercise 25), never from libm.
"""

from dataclasses import dataclass
from math import isqrt

import numpy as np

from .types import Ints

FRACTION_BITS = 24
ONE = 1 << FRACTION_BITS
LOWEST = -60 * ONE
"""Below this exponent `exp2` answers zero."""

_STEP_BITS = 10
_STEPS = 1 << _STEP_BITS
_REST_BITS = FRACTION_BITS - _STEP_BITS
_GUARD = 64
_OUT_BITS = 30


@dataclass(frozen=True)
class Tables:
    """Hold log2 over [1, 2] scaled by 2**24 and exp2 over [0, 1] scaled by 2**30."""

    log2: Ints
    exp2: Ints


def build_tables() -> Tables:
    """Compute both tables in a few milliseconds."""
    log2 = [_log2_of_step(step) for step in range(_STEPS)] + [ONE]
    return Tables(
        log2=np.array(log2, dtype=np.int64), exp2=np.array(_exp2_of_steps(), dtype=np.int64)
    )


def log2(tables: Tables, values: Ints) -> Ints:
    """Return log2 of each positive integer below 2**62, scaled by `ONE`."""
    exponents = _floor_log2(values)
    mantissas = ((values << (62 - exponents)) >> (62 - FRACTION_BITS)) - ONE
    return exponents * ONE + _interpolate(tables.log2, mantissas)


def exp2(tables: Tables, exponents: Ints) -> Ints:
    """Return 2**x scaled by 2**30 for each x <= 0 scaled by `ONE`."""
    clipped = np.maximum(exponents, LOWEST)
    whole = clipped >> FRACTION_BITS
    powers: Ints = _interpolate(tables.exp2, clipped - (whole << FRACTION_BITS)) >> -whole
    return powers


def _interpolate(table: Ints, fractions: Ints) -> Ints:
    steps = fractions >> _REST_BITS
    rests = fractions & ((1 << _REST_BITS) - 1)
    left = table[steps]
    values: Ints = left + (((table[steps + 1] - left) * rests) >> _REST_BITS)
    return values


def _floor_log2(values: Ints) -> Ints:
    exponents = np.zeros_like(values)
    rest = values.copy()
    for bits in (32, 16, 8, 4, 2, 1):
        shift = np.where(rest >> bits > 0, bits, 0)
        rest >>= shift
        exponents += shift
    return exponents


def _log2_of_step(step: int) -> int:
    """Square the mantissa once per bit of the logarithm."""
    mantissa = ((_STEPS + step) << _GUARD) >> _STEP_BITS
    result = 0
    for _ in range(FRACTION_BITS):
        mantissa = (mantissa * mantissa) >> _GUARD
        carry = mantissa >> (_GUARD + 1)
        mantissa >>= carry
        result = (result << 1) | carry
    return result


def _exp2_of_steps() -> list[int]:
    """Multiply up the 1,024th root of two."""
    root = 2 << _GUARD
    for _ in range(_STEP_BITS):
        root = isqrt(root << _GUARD)
    values = [1 << _GUARD]
    for _ in range(_STEPS - 1):
        values.append((values[-1] * root) >> _GUARD)
    return [value >> (_GUARD - _OUT_BITS) for value in values] + [2 << _OUT_BITS]
