"""Run our methods as a program would that holds the answers in memory."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.crowds import Crowd
from oracle.aggregate import METHODS
from oracle.aggregate.choice import UNKNOWN, Aggregate, LocalCrowd, let_known_stand, parse
from oracle.aggregate.types import AnswerKind
from oracle.frames import Frame, read_frame

CHOICE = [name for name, method in METHODS.items() if method.kind is AnswerKind.CHOICE]
BPS = 10_000


@dataclass(frozen=True)
class Labels:
    """What a method says of each item of a frame, and the CPU seconds that it took."""

    frame: Frame
    result: Aggregate
    cpu_seconds: float

    @cached_property
    def answers(self) -> dict[str, str]:
        labels = self.result.labels.tolist()
        return {
            item: self.frame.answers[label] if label != UNKNOWN else ""
            for item, label in zip(self.frame.items, labels, strict=True)
        }

    @cached_property
    def confidence(self) -> dict[str, float]:
        shares = (self.result.confidence_bps / BPS).tolist()
        return dict(zip(self.frame.items, shares, strict=True))

    def is_tied(self, item: str) -> bool:
        """Tell whether two labels of an item have the same highest score."""
        place = self.frame.items.index_of(item)
        total = np.sort(self.result.scores_of(place).total) if place is not None else np.zeros(1)
        return total.size > 1 and bool(total[-1] == total[-2])


def frame_of_crowd(crowd: Crowd) -> Frame:
    """Build the frame once for all methods."""
    return read_frame(crowd.columns())


def label(frame: Frame, name: str, audits: Mapping[str, str] | None = None) -> Labels:
    """Run a method with the parameters it is registered with."""
    method = METHODS[name]
    started = time.process_time()
    crowd = LocalCrowd(parse(frame, known=_known(frame, audits or {})))
    result = let_known_stand(crowd.answers, method.aggregate(crowd, method.parameters))
    return Labels(frame, result, time.process_time() - started)


def _known(frame: Frame, audits: Mapping[str, str]) -> NDArray[np.int32]:
    """Put the audits in the items' order; a truth that nobody answered stays unknown."""
    known = np.full(len(frame.items), UNKNOWN, dtype=np.int32)
    for item, truth in audits.items():
        place, answer = frame.items.index_of(item), frame.answers.index_of(truth)
        if place is not None and answer is not None:
            known[place] = answer
    return known
