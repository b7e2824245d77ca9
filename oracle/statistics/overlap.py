"""How many answers stand on each other: without overlap no method can tell good from bad."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from oracle.aggregate.choice import Answers


@dataclass(frozen=True)
class Overlap:
    """Count answers by item and by worker.

    `items_by_answers[n]` items have n answers. `alone` workers share no item with anyone: agreement
    says nothing of them.
    """

    items_by_answers: tuple[int, ...]
    fewest_by_worker: int
    most_by_worker: int
    alone: int
    mean: Fraction


def overlap_of(answers: Answers) -> Overlap:
    """Count answers per item and per worker."""
    per_item = np.diff(answers.starts)
    per_worker = answers.answers_of_worker
    is_shared = np.repeat(per_item, per_item) > 1
    accompanied = np.bincount(answers.workers[is_shared], minlength=answers.worker_count)
    return Overlap(
        items_by_answers=tuple(np.bincount(per_item).tolist()),
        fewest_by_worker=int(per_worker.min(initial=answers.answer_count)),
        most_by_worker=int(per_worker.max(initial=0)),
        alone=int(np.count_nonzero(accompanied == 0)),
        mean=Fraction(answers.answer_count, max(answers.item_count, 1)),
    )
