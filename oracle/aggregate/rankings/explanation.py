"""Why an item got its order: who answered what, how much it counted, how far off it is."""

from dataclasses import dataclass

import numpy as np

from oracle.errors import AggregationRefused

from .kemeny import RankingAggregate
from .rankings import Rankings


@dataclass(frozen=True)
class RankingVote:
    """Hold one answer of a worker, an index of the frame's, and its weight, scaled by 2**24.

    `contradicted` counts the pairs that stand the other way in the order found.
    """

    worker: int
    order: tuple[str, ...]
    weight: int
    contradicted: int


@dataclass(frozen=True)
class RankingReason:
    """Hold an item's order, whether another is as good, and all its answers."""

    order: tuple[str, ...]
    is_tied: bool
    votes: tuple[RankingVote, ...]


def explain_ranking(rankings: Rankings, result: RankingAggregate, item: int) -> RankingReason:
    """Explain one item by its index."""
    if not 0 <= item < rankings.item_count:
        raise AggregationRefused(f"item {item} is outside 0..{rankings.item_count - 1}")
    bounds = rankings.object_starts
    order = rankings.names_of(item, result.orders[bounds[item] : bounds[item + 1]])
    return RankingReason(
        order=tuple(order),
        is_tied=bool(result.is_tied[item]),
        votes=tuple(
            _vote(rankings, result, row, order)
            for row in np.flatnonzero(rankings.items == item).tolist()
        ),
    )


def _vote(rankings: Rankings, result: RankingAggregate, row: int, order: list[str]) -> RankingVote:
    places = rankings.places[rankings.starts[row] : rankings.starts[row + 1]]
    names = rankings.names_of(int(rankings.items[row]), places)
    ranks = [order.index(name) for name in names]
    pairs = ((upper, lower) for at, upper in enumerate(ranks) for lower in ranks[at + 1 :])
    return RankingVote(
        worker=int(rankings.workers[row]),
        order=tuple(names),
        weight=int(result.weights[rankings.workers[row]]),
        contradicted=sum(upper > lower for upper, lower in pairs),
    )
