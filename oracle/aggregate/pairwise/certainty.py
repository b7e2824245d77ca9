"""How sure the order of two neighbours is.

The variance of a strength is the sandwich of P. J. Huber (1967) with one cluster per worker, as a
worker's answers are not independent of each other (K.-Y. Liang and S. L. Zeger, "Longitudinal Data
Analysis Using Generalized Linear Models", Biometrika 73(1), 1986):

    g[w, i] = sum over the answers of w on i of weight * (win - s)
    V[i]    = max(sum over w of g[w, i] ** 2, H[i]) / H[i] ** 2
    P       = Phi((x[i] - x[j]) / sqrt(V[i] + V[j])),  Phi(z) = 1 / (1 + exp(-1.702 * z)) to .01

The covariance of two strengths is left out, which is small among many objects; of two objects alone
the variance is twice what it should be, so their confidence is on the low side.
"""

from itertools import pairwise
from math import isqrt

import numpy as np

from oracle.integers import LOWEST, Ints, Ints32, kernel

from .comparisons import SHARES, Comparisons
from .strengths import CERTAIN, CHANCE_BITS, chance

_CUT_BITS = 12
_SQUARE_BITS = 16
_LARGE = 1 << 30


def neighbour_confidence(
    comparisons: Comparisons, to_low: Ints, to_high: Ints, scores: Ints, prior: int
) -> Ints:
    """Return the probability that each object ranks above the next one, in bps.

    `to_low` and `to_high` are the votes of each entry. The last object has the probability that it
    ranks below the one before; an only object has 10,000.
    """
    curvature = np.full(scores.size, max(prior // (2 * SHARES), 1), dtype=np.int64)
    squares = np.zeros(scores.size, dtype=np.int64)
    _spread(
        comparisons.workers,
        comparisons.low[comparisons.pairs],
        comparisons.high[comparisons.pairs],
        to_low // SHARES,
        to_high // SHARES,
        scores,
        curvature,
        squares,
    )
    order = np.argsort(-scores, kind="stable")
    in_order = [(int(scores[place]), int(curvature[place]), int(squares[place])) for place in order]
    steps = [_order_bps(*pair) for pair in pairwise(in_order)]
    confidence = np.full(scores.size, 10_000, dtype=np.int64)
    if steps:
        confidence[order] = [*steps, steps[-1]]
    return confidence


def _order_bps(above: tuple[int, int, int], below: tuple[int, int, int]) -> int:
    """Compare two (score, H scaled by 2**10, squares scaled by 2**4) in unbounded integers."""
    (first, bend, square), (second, other_bend, other_square) = above, below
    spread = max(square << 16, bend << 10) * other_bend**2
    other_spread = max(other_square << 16, other_bend << 10) * bend**2
    ahead = (first - second) * 1_702 * bend * other_bend
    distance = min(ahead // (1_000 * isqrt(spread + other_spread)), -LOWEST)
    return chance(distance) * 10_000 >> CHANCE_BITS


@kernel
def _spread(
    workers: Ints32,
    low: Ints32,
    high: Ints32,
    to_low: Ints,
    to_high: Ints,
    scores: Ints,
    curvature: Ints,
    squares: Ints,
) -> None:
    """Add H scaled by 2**10, and g squared scaled by 2**4, of each object.

    An entry's votes stay below 2**39 and a chance of 18 bits below 2**57 with them. The squares of
    all workers' answers on an object sum to at most (2**28.6)**2, which is below 2**62 scaled.
    """
    own = np.zeros(scores.size, dtype=np.int64)
    start = 0
    for entry in range(workers.size):
        wins = chance(scores[low[entry]] - scores[high[entry]])
        votes = to_low[entry] + to_high[entry]
        bend = _part(votes, (wins * (CERTAIN - wins)) >> CHANCE_BITS)
        own[low[entry]] += to_low[entry] - _part(votes, wins)
        own[high[entry]] += to_high[entry] - _part(votes, CERTAIN - wins)
        curvature[low[entry]] += bend
        curvature[high[entry]] += bend
        if entry + 1 == workers.size or workers[entry + 1] != workers[entry]:
            for earlier in range(start, entry + 1):
                _take(own, low[earlier], squares)
                _take(own, high[earlier], squares)
            start = entry + 1


@kernel
def _part(votes: int, probability: int) -> int:
    """Multiply with a probability of 2**30, cut to 18 bits."""
    return (votes * (probability >> _CUT_BITS)) >> (CHANCE_BITS - _CUT_BITS)


@kernel
def _take(own: Ints, place: int, squares: Ints) -> None:
    """Square one sum of a worker, scaled by 2**10, and clear it."""
    size = abs(own[place])
    if size < _LARGE:
        squares[place] += (size * size) >> _SQUARE_BITS
    else:
        squares[place] += (size >> 8) * (size >> 8)
    own[place] = 0
