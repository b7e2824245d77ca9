"""Answers that choose one of K labels, as the columns that every method reads."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from oracle.aggregate.types import UNIT
from oracle.errors import AggregationRefused
from oracle.integers import Ints, Ints32

MAX_WEIGHT = 2 * UNIT
"""The heaviest worker counts as two."""

MAX_ANSWERS = 400_000_000
MAX_ANSWERS_PER_ITEM = 400_000
"""Within these two bounds no sum of any method leaves int64."""

MAX_CELLS = 100_000_000
"""Workers times labels; the tables over them take 8 bytes a cell."""

UNKNOWN = -1


@dataclass(frozen=True)
class Answers:
    """Hold one task's counted answers, grouped by item.

    The answers of item i stand at `starts[i]:starts[i + 1]` of `workers` and `labels`, in any
    order. `weights` has one entry per worker: capped stake, scaled by `UNIT`. `known` has one entry
    per item: the label that an audit or the requester's gold gave it, or `UNKNOWN`. `seed` decides
    exact ties and nothing else.
    """

    starts: Ints
    workers: Ints32
    labels: Ints32
    worker_count: int
    label_count: int
    weights: Ints
    known: Ints32
    seed: bytes

    def __post_init__(self) -> None:
        """Refuse what the integers of the methods are not proven for."""
        busiest = int(np.diff(self.starts).max(initial=0))
        heaviest = int(self.weights.max(initial=0))
        if self.answer_count > MAX_ANSWERS or busiest > MAX_ANSWERS_PER_ITEM:
            raise AggregationRefused(
                f"{self.answer_count} answers, {busiest} on one item: split the task below "
                f"{MAX_ANSWERS} answers and {MAX_ANSWERS_PER_ITEM} per item"
            )
        if self.worker_count * self.label_count > MAX_CELLS:
            raise AggregationRefused(
                f"{self.worker_count} workers with {self.label_count} labels are "
                f"{self.worker_count * self.label_count} cells, {MAX_CELLS} are taken: split the "
                f"task, or ask for fewer labels (many different answers are text, not labels)"
            )
        if heaviest > MAX_WEIGHT or int(self.weights.min(initial=0)) < 0:
            raise AggregationRefused(
                f"a weight of {heaviest} is outside 0..{MAX_WEIGHT}: cap the weights first"
            )

    @property
    def item_count(self) -> int:
        return int(self.starts.size) - 1

    @property
    def answer_count(self) -> int:
        return int(self.workers.size)

    @cached_property
    def answers_of_worker(self) -> Ints:
        """Count the answers that each worker gave."""
        return np.bincount(self.workers, minlength=self.worker_count)

    def of_item(self, item: int) -> tuple[Ints32, Ints32]:
        """Return the workers who answered an item, and their labels."""
        own = slice(int(self.starts[item]), int(self.starts[item + 1]))
        return self.workers[own], self.labels[own]
