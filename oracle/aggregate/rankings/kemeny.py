"""The order that the crowd contradicts least, each worker weighed by agreement with the others.

1  count for each pair of objects of an item the answers that put one above the other
2  take each worker's distance to the majority of all others (`support`), and from it the
   worker's weight, Mallows' theta (`dispersion`): 0 for someone who guesses
3  count again with the weights, and find the best order of each item (`orders`)
"""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oracle.aggregate.types import Aggregation, AnswerKind, Outcome, Parameters
from oracle.frames import Frame
from oracle.integers import ONE, Ints, Ints32

from .dispersion import weigh_workers
from .orders import find_orders
from .parsing import parse
from .rankings import Rankings
from .support import distances, row_votes, support_of


@dataclass(frozen=True)
class RankingAggregate:
    """Hold one order per item, laid out like `Rankings.objects_of`.

    `confidence_bps` is the probability that the whole order is right, `is_tied` says that another
    is as good. `weights` are theta in bits scaled by 2**24, `skill_bps` the share of a worker's
    pairs that stand in the orders found as the worker put them.
    """

    orders: Ints32
    confidence_bps: Ints
    is_tied: NDArray[np.bool_]
    skill_bps: Ints
    weights: Ints
    iterations: int


def aggregate_weighted_kemeny(rankings: Rankings, parameters: Parameters) -> RankingAggregate:
    """Weigh the workers once, then order every item."""
    equal = np.full(rankings.worker_count, ONE, dtype=np.int64)
    votes, tables = row_votes(rankings, equal), support_of(rankings, equal)
    compared, against = distances(rankings, votes, tables)
    weights = weigh_workers(rankings, compared, against, parameters["prior_lists"])
    tables = support_of(rankings, weights)
    orders = np.zeros(rankings.objects_of.size, dtype=np.int32)
    confidence = np.zeros(rankings.item_count, dtype=np.int64)
    tied = np.zeros(rankings.item_count, dtype=np.int64)
    find_orders(rankings.object_starts, rankings.table_starts, tables, orders, confidence, tied)
    return RankingAggregate(
        orders=orders,
        confidence_bps=confidence,
        is_tied=tied > 0,
        skill_bps=_skill(rankings, orders),
        weights=weights,
        iterations=1,
    )


def _skill(rankings: Rankings, orders: Ints32) -> Ints:
    """Compare each answer with its item's order; nobody's single objects count as agreement."""
    found = Rankings(
        objects=rankings.objects,
        worker_count=1,
        items=np.arange(rankings.item_count, dtype=np.int32),
        workers=np.zeros(rankings.item_count, dtype=np.int32),
        starts=rankings.object_starts,
        places=orders,
        object_starts=rankings.object_starts,
        objects_of=rankings.objects_of,
    )
    tables = support_of(found, np.ones(1, dtype=np.int64))
    none = np.zeros(rankings.items.size, dtype=np.int64)
    compared, against = distances(rankings, none, tables)
    total = np.zeros(rankings.worker_count, dtype=np.int64)
    wrong = np.zeros(rankings.worker_count, dtype=np.int64)
    np.add.at(total, rankings.workers, compared)
    np.add.at(wrong, rankings.workers, against)
    skill: Ints = (total - wrong) * 10_000 // np.maximum(total, 1)
    return skill


def _outcome(frame: Frame, parameters: Parameters) -> Outcome:
    rankings = parse(frame)
    result = aggregate_weighted_kemeny(rankings, parameters)
    bounds = rankings.object_starts
    orders = [
        rankings.names_of(item, result.orders[bounds[item] : bounds[item + 1]])
        for item in range(rankings.item_count)
    ]
    return Outcome(
        names=frame.items,
        answers=[json.dumps(order, ensure_ascii=False, separators=(",", ":")) for order in orders],
        confidence_bps=result.confidence_bps,
        skill_bps=result.skill_bps,
        iterations=result.iterations,
    )


WEIGHTED_KEMENY = Aggregation(
    kind=AnswerKind.RANKING,
    name="weighted_kemeny",
    version="1",
    parameters={"prior_lists": 2},
    aggregate=aggregate_weighted_kemeny,
    outcome=_outcome,
)
