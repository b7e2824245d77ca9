"""Who takes what for what: one table per worker, truth by answer."""

from dataclasses import dataclass

import numpy as np

from oracle.aggregate.choice import UNKNOWN, Crowd
from oracle.aggregate.choice.crowd import Shard
from oracle.integers import Ints, kernel


@dataclass(frozen=True)
class Confusion:
    """Count one worker's answers: `counts[k, l]` items of truth k got the answer l."""

    worker: int
    counts: Ints

    @property
    def answered(self) -> int:
        return int(self.counts.sum())

    @property
    def right(self) -> int:
        return int(np.trace(self.counts))


def confusion_of(crowd: Crowd, truths: Ints, worker: int) -> Confusion:
    """Compare a worker's answers with `truths`, one label per item; `UNKNOWN` ones are left out."""
    (counts,) = crowd.total(_compare, (worker, crowd.answers.label_count), by_item=(truths,))
    return Confusion(worker, counts)


@kernel
def _compare(shard: Shard, truths: Ints, worker: int, label_count: int) -> tuple[Ints]:
    counts = np.zeros((label_count, label_count), dtype=np.int64)
    for item in range(shard.starts.size - 1):
        for row in range(shard.starts[item], shard.starts[item + 1]):
            if shard.workers[row] == worker and truths[item] != UNKNOWN:
                counts[truths[item], shard.labels[row]] += 1
    return (counts,)
