"""The probability that a worker guesses, from answers and strengths."""

import numpy as np

from oracle.errors import AggregationRefused
from oracle.integers import ONE, Ints, Ints32, exp2, kernel, log2

from .comparisons import SHARES, WEIGHT_BITS, Comparisons
from .strengths import CERTAIN, CHANCE_BITS

SLOPES = 5
"""The steepest first: 4, 2, 1, 1/2, 1/4."""

_STEEPEST = 2
_FURTHEST = 40 * ONE
_GUESSES_BPS = 10_000


def weigh_workers(
    comparisons: Comparisons, shares: tuple[Ints, Ints], ahead: Ints, guessers_bps: int
) -> Ints:
    """Return each worker's probability of not guessing, scaled by 2**10, at least one part.

    `shares` are the votes for `low` and for `high` of each entry, `ahead` is by how much `low`
    leads as far as others say, `guessers_bps` the share of guessers to expect. Nobody counts
    nothing, so a crowd of guessers still gets an order.
    """
    if not 0 < guessers_bps < _GUESSES_BPS:
        raise AggregationRefused(
            f"guessers_bps is {guessers_bps}: give the share of guessers to expect, 1 to 9,999"
        )
    evidence = np.zeros((comparisons.worker_count, 2 * SLOPES), dtype=np.int64)
    ahead = np.clip(ahead, -_FURTHEST, _FURTHEST)
    _gather(comparisons.workers, ahead, shares[0], shares[1], evidence)
    odds = log2(_GUESSES_BPS - guessers_bps) - log2(guessers_bps) - log2(2 * SLOPES)
    weights = np.zeros(comparisons.worker_count, dtype=np.int64)
    _weigh(evidence + odds, weights)
    return weights


@kernel
def _gather(workers: Ints32, ahead: Ints, to_low: Ints, to_high: Ints, evidence: Ints) -> None:
    """Add log2 of each answer's probability over a guess's, per slope and its opposite.

    A logarithm is at least -160, so an entry adds below 2**32 and all of them below 2**61.
    """
    for entry in range(workers.size):
        sums = evidence[workers[entry]]
        distance = abs(ahead[entry])
        agreed = to_low[entry] if ahead[entry] >= 0 else to_high[entry]
        refused = to_high[entry] if ahead[entry] >= 0 else to_low[entry]
        bonus = (agreed + refused) * ONE
        for slope in range(SLOPES):
            stretched = (distance << _STEEPEST) >> slope
            likely = CHANCE_BITS * ONE - log2(CERTAIN + exp2(-stretched))
            unlikely = likely - stretched
            sums[2 * slope] += (agreed * likely + refused * unlikely + bonus) // SHARES
            sums[2 * slope + 1] += (agreed * unlikely + refused * likely + bonus) // SHARES


@kernel
def _weigh(evidence: Ints, weights: Ints) -> None:
    """Set the share of all slopes together against a guess, whose logarithm is zero."""
    for worker in range(weights.size):
        best = 0
        for place in range(2 * SLOPES):
            best = max(best, evidence[worker, place])
        follows = 0
        for place in range(2 * SLOPES):
            follows += exp2(evidence[worker, place] - best)
        parts = (follows << WEIGHT_BITS) // (follows + exp2(-best))
        weights[worker] = max(parts, 1)
