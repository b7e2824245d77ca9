"""How far two objects would be apart without a worker's own word on them.

A strength leans to the very answers that it is to judge, most where answers are few. Taking one
vote out moves its pair, to first order (D. Pregibon, "Logistic Regression Diagnostics", Annals of
Statistics 9(4), 1981), with h = 1 / H[i] + 1 / H[j] and s = s(x[i] - x[j]), by

    -(win - s) * h / (1 - s * (1 - s) * h)                in units of the natural logarithm
"""

import numpy as np

from oracle.integers import Ints, Ints32, kernel

from .comparisons import SHARES, Comparisons
from .strengths import CERTAIN, CHANCE_BITS, chance

_LOG2_E = 24_204_406
_BITS = 20
_LEAST = 1 << (_BITS - 2)
"""A vote is taken to hold at most three quarters of what is known of its pair."""

_VOTE_BITS = 10
_CUT = CHANCE_BITS - _BITS


def ahead_without_own(
    comparisons: Comparisons, to_low: Ints, scores: Ints, prior_milli: int
) -> Ints:
    """Return by how much `low` leads without the vote of each entry, scaled by 2**24.

    `to_low` is what each entry's vote of `SHARES` gives to `low`.
    """
    low, high = comparisons.low[comparisons.pairs], comparisons.high[comparisons.pairs]
    least = max((prior_milli << _VOTE_BITS) // 2_000, 1)
    curvature = np.full(scores.size, least, dtype=np.int64)
    _bend(low, high, scores, curvature)
    ahead = scores[low] - scores[high]
    _pull(low, high, to_low, curvature, ahead)
    return ahead


@kernel
def _bend(low: Ints32, high: Ints32, scores: Ints, curvature: Ints) -> None:
    """Add H of each object, scaled by 2**10."""
    for entry in range(low.size):
        wins = chance(scores[low[entry]] - scores[high[entry]])
        bend = (wins * (CERTAIN - wins)) >> (2 * CHANCE_BITS - _VOTE_BITS)
        curvature[low[entry]] += bend
        curvature[high[entry]] += bend


@kernel
def _pull(low: Ints32, high: Ints32, to_low: Ints, curvature: Ints, ahead: Ints) -> None:
    """Take each entry's vote out; h is at most 2**31 scaled, a rest 2**20, their product 2**51."""
    for entry in range(low.size):
        wins = chance(ahead[entry])
        share = (1 << (_BITS + _VOTE_BITS)) // curvature[low[entry]]
        share += (1 << (_BITS + _VOTE_BITS)) // curvature[high[entry]]
        rest = (to_low[entry] << _BITS) // SHARES - (wins >> _CUT)
        bend = (wins * (CERTAIN - wins)) >> (CHANCE_BITS + _CUT)
        left = max((1 << _BITS) - ((bend * share) >> _BITS), _LEAST)
        move = ((abs(rest) * share // left) * _LOG2_E) >> _BITS
        ahead[entry] -= move if rest > 0 else -move
