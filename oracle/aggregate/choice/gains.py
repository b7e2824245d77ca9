"""What an item's label is, where an answer speaks for its own label alone.

An answer adds its gain (log2, scaled by `ONE`) to the score of the label that it names; a label
that nobody named keeps the score of its prior. So an item costs its answers, however many labels
there are. A belief is scaled by `SURE`.

A gain is below 2**38 and an item has at most 4 * 10**5 < 2**19 answers: a score is below 2**58.
"""

from typing import NamedTuple

import numpy as np

from oracle.aggregate.types import BPS
from oracle.integers import ONE, Ints, Ints32, exp2, kernel, log2

from .aggregate import Scores
from .logistic import SURE, SURE_BITS

NOBODY = -(1 << 62)
"""The score of a label that nobody named."""


class Prior(NamedTuple):
    """How often each label is right.

    `shares` are scaled by `SURE`, `total` is their sum, `logs` are their log2 less that of the
    commonest, and `order` lists the labels from the commonest on.
    """

    shares: Ints
    logs: Ints
    order: Ints
    total: int


class Board(NamedTuple):
    """Room for the labels of one item: the `scores`, `NOBODY` in between, and the labels `seen`."""

    scores: Ints
    seen: Ints


def prior_of(counts: Ints) -> Prior:
    """Take counts, all positive and their sum below 2**62, for frequencies.

    The sum of the shares is at most 2**30 plus one for each of 10**8 labels, below 2**31.
    """
    total = int(counts.sum())
    highest = log2(int(counts.max(initial=1)))
    listed = counts.tolist()
    shares = np.array([max((each << SURE_BITS) // total, 1) for each in listed], dtype=np.int64)
    logs = np.array([log2(each) - highest for each in listed], dtype=np.int64)
    return Prior(shares, logs, np.argsort(-logs, kind="stable"), int(shares.sum()))


def gains_as_scores(labels: Ints32, gains: Ints, prior: Prior) -> Scores:
    """Explain an item: each answer adds its gain to the label that it names."""
    added = np.zeros((labels.size, prior.logs.size), dtype=np.int64)
    added[np.arange(labels.size), labels] = gains
    return Scores(prior.logs, added, unit="bits", scale=ONE)


def share_in_bps(right: Ints, answered: Ints) -> Ints:
    """Return what share of each worker's answers is believed to be right."""
    return right // np.maximum(answered, 1) * BPS >> SURE_BITS


@kernel
def longest(starts: Ints) -> int:
    """Return how many answers the busiest item has."""
    most = 0
    for item in range(starts.size - 1):
        most = max(most, starts[item + 1] - starts[item])
    return most


@kernel
def board_of(label_count: int) -> Board:
    """Return an empty board."""
    return Board(np.full(label_count, NOBODY), np.zeros(label_count, dtype=np.int64))


@kernel
def believe(labels: Ints32, gains: Ints, prior: Prior, board: Board) -> tuple[int, int, bool]:
    """Leave the beliefs of the labels that were named on the board.

    Return the best label, the belief in it, and whether others are as good. At least one answer is
    needed.
    """
    count = _add_up(labels, gains, prior, board)
    best = board.seen[0]
    for place in range(1, count):
        if board.scores[board.seen[place]] > board.scores[best]:
            best = board.seen[place]
    highest = board.scores[best]
    first = _next_other(prior, board, 0)
    other = prior.order[first] if first < prior.order.size else -1
    if other >= 0 and prior.logs[other] > highest:
        best = other
        highest = prior.logs[other]
    winners = _count_best(highest, count, first, prior, board)
    return best, _share_out(highest, count, other, prior, board), winners > 1


@kernel
def wipe(labels: Ints32, board: Board) -> None:
    """Make the board empty again."""
    for label in labels:
        board.scores[label] = NOBODY


@kernel
def in_bps(belief: int) -> int:
    """Return a belief in basis points."""
    return belief * BPS >> SURE_BITS


@kernel
def _add_up(labels: Ints32, gains: Ints, prior: Prior, board: Board) -> int:
    """Score the labels that were named; return how many they are."""
    count = 0
    for row in range(labels.size):
        label = labels[row]
        if board.scores[label] == NOBODY:
            board.scores[label] = prior.logs[label]
            board.seen[count] = label
            count += 1
        board.scores[label] += gains[row]
    return count


@kernel
def _next_other(prior: Prior, board: Board, place: int) -> int:
    """Return the place, from `place` on, of the commonest label that nobody named."""
    while place < prior.order.size and board.scores[prior.order[place]] != NOBODY:
        place += 1
    return place


@kernel
def _count_best(highest: int, count: int, first: int, prior: Prior, board: Board) -> int:
    """Count the labels with the highest score, of those that nobody named two at most."""
    winners = 0
    for place in range(count):
        winners += board.scores[board.seen[place]] == highest
    for _ in range(2):
        if first < prior.order.size and prior.logs[prior.order[first]] == highest:
            winners += 1
            first = _next_other(prior, board, first + 1)
    return winners


@kernel
def _share_out(highest: int, count: int, other: int, prior: Prior, board: Board) -> int:
    """Turn the scores into beliefs; return that of the best.

    Labels that nobody named count together: their shares are to the commonest one's as their sum
    is to its belief, which is below 2**30 * 2**31. All beliefs sum to less than 2**58.
    """
    total = 0
    others = prior.total
    for place in range(count):
        label = board.seen[place]
        others -= prior.shares[label]
        board.scores[label] = exp2(board.scores[label] - highest)
        total += board.scores[label]
    if other >= 0:
        total += exp2(prior.logs[other] - highest) * others // prior.shares[other]
    for place in range(count):
        label = board.seen[place]
        board.scores[label] = (board.scores[label] << SURE_BITS) // total
    return (SURE << SURE_BITS) // total
