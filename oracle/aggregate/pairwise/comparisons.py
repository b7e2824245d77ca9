"""Comparisons of two objects, counted by worker and pair."""

from collections.abc import Sequence
from dataclasses import dataclass

from oracle.errors import AggregationRefused
from oracle.integers import Ints, Ints32

MAX_COMPARISONS = 400_000_000
"""Within this bound no sum of any method leaves int64."""

SHARES = 5_040
"""A worker's repeated answers on one pair share one vote; halves to tenths of it are exact."""

WEIGHT_BITS = 10
VOTE = SHARES << WEIGHT_BITS
"""One answer of full weight; 400 million of them stay below 2**51."""


@dataclass(frozen=True)
class Comparisons:
    """Hold who preferred what, one entry per worker and pair, sorted by worker, then pair.

    Pair p compares the objects `low[p] < high[p]`. Entry e says that `workers[e]` compared the pair
    `pairs[e]` `counts[e]` times, of which `low` won `wins[e]`.
    """

    objects: Sequence[str]
    worker_count: int
    low: Ints32
    high: Ints32
    workers: Ints32
    pairs: Ints32
    wins: Ints
    counts: Ints

    def __post_init__(self) -> None:
        """Refuse what the integers of the methods are not proven for."""
        total = int(self.counts.sum())
        if total > MAX_COMPARISONS:
            raise AggregationRefused(
                f"{total} comparisons: split the task below {MAX_COMPARISONS} comparisons"
            )

    @property
    def object_count(self) -> int:
        return len(self.objects)

    @property
    def losses(self) -> Ints:
        """Return how often `high` won, per entry."""
        return self.counts - self.wins
