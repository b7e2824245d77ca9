"""What a method for labels returns, and the choice among equal labels."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from eth_hash.backends.pysha3 import keccak256

from oracle.aggregate.types import BPS, UNIT
from oracle.integers import Ints

from .answers import UNKNOWN, Answers


@dataclass(frozen=True)
class Scores:
    """Why an item got its label: what each label had before, and what each answer added.

    `before` has one entry per label, `added` one row per answer of the item, in `Answers.of_item`'s
    order; `scale` stands for one `unit`, votes or bits. The label with the greatest sum wins.
    """

    before: Ints
    added: Ints
    unit: str
    scale: int

    @property
    def total(self) -> Ints:
        """Return the score of each label."""
        total: Ints = self.before + self.added.sum(axis=0)
        return total


ScoresOf = Callable[[int], Scores]


@dataclass(frozen=True)
class Aggregate:
    """Hold one label per item, and how sure the method is of it.

    `labels` and `confidence_bps` have one entry per item, `skill_bps` one per worker: the share of
    a worker's answers that the method holds for right. An item without answers has label -1.
    `scores_of` explains one item.
    """

    labels: Ints
    confidence_bps: Ints
    skill_bps: Ints
    iterations: int
    scores_of: ScoresOf


def break_ties(answers: Answers, labels: Ints, is_tied: Ints, scores_of: ScoresOf) -> Ints:
    """Give each tied item the best label with the smallest keccak256(seed || item || label).

    Item and label count as uint256 (MECHANISM). The rule needs no order of labels or workers, so
    nobody can aim at it.
    """
    decided = labels.copy()
    for item in np.flatnonzero(is_tied).tolist():
        total = scores_of(item).total
        best = np.flatnonzero(total == total.max()).tolist()
        decided[item] = min(best, key=lambda label: lot(answers.seed, item, label))
    return decided


def let_known_stand(answers: Answers, result: Aggregate) -> Aggregate:
    """Let an audit or the requester's gold stand where there is one."""
    is_known = answers.known != UNKNOWN
    return replace(
        result,
        labels=np.where(is_known, answers.known, result.labels),
        confidence_bps=np.where(is_known, BPS, result.confidence_bps),
    )


def equal_weights(answers: Answers) -> Ints:
    """Return the weight one for every worker."""
    return np.full(answers.worker_count, UNIT, dtype=np.int64)


def lot(seed: bytes, item: int, label: int) -> bytes:
    """Return the hash by which a label stands on an item; the smallest wins."""
    return keccak256(seed + item.to_bytes(32, "big") + label.to_bytes(32, "big"))
