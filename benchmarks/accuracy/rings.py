"""Crowds with a ring, as in MECHANISM's simulator: seeded, so that a test sees the same one.

A ring agrees on one label per item, drawn whatever is true. It is the attack under which plain
inference collapses: the ring is the most consistent group of workers there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from oracle.aggregate import METHODS, UNIT
from oracle.aggregate.choice import UNKNOWN, Answers, LocalCrowd

KINDS = {
    "K2-balanced": (0.5, 0.5),
    "K2-skew80": (0.8, 0.2),
    "K4-balanced": (0.25, 0.25, 0.25, 0.25),
    "K5-skew": (0.55, 0.2, 0.1, 0.1, 0.05),
}
"""Class shares of the simulator's four kinds of task."""

SHARES = (0.0, 0.2, 0.4, 0.5)
MEASURED = ("anchored", "dawid_skene", "majority")
SEEDS = 5
WORKERS = 120
ANSWERS_PER_WORKER = 190
HARD = 0.2
"""Share of items on which an honest worker is half as far above chance."""

CONFUSING = 0.5
"""Share of wrong answers that fall on the one label that an item is easily taken for."""

AUDITED = 0.05
WRONG_AUDITS = 0.02


@dataclass(frozen=True)
class RingCrowd:
    """Answers with audits, what is true, and who is in the ring."""

    answers: Answers
    truths: np.ndarray
    is_ring: np.ndarray

    def unaudited_accuracy(self, labels: np.ndarray) -> float:
        """Return the share of right labels among items that nobody audited."""
        is_open = self.answers.known == UNKNOWN
        return float((labels == self.truths)[is_open].mean())


def ring_crowd(kind: str, ring_share: float, overlap: int = 11, seed: int = 1) -> RingCrowd:
    """Let a share of the workers agree on one label per item, drawn whatever is true."""
    chance = np.random.default_rng(seed)
    shares = np.array(KINDS[kind])
    items, classes = WORKERS * ANSWERS_PER_WORKER // overlap, shares.size
    truths = chance.choice(classes, items, p=shares)
    alike = (truths + chance.integers(1, classes, items)) % classes
    workers = np.argsort(chance.random((items, WORKERS)), axis=1)[:, :overlap]
    above = chance.normal(0.85, 0.06, WORKERS).clip(0.6, 0.99) - 1 / classes
    ease = np.where(chance.random(items) < HARD, 0.5, 1.0)
    is_right = chance.random(workers.shape) < 1 / classes + above[workers] * ease[:, None]
    is_alike = chance.random(workers.shape) < CONFUSING
    other = (truths[:, None] + chance.integers(1, classes, workers.shape)) % classes
    honest = np.where(is_right, truths[:, None], np.where(is_alike, alike[:, None], other))
    is_ring = np.zeros(WORKERS, dtype=bool)
    is_ring[chance.permutation(WORKERS)[: round(ring_share * WORKERS)]] = True
    agreed = chance.choice(classes, items, p=shares)
    labels = np.where(is_ring[workers], agreed[:, None], honest)
    wrong = (truths + chance.integers(1, classes, items)) % classes
    audit = np.where(chance.random(items) < WRONG_AUDITS, wrong, truths)
    known = np.where(chance.random(items) < AUDITED, audit, UNKNOWN)
    return RingCrowd(_answers(workers, labels, classes, known), truths, is_ring)


def measure_rings() -> dict[str, Any]:
    """Give percent of right labels on unaudited items: by kind of task, share of the ring, method.

    `mean` and `least` are over the seeds.
    """
    return {kind: {f"{share:.1f}": _measure(kind, share) for share in SHARES} for kind in KINDS}


def _measure(kind: str, share: float) -> Mapping[str, Mapping[str, float]]:
    crowds = [ring_crowd(kind, share, seed=seed) for seed in range(SEEDS)]
    found = {}
    for name in MEASURED:
        method = METHODS[name]
        rights = [
            100
            * crowd.unaudited_accuracy(
                method.aggregate(LocalCrowd(crowd.answers), method.parameters).labels
            )
            for crowd in crowds
        ]
        found[name] = {"mean": round(sum(rights) / SEEDS, 1), "least": round(min(rights), 1)}
    return found


def _answers(workers: np.ndarray, labels: np.ndarray, classes: int, known: np.ndarray) -> Answers:
    return Answers(
        starts=np.arange(workers.shape[0] + 1, dtype=np.int64) * workers.shape[1],
        workers=workers.ravel().astype(np.int32),
        labels=labels.ravel().astype(np.int32),
        worker_count=WORKERS,
        label_count=classes,
        weights=np.full(WORKERS, UNIT, dtype=np.int64),
        known=known.astype(np.int32),
        seed=bytes(32),
    )
