"""What a method for comparisons returns: a score per object, and what follows from it."""

from dataclasses import dataclass

import numpy as np

from oracle.integers import ONE, Ints, Ints32

from .comparisons import Comparisons
from .strengths import CHANCE_BITS, chance

TIED = -1
_DECIMALS = 6


@dataclass(frozen=True)
class PairwiseAggregate:
    """Hold a strength per object, and a weight and skill per worker.

    `scores` are log2 of the strengths scaled by 2**24: an object one point above another wins two
    of three comparisons. `confidence_bps` is the probability that the object really ranks above the
    next one. `skill_bps` is the share of a worker's answers that name the stronger object, an equal
    one counting half; `weights_bps` is how much of a vote the worker's answers had.
    """

    scores: Ints
    confidence_bps: Ints
    skill_bps: Ints
    weights_bps: Ints
    iterations: int

    @property
    def order(self) -> Ints:
        """Return the objects from best to worst; equal ones in the order of their names."""
        return np.argsort(-self.scores, kind="stable")


@dataclass(frozen=True)
class PairWinners:
    """Hold the winner of each pair that was compared, an index of objects or `TIED`.

    `chance_bps` is the probability that a comparison names the winner.
    """

    winners: Ints32
    chance_bps: Ints


def winners_of(comparisons: Comparisons, result: PairwiseAggregate) -> PairWinners:
    """Decide every pair by the scores."""
    ahead = result.scores[comparisons.low] - result.scores[comparisons.high]
    winners = np.where(ahead > 0, comparisons.low, comparisons.high)
    chances = [chance(difference) for difference in np.abs(ahead).tolist()]
    return PairWinners(
        winners=np.where(ahead == 0, np.int32(TIED), winners),
        chance_bps=np.array([part * 10_000 >> CHANCE_BITS for part in chances], dtype=np.int64),
    )


def agreement(comparisons: Comparisons, scores: Ints) -> Ints:
    """Return the share of each worker's answers that name the stronger object, in bps."""
    ahead = scores[comparisons.low] - scores[comparisons.high]
    side = np.sign(ahead)[comparisons.pairs]
    twice = comparisons.counts + side * (comparisons.wins - comparisons.losses)
    right = np.zeros(comparisons.worker_count, dtype=np.int64)
    total = np.zeros(comparisons.worker_count, dtype=np.int64)
    np.add.at(right, comparisons.workers, twice)
    np.add.at(total, comparisons.workers, 2 * comparisons.counts)
    shares: Ints = right * 10_000 // np.maximum(total, 1)
    return shares


def score_text(score: int) -> str:
    """Write a score with six decimals, the last one rounded half up in size."""
    digits = (abs(score) * 10**_DECIMALS + ONE // 2) // ONE
    whole, rest = divmod(digits, 10**_DECIMALS)
    return f"{'-' if score < 0 and digits else ''}{whole}.{rest:0{_DECIMALS}d}"
