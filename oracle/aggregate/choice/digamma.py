"""The digamma function on integers, as variational Bayes needs it (Bernardo, "Algorithm AS 103: Psi
(Digamma) Function", Applied Statistics 25(3), 1976).

    psi(x) = psi(x + 1) - 1/x                                        until x >= 8
    psi(x) = ln x - 1/(2x) - 1/(12 x**2) + 1/(120 x**4) - ...        the rest is below 2**-25
"""

from oracle.integers import ONE, kernel, log2

LOG2_E = 24_204_406
"""log2 of Euler's number, scaled by `ONE`."""

_FAR = 8 * ONE
_BITS = 24


@kernel
def digamma(value: int) -> int:
    """Return psi(x) * log2(e) scaled by `ONE`, for x scaled by `ONE`, 1/8 <= x < 2**37.

    An inverse is at most 8 * `ONE`, the at most 8 of them together below 2**29, so that their
    product with `LOG2_E` is below 2**54. The absolute error is that of `log2`, below 2**-19.
    """
    x = value
    rest = 0
    while x < _FAR:
        rest -= ONE * ONE // x
        x += ONE
    inverse = ONE * ONE // x
    square = inverse * inverse >> _BITS
    rest -= (inverse >> 1) + square // 12 - (square * square >> _BITS) // 120
    return log2(x) - _BITS * ONE + (rest * LOG2_E >> _BITS)
