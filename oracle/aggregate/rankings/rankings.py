"""Orders of objects, one per answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from oracle.errors import AggregationRefused
from oracle.integers import Ints, Ints32

MAX_OBJECTS = 2_000
MAX_ANSWERS = 400_000_000
MAX_PLACES = 1 << 31
MAX_PLACES_OF_ITEM = 1 << 34
"""Answers to an item times its objects; with a weight below 2**28 no sum leaves int64."""

MAX_CELLS = 100_000_000
"""Pairs of objects over all items; the table of them takes 8 bytes each."""


@dataclass(frozen=True)
class Rankings:
    """Hold all answers, sorted by item, then worker.

    Answer r of `workers[r]` to `items[r]` puts `places[starts[r]:starts[r + 1]]` in order, best
    first: indices among the objects of that item, which are `objects_of[object_starts[i]:
    object_starts[i + 1]]`, indices of `objects` in rising order.
    """

    objects: Sequence[str]
    worker_count: int
    items: Ints32
    workers: Ints32
    starts: Ints
    places: Ints32
    object_starts: Ints
    objects_of: Ints32

    def __post_init__(self) -> None:
        """Refuse what the integers of the methods are not proven for."""
        sizes = np.diff(self.object_starts)
        largest, cells = int(sizes.max(initial=0)), int((sizes * sizes).sum())
        if largest > MAX_OBJECTS or cells > MAX_CELLS:
            raise AggregationRefused(
                f"{largest} objects in one item, {cells} pairs in all: split the task below "
                f"{MAX_OBJECTS} objects and {MAX_CELLS} pairs"
            )
        heaviest = int((np.bincount(self.items) * sizes).max(initial=0))
        if self.items.size > MAX_ANSWERS or self.places.size > MAX_PLACES:
            raise AggregationRefused(f"{self.items.size} answers: split the task")
        if heaviest > MAX_PLACES_OF_ITEM:
            raise AggregationRefused(f"an item has {heaviest} places: split its answers")

    @property
    def item_count(self) -> int:
        return int(self.object_starts.size) - 1

    @property
    def lengths(self) -> Ints:
        """Return how many objects each answer puts in order."""
        return np.diff(self.starts)

    @property
    def table_starts(self) -> Ints:
        """Return where each item's table of pairs starts, and the number of cells at the end."""
        sizes = np.diff(self.object_starts)
        return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes * sizes)))

    def names_of(self, item: int, order: Ints32) -> list[str]:
        """Name objects of an item."""
        own = self.objects_of[self.object_starts[item] :]
        return [self.objects[int(own[place])] for place in order]
