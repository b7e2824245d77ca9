"""Integer arithmetic of residuals: square root, product with a fraction, robust spread.

Residuals and answers are on the grid and stay below 2**53 in absolute value.
"""

from oracle.integers import Ints, kernel

FRACTION_BITS = 12
"""Shares and gains are scaled by 2**12."""

_SPREAD_BITS = 15
_MAX_PASSES = 100
_CONSISTENCY = 9205
"""The mean of min(z**2, 4) of a standard normal z, in 1/10_000."""


@kernel
def bits_of(value: int) -> int:
    """Return the number of binary digits of a non-negative integer below 2**62."""
    bits = 0
    while value >> bits > 0:
        bits += 1
    return bits


@kernel
def square_root(value: int) -> int:
    """Return the integer square root of a non-negative integer below 2**62 (Newton)."""
    if value < 2:
        return value
    root = 1 << ((bits_of(value) + 1) >> 1)
    while True:
        smaller = (root + value // root) >> 1
        if smaller >= root:
            return root
        root = smaller


@kernel
def clip(value: int, bound: int) -> int:
    """Return `value` moved to the nearer end of ±`bound` if it lies outside."""
    return max(-bound, min(bound, value))


@kernel
def times(value: int, fraction: int) -> int:
    """Return value * fraction / 2**12 for |value| < 2**53 and |fraction| <= 2**17."""
    low = value & ((1 << FRACTION_BITS) - 1)
    return (value >> FRACTION_BITS) * fraction + ((low * fraction) >> FRACTION_BITS)


@kernel
def spread_of(distances: Ints) -> int:
    """Return the standard deviation of the bulk of absolute residuals (Huber's proposal 2).

    The largest s with s**2 = mean(min(r, 2s)**2) / .9205, found by descent from the largest
    residual; a fifth of the residuals may be arbitrarily far out. P. J. Huber, Robust Statistics
    (1981), section 6.4. Each r is cut to 2**17 before it is squared, so a sum over 2**27 stays
    below 2**61.
    """
    spread = 0
    for distance in distances:
        spread = max(spread, distance)
    for _ in range(_MAX_PASSES):
        narrower = _narrower(distances, spread)
        if narrower >= spread:
            break
        spread = narrower
    return spread


@kernel
def _narrower(distances: Ints, spread: int) -> int:
    """Return the spread of the residuals when each is cut at twice the `spread` before."""
    shift = max(0, bits_of(spread) - _SPREAD_BITS)
    bound = (2 * spread) >> shift
    total = 0
    for distance in distances:
        cut = min(distance >> shift, bound)
        total += cut * cut
    mean_square = ((total // distances.size) << 14) + (
        (total % distances.size) << 14
    ) // distances.size
    return (square_root(mean_square * 10_000 // _CONSISTENCY) << shift) >> 7
