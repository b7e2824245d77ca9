"""From a frame's rows to comparisons."""

import numpy as np

from oracle.errors import CrowdFileRefused
from oracle.frames import Column, Frame, Names
from oracle.integers import Ints32

from .comparisons import Comparisons


def parse(frame: Frame) -> Comparisons:
    """Count the rows of a frame whose further columns `left` and `right` name two objects.

    Raises CrowdFileRefused if a column is missing, an answer is neither of the two objects, or an
    object is compared with itself.
    """
    left, right = _column(frame, "left"), _column(frame, "right")
    objects = Names.of([*left.names, *right.names])
    lefts = objects.places_of(left.names.array)[left.codes]
    rights = objects.places_of(right.names.array)[right.codes]
    winners = objects.places_of(frame.answers.array)[frame.answer_of]
    _refuse_same(frame, objects, lefts, rights)
    _refuse_others(frame, objects, lefts, rights, winners)
    return _count(frame, objects, lefts, rights, winners)


def _column(frame: Frame, name: str) -> Column:
    if name not in frame.extras:
        raise CrowdFileRefused(
            f"{frame.source} has no column {name!r}: a comparison needs the columns worker, left, "
            f"right and answer"
        )
    return frame.extras[name]


def _refuse_same(frame: Frame, objects: Names, lefts: Ints32, rights: Ints32) -> None:
    for row in np.flatnonzero(lefts == rights)[:1].tolist():
        raise CrowdFileRefused(
            f"{frame.source}: item {_item(frame, row)!r} compares {objects[lefts[row]]!r} with "
            f"itself: give two objects, or leave the row out"
        )


def _refuse_others(
    frame: Frame, objects: Names, lefts: Ints32, rights: Ints32, winners: Ints32
) -> None:
    is_wrong = (winners != lefts) & (winners != rights)
    for row in np.flatnonzero(is_wrong)[:1].tolist():
        raise CrowdFileRefused(
            f"{frame.source}: answer {frame.answers[frame.answer_of[row]]!r} of worker "
            f"{frame.workers[frame.worker_of[row]]!r} to item {_item(frame, row)!r} is neither "
            f"{objects[lefts[row]]!r} nor {objects[rights[row]]!r}: name the object that wins"
        )


def _item(frame: Frame, row: int) -> str:
    return frame.items[int(frame.item_of[row])]


def _count(
    frame: Frame, objects: Names, lefts: Ints32, rights: Ints32, winners: Ints32
) -> Comparisons:
    """Code pairs as one number below 2**62, then worker and pair as one below 2**60."""
    low = np.minimum(lefts, rights).astype(np.int64)
    both = low * len(objects) + np.maximum(lefts, rights)
    found, pairs = np.unique(both, return_inverse=True)
    given = frame.worker_of.astype(np.int64) * found.size + pairs
    entries, entry_of, counts = np.unique(given, return_inverse=True, return_counts=True)
    return Comparisons(
        objects=objects,
        worker_count=len(frame.workers),
        low=(found // len(objects)).astype(np.int32),
        high=(found % len(objects)).astype(np.int32),
        workers=(entries // found.size).astype(np.int32),
        pairs=(entries % found.size).astype(np.int32),
        wins=np.bincount(entry_of[winners == low], minlength=entries.size).astype(np.int64),
        counts=counts.astype(np.int64),
    )
