"""Binary logarithm and exponential on integers, equal to the bit on every machine.

Values are scaled by `ONE` = 2**24. Both functions look up a table of 1,025 points and
interpolate linearly; the absolute error of either stays below 2**-20. The tables come from integer
square roots and squarings alone (Knuth, TAOCP vol. 1, section 1.2.2, exercise 25), never from libm.
"""

from math import isqrt

import numpy as np

from .arrays import UNIT
from .kernel import kernel

FRACTION_BITS = 24
ONE = 1 << FRACTION_BITS
LOWEST = -60 * ONE
"""Below this exponent `exp2` answers zero."""

EXP2_BITS = 30
"""`exp2` is scaled by 2**30."""

_STEP_BITS = 10
_STEPS = 1 << _STEP_BITS
_REST_BITS = FRACTION_BITS - _STEP_BITS
_REST_MASK = (1 << _REST_BITS) - 1
_GUARD = 64


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
    return [value >> (_GUARD - EXP2_BITS) for value in values] + [2 << EXP2_BITS]


_LOG2 = np.array([*map(_log2_of_step, range(_STEPS)), ONE], dtype=np.int64)
_EXP2 = np.array(_exp2_of_steps(), dtype=np.int64)


def _log2_of(value: int) -> int:
    """Return log2 of a positive integer below 2**62, scaled by `ONE`."""
    exponent = 0
    rest = value
    for bits in (32, 16, 8, 4, 2, 1):
        if rest >> bits > 0:
            rest >>= bits
            exponent += bits
    mantissa = ((np.int64(value) << (62 - exponent)) >> (62 - FRACTION_BITS)) - ONE
    step = mantissa >> _REST_BITS
    left = _LOG2[step]
    rise = (_LOG2[step + 1] - left) * (mantissa & _REST_MASK)
    return exponent * ONE + int(left + (rise >> _REST_BITS))


log2 = kernel(_log2_of)

LOG_UNIT = _log2_of(UNIT)
"""log2 of `UNIT`, scaled by `ONE`: computed without compiling anything."""


@kernel
def exp2(exponent: int) -> int:
    """Return 2**x scaled by 2**30 for x <= 0 scaled by `ONE`."""
    if exponent <= LOWEST:
        return 0
    whole = exponent >> FRACTION_BITS
    fraction = exponent - (whole << FRACTION_BITS)
    step = fraction >> _REST_BITS
    left = _EXP2[step]
    rise = (_EXP2[step + 1] - left) * (fraction & _REST_MASK)
    return int((left + (rise >> _REST_BITS)) >> -whole)
