"""Values that every aggregation method takes and returns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dao_client.types import Method
from oracle.errors import AggregationRefused

Ints = NDArray[np.int64]

UNIT = 10**9
"""One, as every share, weight and probability of the oracle is scaled."""

MAX_WEIGHT = 2 * UNIT
"""The heaviest worker counts as two."""

MAX_ANSWERS = 400_000_000
MAX_ANSWERS_PER_ITEM = 400_000
"""Within these two bounds no sum of any method leaves int64."""

MAX_CELLS = 100_000_000
"""Answers, and items, times labels: a table of them takes 800 MB."""


@dataclass(frozen=True)
class Answers:
    """Hold one task's counted answers as parallel columns, sorted by item, then worker.

    `items`, `workers` and `labels` are indices; `weights` has one entry per worker, scaled by
    `UNIT`, at most `MAX_WEIGHT`. `seed` decides exact ties and nothing else.
    """

    items: Ints
    workers: Ints
    labels: Ints
    item_count: int
    label_count: int
    weights: Ints
    seed: bytes

    def __post_init__(self) -> None:
        """Refuse what the integers of the methods are not proven for."""
        busiest = int(np.bincount(self.items).max(initial=0))
        heaviest = int(self.weights.max(initial=0))
        if self.items.size > MAX_ANSWERS or busiest > MAX_ANSWERS_PER_ITEM:
            raise AggregationRefused(
                f"{self.items.size} answers, {busiest} on one item: split the task below "
                f"{MAX_ANSWERS} answers and {MAX_ANSWERS_PER_ITEM} per item"
            )
        cells = max(self.items.size, self.item_count) * self.label_count
        if cells > MAX_CELLS:
            raise AggregationRefused(
                f"{self.items.size} answers on {self.item_count} items with {self.label_count} "
                f"labels are {cells} cells, {MAX_CELLS} are taken: split the task"
            )
        if heaviest > MAX_WEIGHT or int(self.weights.min(initial=0)) < 0:
            raise AggregationRefused(
                f"a weight of {heaviest} is outside 0..{MAX_WEIGHT}: cap the weights first"
            )

    @property
    def worker_count(self) -> int:
        return int(self.weights.size)


@dataclass(frozen=True)
class Aggregate:
    """Hold one label and its confidence per item; an item without answers has label -1."""

    labels: Ints
    confidence_bps: Ints


Parameters = Mapping[str, int]


@dataclass(frozen=True)
class Aggregation:
    """Pair a method's name, version and parameters, which stand hashed on chain, with its code."""

    name: str
    version: str
    parameters: Parameters
    aggregate: Callable[[Answers, Parameters], Aggregate]

    @property
    def method(self) -> Method:
        """Return what a task document names and the chain hashes."""
        return Method(name=self.name, version=self.version, parameters=dict(self.parameters))

    def labels_of(self, answers: Answers) -> Aggregate:
        """Run the method with its own parameters."""
        return self.aggregate(answers, self.parameters)
