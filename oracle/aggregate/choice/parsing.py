"""From a frame's rows to a crowd that chooses labels, and back to names."""

import numpy as np

from oracle.aggregate.types import UNIT
from oracle.frames import Frame
from oracle.integers import Ints, Ints32

from .answers import UNKNOWN, Answers

NO_SEED = bytes(32)


def parse(
    frame: Frame,
    weights: Ints | None = None,
    known: Ints32 | None = None,
    seed: bytes = NO_SEED,
) -> Answers:
    """Take each distinct answer for a label, in the order of their UTF-8 bytes."""
    counts = np.bincount(frame.item_of, minlength=len(frame.items))
    return Answers(
        starts=np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts))),
        workers=frame.worker_of,
        labels=frame.answer_of,
        worker_count=len(frame.workers),
        label_count=len(frame.answers),
        weights=np.full(len(frame.workers), UNIT, dtype=np.int64) if weights is None else weights,
        known=np.full(len(frame.items), UNKNOWN, dtype=np.int32) if known is None else known,
        seed=seed,
    )
