"""Make a crowd of any size from a seed, with its truth.

Every worker has a skill and a taste of his own: where he errs, he prefers some wrong labels to
others. So a confusion matrix is worth estimating, as in a real crowd.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
ITEMS_PER_STEP = 100_000
LEAST_SKILL, MOST_SKILL = 0.4, 0.95
TASTE = 0.5
"""Of the Dirichlet distribution that errors are drawn from: the less, the more one-sided."""


@dataclass(frozen=True)
class Crowd:
    """Answers grouped by item: row r answers item r // per_item."""

    per_item: int
    worker_count: int
    label_count: int
    workers: Ints
    labels: Ints
    truths: Ints

    @property
    def item_count(self) -> int:
        return int(self.truths.size)

    @property
    def items(self) -> Ints:
        """Return the item of each row."""
        return np.repeat(np.arange(self.item_count, dtype=np.int32), self.per_item)

    @property
    def starts(self) -> NDArray[np.int64]:
        """Return the first row of each item, and the end."""
        return np.arange(self.item_count + 1, dtype=np.int64) * self.per_item

    def write(self, path: Path) -> None:
        """Write the rows as integers; `starts` says again what `items` says."""
        np.savez(
            path, starts=self.starts, items=self.items, workers=self.workers, labels=self.labels
        )


def make_crowd(items: int, per_item: int, workers: int, labels: int, seed: int) -> Crowd:
    """Draw a crowd; nobody answers an item twice."""
    generator = np.random.default_rng([seed, items, per_item, workers, labels])
    chances = _answer_chances(generator, workers, labels)
    truths = generator.integers(labels, size=items, dtype=np.int32)
    who = np.empty((items, per_item), dtype=np.int32)
    given = np.empty((items, per_item), dtype=np.int32)
    for first in range(0, items, ITEMS_PER_STEP):
        step = slice(first, min(first + ITEMS_PER_STEP, items))
        who[step] = _draw_workers(generator, step.stop - step.start, per_item, workers)
        given[step] = _draw_answers(generator, chances, who[step], truths[step])
    return Crowd(per_item, workers, labels, who.ravel(), given.ravel(), truths)


def _answer_chances(
    generator: np.random.Generator, workers: int, labels: int
) -> NDArray[np.float32]:
    """Return, for each worker and truth, how likely an answer up to each label is."""
    skills = generator.uniform(LEAST_SKILL, MOST_SKILL, size=workers)
    errors = generator.dirichlet(np.full(labels - 1, TASTE), size=(workers, labels))
    chances = np.empty((workers, labels, labels))
    for truth in range(labels):
        own = errors[:, truth] * (1 - skills)[:, None]
        chances[:, truth] = np.insert(own, truth, skills, axis=1)
    return chances.cumsum(axis=2).astype(np.float32)


def _draw_workers(generator: np.random.Generator, items: int, per_item: int, workers: int) -> Ints:
    """Draw anew whoever was drawn twice for an item."""
    drawn = generator.integers(workers, size=(items, per_item), dtype=np.int32)
    while True:
        drawn.sort(axis=1)
        is_again = np.diff(drawn, axis=1, prepend=-1) == 0
        if not is_again.any():
            return drawn
        drawn[is_again] = generator.integers(workers, size=int(is_again.sum()), dtype=np.int32)


def _draw_answers(
    generator: np.random.Generator, chances: NDArray[np.float32], who: Ints, truths: Ints
) -> Ints:
    lots = generator.random(who.shape, dtype=np.float32)
    given = np.zeros(who.shape, dtype=np.int32)
    for label in range(chances.shape[2] - 1):
        given += lots >= chances[who, truths[:, None], label]
    return given
