"""Answers that are numbers, as the columns that every method for numbers reads."""

from dataclasses import dataclass

import numpy as np

from oracle.errors import AggregationRefused
from oracle.integers import Ints, Ints32

LIMIT = 10**15
"""No scaled answer is farther from zero than this, which stays below 2**50."""

GRID_LIMIT = 1 << 50
MAX_GRID_BITS = 20

MAX_ANSWERS = 100_000_000
MAX_ANSWERS_PER_ITEM = 400_000
"""Below 2**27 and 2**19: within these two bounds no sum of any method leaves int64."""


@dataclass(frozen=True, eq=False)
class NumberAnswers:
    """Hold one task's answers, grouped by item.

    The answers of item i, at least one, stand at `starts[i]:starts[i + 1]` of `workers` and
    `values`, in any order. `values` are scaled by 10**`decimals`.
    """

    starts: Ints
    workers: Ints32
    values: Ints
    worker_count: int
    decimals: int

    def __post_init__(self) -> None:
        """Refuse what the integers of the methods are not proven for."""
        counts = np.diff(self.starts)
        busiest = int(counts.max(initial=0))
        if self.values.size > MAX_ANSWERS or busiest > MAX_ANSWERS_PER_ITEM:
            raise AggregationRefused(
                f"{self.values.size} answers, {busiest} on one item: split the task below "
                f"{MAX_ANSWERS} answers and {MAX_ANSWERS_PER_ITEM} per item"
            )
        if int(counts.min(initial=1)) < 1:
            raise AggregationRefused("an item has no answer: leave it out")
        if self.largest > LIMIT:
            raise AggregationRefused(
                f"an answer of {self.largest} is outside ±{LIMIT}: rescale the answers"
            )

    @property
    def item_count(self) -> int:
        return int(self.starts.size) - 1

    @property
    def largest(self) -> int:
        """Return how far the farthest scaled answer is from zero."""
        return max(int(self.values.max(initial=0)), -int(self.values.min(initial=0)))

    @property
    def grid_bits(self) -> int:
        """Return how many binary places estimates get beyond `values` without leaving 2**50."""
        return min(MAX_GRID_BITS, 50 - self.largest.bit_length())

    @property
    def grid(self) -> Ints:
        """Return the answers on the finer grid that estimates are computed on."""
        grid: Ints = self.values << self.grid_bits
        return grid
