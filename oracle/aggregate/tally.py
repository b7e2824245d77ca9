"""Integer sums over groups of answers, and the choice among equal labels."""

from dataclasses import dataclass

import numpy as np
from eth_utils.crypto import keccak

from .types import UNIT, Aggregate, Answers, Ints

_BPS = 10_000


@dataclass(frozen=True)
class Groups:
    """Remember how rows fall into groups, so that each sum is one pass."""

    order: Ints
    starts: Ints
    keys: Ints
    count: int


def group_by(keys: Ints, count: int) -> Groups:
    """Sort row numbers by `keys`, which lie in 0..count-1."""
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    is_first = np.ones(sorted_keys.size, dtype=np.bool_)
    is_first[1:] = sorted_keys[1:] != sorted_keys[:-1]
    starts = np.flatnonzero(is_first)
    return Groups(order=order, starts=starts, keys=sorted_keys[starts], count=count)


def sum_groups(groups: Groups, rows: Ints) -> Ints:
    """Add the rows of each group; a group without rows has zeros."""
    sums = np.zeros((groups.count, *rows.shape[1:]), dtype=np.int64)
    if groups.starts.size:
        sums[groups.keys] = np.add.reduceat(rows[groups.order], groups.starts, axis=0)
    return sums


def count_votes(answers: Answers, weights: Ints) -> Ints:
    """Return the weight behind each label of each item, shape (items, labels)."""
    cells = answers.items * answers.label_count + answers.labels
    groups = group_by(cells, answers.item_count * answers.label_count)
    votes = sum_groups(groups, weights[answers.workers])
    return votes.reshape(answers.item_count, answers.label_count)


def choose_labels(answers: Answers, scores: Ints, is_answered: Ints) -> Ints:
    """Take the highest score per item; -1 where `is_answered` is 0.

    A tie goes to the smallest keccak256(seed || item || label), both as uint256 (MECHANISM).
    """
    best = scores.max(axis=1, keepdims=True)
    is_best = scores == best
    labels = is_best.argmax(axis=1).astype(np.int64)
    for item in np.flatnonzero((is_best.sum(axis=1) > 1) & (is_answered > 0)):
        tied = np.flatnonzero(is_best[item])
        labels[item] = min(tied, key=lambda label: _lot(answers.seed, int(item), int(label)))
    return np.where(is_answered > 0, labels, np.int64(-1))


def from_votes(answers: Answers, votes: Ints) -> Aggregate:
    """Turn votes into labels; confidence is the label's share of its item's votes."""
    totals = votes.sum(axis=1)
    labels = choose_labels(answers, votes, totals)
    won = votes[np.arange(answers.item_count), np.maximum(labels, 0)]
    shares = won * _BPS // np.maximum(totals, 1)
    return Aggregate(labels=labels, confidence_bps=np.where(totals > 0, shares, np.int64(0)))


def equal_weights(answers: Answers) -> Ints:
    """Return the weight one for every worker."""
    return np.full(answers.worker_count, UNIT, dtype=np.int64)


def _lot(seed: bytes, item: int, label: int) -> bytes:
    return keccak(seed + item.to_bytes(32, "big") + label.to_bytes(32, "big"))
