"""Boxes of different workers that mean the same object.

Pairs of boxes are joined from the best overlap down, down to `link_bps`; a join that would put two
boxes of one worker into one cluster is left out, for nobody draws an object twice. Overlap is
intersection over union (IoU), compared by cross-multiplication.

The least overlap to join is .30: a box counts as found if its IoU with the truth is at least .5, a
Jaccard distance of at most .5; two boxes with independent errors of that size are about
sqrt(2) * .5 = .71 apart, so an IoU of .29.
"""

from collections.abc import Iterator, Sequence
from functools import cmp_to_key
from typing import NamedTuple

from oracle.aggregate.types import BPS

from .answers import Box, Corners

Cluster = tuple[Box, ...]
"""One to many boxes, at most one of each worker, sorted by worker."""


class _Pair(NamedTuple):
    shared: int
    joint: int
    tie: tuple[tuple[Corners, int, int], ...]
    left: int
    right: int


def cluster_boxes(boxes: Sequence[Box], link_bps: int) -> list[Cluster]:
    """Return the clusters of one item's boxes, sorted."""
    groups: list[list[int]] = [[place] for place in range(len(boxes))]
    pairs = [pair for pair in _pairs(boxes) if pair.shared * BPS >= link_bps * pair.joint]
    for pair in sorted(pairs, key=cmp_to_key(_compare)):
        left, right = groups[pair.left], groups[pair.right]
        if left is right or _workers(boxes, left) & _workers(boxes, right):
            continue
        left.extend(right)
        for place in right:
            groups[place] = left
    distinct = {id(group): group for group in groups}.values()
    return sorted(tuple(sorted(boxes[place] for place in group)) for group in distinct)


def overlap(first: Corners, second: Corners) -> tuple[int, int]:
    """Return the areas of intersection and of union in millionths of a square pixel."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    shared = width * height if width > 0 and height > 0 else 0
    return shared, _area(first) + _area(second) - shared


def _area(corners: Corners) -> int:
    return (corners[2] - corners[0]) * (corners[3] - corners[1])


def _pairs(boxes: Sequence[Box]) -> Iterator[_Pair]:
    """Yield the pairs of different workers that overlap, sweeping from left to right."""
    order = sorted(range(len(boxes)), key=lambda place: boxes[place].corners[0])
    for rank, left in enumerate(order):
        for right in order[rank + 1 :]:
            if boxes[right].corners[0] >= boxes[left].corners[2]:
                break
            if boxes[left].worker != boxes[right].worker:
                yield _pair_of(boxes, left, right)


def _pair_of(boxes: Sequence[Box], left: int, right: int) -> _Pair:
    shared, joint = overlap(boxes[left].corners, boxes[right].corners)
    ends = sorted((box.corners, box.label, box.worker) for box in (boxes[left], boxes[right]))
    return _Pair(shared, joint, tuple(ends), left, right)


def _compare(first: _Pair, second: _Pair) -> int:
    """Put the greater overlap first; of equal ones the boxes further left, then up."""
    lead = second.shared * first.joint - first.shared * second.joint
    if lead:
        return lead
    return -1 if first.tie < second.tie else 1


def _workers(boxes: Sequence[Box], group: list[int]) -> set[int]:
    return {boxes[place].worker for place in group}
