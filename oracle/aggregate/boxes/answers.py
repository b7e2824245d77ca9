"""Boxes that workers drew around objects, as exact integers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from oracle.errors import AggregationRefused

PIXEL = 1_000
"""Coordinates count thousandths of a pixel."""

MAX_BOXES = 1 << 22
"""Within this bound no sum of the method leaves int64."""

Corners = tuple[int, int, int, int]
"""Left, top, right, bottom; left < right and top < bottom."""


class Box(NamedTuple):
    """One object that one worker saw; `label` is a place in the answers' labels."""

    worker: int
    corners: Corners
    label: int


@dataclass(frozen=True)
class BoxAnswers:
    """Hold the boxes of each item, and who looked at it.

    `boxes` and `viewers` have one entry per item. A viewer is a worker with at least one row, be it
    the empty list: only of viewers does the method take a missing box for a vote against it.
    """

    boxes: tuple[tuple[Box, ...], ...]
    viewers: tuple[tuple[int, ...], ...]
    worker_count: int
    labels: Sequence[str]

    def __post_init__(self) -> None:
        """Refuse what the integers of the method are not proven for."""
        viewed = sum(map(len, self.viewers))
        if self.box_count > MAX_BOXES or viewed > MAX_BOXES:
            raise AggregationRefused(
                f"{self.box_count} boxes in {viewed} looks at an item: split the task below "
                f"{MAX_BOXES} of either"
            )

    @property
    def box_count(self) -> int:
        return sum(map(len, self.boxes))
