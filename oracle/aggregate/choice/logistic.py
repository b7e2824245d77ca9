"""The logistic function and its integral, to base two, on integers."""

from oracle.integers import EXP2_BITS, ONE, exp2, kernel, log2

SURE_BITS = EXP2_BITS
SURE = 1 << SURE_BITS
"""Probability one; every belief of the methods that read this module is scaled by it."""


@kernel
def sigmoid(log_odds: int) -> int:
    """Return 1 / (1 + 2**-x), scaled by `SURE`, for x scaled by `ONE`; nothing exceeds 2**60."""
    tail = exp2(-abs(log_odds))
    near = (SURE << SURE_BITS) // (SURE + tail)
    return near if log_odds >= 0 else SURE - near


@kernel
def softplus(log_odds: int) -> int:
    """Return log2(1 + 2**x), scaled by `ONE` as x is."""
    return max(log_odds, 0) + log2(SURE + exp2(-abs(log_odds))) - SURE_BITS * ONE
