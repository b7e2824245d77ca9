"""Shares of large integers without leaving int64."""

from .arrays import UNIT
from .fixed import EXP2_BITS, LOG_UNIT, exp2, log2
from .kernel import kernel

_BITS = 32


@kernel
def ratio(part: int, whole: int) -> int:
    """Return part / whole scaled by `UNIT`, rounded down, for 0 <= part and 0 < whole < 2**62.

    Both lose their lowest bits alike until they fit 32, so the relative error stays below 2**-30.
    """
    largest = max(part, whole)
    shift = 0
    while largest >> shift >= 1 << _BITS:
        shift += 8
    return (part >> shift) * UNIT // max(whole >> shift, 1)


@kernel
def clipped_ratio(part: int, whole: int) -> int:
    """Return part / whole within 0..`UNIT`; nothing for a negative part."""
    if part <= 0:
        return 0
    return min(UNIT, ratio(part, whole))


@kernel
def power(share: int, exponent: int) -> int:
    """Return share ** exponent, all three scaled by `UNIT`, for a share of at most one.

    The exponent is at most 2 * `UNIT`, so the product stays below 2**29 * 2**31.
    """
    if share <= 0:
        return 0
    return (exp2((log2(share) - LOG_UNIT) * exponent // UNIT) * UNIT) >> EXP2_BITS
