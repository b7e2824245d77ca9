"""Tasks and crowds: what is true, what an honest look finds, who answers which item.

Everything is drawn from one numpy Generator, so a seed gives the same world again. Difficulty, the
label that an item is easily taken for, and wrong audits are those of MECHANISM's simulator, which
`benchmarks.accuracy.rings` shares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.rings import CONFUSING, HARD, WORKERS, WRONG_AUDITS

from .strategies import NAME_TYPE, Strategy, View

ACCURACY, SPREAD = 0.85, 0.06
LEAST_ACCURACY, MOST_ACCURACY = 0.6, 0.99
BOT_ACCURACY, BOT_LOYALTY = 0.8, 0.95
"""How often the shared model is right, and how often a bot repeats it."""

TARGETED = 0.1
"""Share of the items that a ring wants to decide."""


@dataclass(frozen=True)
class Crowd:
    """Who works: each worker's strategy, the accuracy of honest work, and seats of stake."""

    plays: np.ndarray
    accuracies: np.ndarray
    seats: np.ndarray

    def of(self, strategy: Strategy) -> np.ndarray:
        """Tell who plays so."""
        return np.asarray(self.plays == strategy)


@dataclass(frozen=True)
class World:
    """One task: the items as workers see them, and what a jury and the beacon would say.

    `audits` is what the jury answers where it is asked, `lots` what stands for keccak(seed, item):
    an item is audited if its lot is below the rate, so a higher rate audits the same items and
    more. `view.workers` has one row per item and one column per answer, in the order of time.
    """

    view: View
    audits: np.ndarray
    lots: np.ndarray
    seed: bytes

    @property
    def truths(self) -> np.ndarray:
        """What is true of each item."""
        return self.view.truths

    @property
    def label_count(self) -> int:
        """How many labels there are to choose from."""
        return len(self.view.shares)


def draw_crowd(
    chance: np.random.Generator,
    mix: Mapping[Strategy, float],
    size: int = WORKERS,
    accuracy: float = ACCURACY,
) -> Crowd:
    """Let shares of the workers play as `mix` says, at random places; the rest is honest."""
    plays = np.full(size, Strategy.HONEST, dtype=NAME_TYPE)
    order, taken = chance.permutation(size), 0
    for strategy, share in mix.items():
        count = round(share * size)
        plays[order[taken : taken + count]] = strategy
        taken += count
    return Crowd(plays, draw_accuracies(chance, size, accuracy), np.ones(size))


def draw_accuracies(
    chance: np.random.Generator, size: int, accuracy: float = ACCURACY
) -> np.ndarray:
    """Return how often honest work of each worker is right on an item that is not hard."""
    return chance.normal(accuracy, SPREAD, size).clip(LEAST_ACCURACY, MOST_ACCURACY)


def draw_world(
    chance: np.random.Generator,
    shares: Sequence[float],
    crowd: Crowd,
    answers_per_worker: float,
    overlap: int,
    load: np.ndarray | None = None,
) -> World:
    """Draw a task that takes about so many answers of each worker, `overlap` on an item.

    `shares` says how often each label is true. With `load`, workers are drawn in proportion to it.
    """
    size, classes = crowd.plays.size, len(shares)
    items = max(20, round(size * answers_per_worker / overlap))
    truths = chance.choice(classes, items, p=shares)
    alike = _other(chance, truths, classes)
    ease = np.where(chance.random(items) < HARD, 0.5, 1.0)
    workers = _assign(chance, items, size, overlap, load)
    right = 1 / classes + (crowd.accuracies[workers] - 1 / classes) * ease[:, None]
    is_alike = chance.random(workers.shape) < CONFUSING
    wrong = np.where(is_alike, alike[:, None], _other(chance, truths[:, None], classes, overlap))
    found = np.where(chance.random(workers.shape) < right, truths[:, None], wrong)
    by_model = chance.random(items) < 1 / classes + (BOT_ACCURACY - 1 / classes) * ease
    view = View(
        shares=np.array(shares),
        truths=truths,
        workers=workers,
        found=found,
        alike=alike,
        agreed=chance.choice(classes, items, p=shares),
        modelled=np.where(by_model, truths, alike),
        is_target=chance.random(items) < TARGETED,
        is_loyal=chance.random(workers.shape) < BOT_LOYALTY,
    )
    mistaken = chance.random(items) < WRONG_AUDITS
    audits = np.where(mistaken, _other(chance, truths, classes), truths)
    return World(view, audits, chance.random(items), chance.bytes(32))


def _other(
    chance: np.random.Generator, truths: np.ndarray, classes: int, columns: int = 1
) -> np.ndarray:
    """Draw labels that are not true, of each item as many as there are columns."""
    shape = (truths.size, columns) if truths.ndim == 2 else truths.shape
    return np.asarray((truths + chance.integers(1, classes, shape)) % classes)


def _assign(
    chance: np.random.Generator, items: int, size: int, overlap: int, load: np.ndarray | None
) -> np.ndarray:
    """Draw different workers for each item (Gumbel's top-k where some are drawn more often)."""
    keys = chance.gumbel(size=(items, size)) if load is not None else chance.random((items, size))
    if load is not None:
        keys += np.log(load)
    chosen = np.argpartition(-keys, overlap - 1, axis=1)[:, :overlap]
    by_time = np.argsort(chance.random(chosen.shape), axis=1)
    return np.take_along_axis(chosen, by_time, axis=1)
