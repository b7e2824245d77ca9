"""Why a pair got its winner: who said what, and how much it counted."""

from dataclasses import dataclass

import numpy as np

from oracle.errors import AggregationRefused

from .comparisons import Comparisons
from .result import PairwiseAggregate
from .strengths import CHANCE_BITS, chance


@dataclass(frozen=True)
class PairVote:
    """Say how often one worker, an index of the frame's, preferred either object of a pair."""

    worker: int
    for_left: int
    for_right: int
    weight_bps: int
    skill_bps: int


@dataclass(frozen=True)
class PairReason:
    """Hold both scores, scaled by 2**24, the votes on the very pair, and the probability of left.

    The scores rest on all comparisons, so they can outvote the few on one pair.
    """

    left_score: int
    right_score: int
    left_bps: int
    votes: tuple[PairVote, ...]


def explain_pair(
    comparisons: Comparisons, result: PairwiseAggregate, left: int, right: int
) -> PairReason:
    """Explain a pair of objects, compared or not."""
    for place in (left, right):
        if not 0 <= place < comparisons.object_count:
            raise AggregationRefused(f"object {place} is outside 0..{comparisons.object_count - 1}")
    scores = int(result.scores[left]), int(result.scores[right])
    return PairReason(
        left_score=scores[0],
        right_score=scores[1],
        left_bps=chance(scores[0] - scores[1]) * 10_000 >> CHANCE_BITS,
        votes=tuple(_votes(comparisons, result, left, right)),
    )


def _votes(
    comparisons: Comparisons, result: PairwiseAggregate, left: int, right: int
) -> list[PairVote]:
    is_pair = (comparisons.low == min(left, right)) & (comparisons.high == max(left, right))
    votes = []
    for entry in np.flatnonzero(is_pair[comparisons.pairs]).tolist():
        worker = int(comparisons.workers[entry])
        for_low, for_high = int(comparisons.wins[entry]), int(comparisons.losses[entry])
        is_low = left < right
        votes.append(
            PairVote(
                worker=worker,
                for_left=for_low if is_low else for_high,
                for_right=for_high if is_low else for_low,
                weight_bps=int(result.weights_bps[worker]),
                skill_bps=int(result.skill_bps[worker]),
            )
        )
    return votes
