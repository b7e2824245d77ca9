"""Weighted votes: who wins an item, and how often each worker is on the winning side.

A vote weighs at most `MAX_WEIGHT`, so the votes on an item stay below 4 * 10**5 * 2 * 10**9, and
times 10**4 below 2**63.
"""

import numpy as np

from oracle.aggregate.types import BPS, UNIT
from oracle.integers import Ints, kernel

from .aggregate import Aggregate, Scores, ScoresOf, break_ties
from .answers import Answers
from .crowd import Crowd, Results, Shard


def vote(crowd: Crowd, weights: Ints, iterations: int = 1) -> Aggregate:
    """Give each item the label with the most weight behind it.

    Confidence is that label's share of its item's votes; an item on which nobody has weight gets no
    label.
    """
    answers = crowd.answers
    labels, confidence, is_tied = crowd.rows(_elect, (weights, answers.label_count))
    scores_of = _explain(answers, weights)
    return Aggregate(
        labels=break_ties(answers, labels, is_tied, scores_of),
        confidence_bps=confidence,
        skill_bps=agreement(crowd, weights) * BPS // UNIT,
        iterations=iterations,
        scores_of=scores_of,
    )


def agreement(crowd: Crowd, weights: Ints) -> Ints:
    """Return each worker's share of answers that won their item, scaled by `UNIT`.

    Where n labels tie for an item, each counts as 1/n of a win, so no order of labels decides.
    """
    won: Ints
    (won,) = crowd.total(_count_wins, (weights, crowd.answers.label_count))
    return won // np.maximum(crowd.answers.answers_of_worker, 1)


def _explain(answers: Answers, weights: Ints) -> ScoresOf:
    def scores_of(item: int) -> Scores:
        workers, labels = answers.of_item(item)
        added = np.zeros((workers.size, answers.label_count), dtype=np.int64)
        added[np.arange(workers.size), labels] = weights[workers]
        before = np.zeros(answers.label_count, dtype=np.int64)
        return Scores(before, added, unit="votes", scale=UNIT)

    return scores_of


_WON = -1


@kernel
def _elect(shard: Shard, weights: Ints, label_count: int) -> Results:
    """Return each item's label, its share of the votes in bps, and whether others have as many."""
    item_count = shard.starts.size - 1
    elected = np.full(item_count, -1, dtype=np.int64)
    shares = np.zeros(item_count, dtype=np.int64)
    is_tied = np.zeros(item_count, dtype=np.int64)
    votes = np.zeros(label_count, dtype=np.int64)
    for item in range(item_count):
        rows = range(shard.starts[item], shard.starts[item + 1])
        total = 0
        best = 0
        for row in rows:
            votes[shard.labels[row]] += weights[shard.workers[row]]
            total += weights[shard.workers[row]]
        for row in rows:
            label = shard.labels[row]
            if votes[label] > best:
                best = votes[label]
                elected[item] = label
                is_tied[item] = 0
            elif votes[label] == best and label != elected[item] and best > 0:
                is_tied[item] = 1
        for row in rows:
            votes[shard.labels[row]] = 0
        shares[item] = best * BPS // max(total, 1)
    return elected, shares, is_tied


@kernel
def _count_wins(shard: Shard, weights: Ints, label_count: int) -> tuple[Ints]:
    """Return each worker's wins, scaled by `UNIT`."""
    won = np.zeros(weights.size, dtype=np.int64)
    votes = np.zeros(label_count, dtype=np.int64)
    for item in range(shard.starts.size - 1):
        rows = range(shard.starts[item], shard.starts[item + 1])
        best = 0
        winners = 0
        for row in rows:
            votes[shard.labels[row]] += weights[shard.workers[row]]
        for row in rows:
            best = max(best, votes[shard.labels[row]])
        for row in rows:
            if votes[shard.labels[row]] == best and best > 0:
                votes[shard.labels[row]] = _WON
                winners += 1
        for row in rows:
            if votes[shard.labels[row]] == _WON:
                won[shard.workers[row]] += UNIT // winners
        for row in rows:
            votes[shard.labels[row]] = 0
    return (won,)
