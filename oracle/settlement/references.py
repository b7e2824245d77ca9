"""What the answers of an item say together, and what they say without each one of them.

Without an answer only its own label has less weight. So the best label without it is the best of
the other labels, one of the item's two first, or its own with what is left of it: two labels per
item decide all its references.

A weight is at most 2,000 * `UNIT` and an item has at most 400,000 answers, so no sum of weights
passes 2**60.
"""

from typing import NamedTuple

import numpy as np

from oracle.aggregate.choice import UNKNOWN, Answers, lot
from oracle.integers import UNIT, Ints, Ints32, kernel

from .lots import Lots


class Table(NamedTuple):
    """Hold the answers' columns as the loops read them; see `Answers`."""

    starts: Ints
    workers: Ints32
    labels: Ints32


class Reading(NamedTuple):
    """Hold what weighted answers say.

    `consensus` has one entry per item, -1 where nobody of weight answered; `references` one per
    answer, -1 where nobody else of weight did. `leads` is the weight of each item's first label
    less that of its second. `is_tied` marks the items where equal weights decide any of these.
    """

    consensus: Ints32
    references: Ints32
    leads: Ints
    is_tied: Ints32


def read(answers: Answers, label_count: int, weights: Ints, lots: Lots) -> Reading:
    """Let the answers vote with their workers' weights; lots decide ties (rule 5)."""
    table = Table(answers.starts, answers.workers, answers.labels)
    reading = _read(table, weights, lots.ranks, label_count)
    if lots.draw(reading.is_tied):
        return _read(table, weights, lots.ranks, label_count)
    return reading


def consensus_of(answers: Answers, label_count: int, reading: Reading) -> Ints32:
    """Return one label per item, -1 where nobody answered.

    Where nobody of weight did, all labels are equal, and the lot decides between all.
    """
    consensus = reading.consensus.copy()
    is_answered = np.diff(answers.starts) > 0
    for item in np.flatnonzero(is_answered & (consensus < 0)).tolist():
        lots = [lot(answers.seed, item, label) for label in range(label_count)]
        consensus[item] = lots.index(min(lots))
    return consensus


def health_of(answers: Answers, references: Ints32, label_count: int) -> int:
    """Return lambda: Cohen's kappa of references and audits, by `UNIT` (rule 6).

    One where nothing can be compared; chance is as in J. Cohen, A Coefficient of Agreement for
    Nominal Scales, 1960.
    """
    truths = np.repeat(answers.known, np.diff(answers.starts))
    compared = (truths != UNKNOWN) & (references >= 0)
    said, true = references[compared], truths[compared]
    total = int(said.size)
    if total == 0:
        return UNIT
    counts = (np.bincount(each, minlength=label_count).tolist() for each in (said, true))
    by_chance: int = sum(left * right for left, right in zip(*counts, strict=True))
    agreed = int(np.count_nonzero(said == true))
    return max(0, (agreed * total - by_chance) * UNIT // max(1, total * total - by_chance))


@kernel
def _read(table: Table, weights: Ints, ranks: Ints32, label_count: int) -> Reading:
    """Read every item; ties go to the lower rank, and are marked."""
    item_count = table.starts.size - 1
    found = Reading(
        np.full(item_count, -1, dtype=np.int32),
        np.full(table.labels.size, -1, dtype=np.int32),
        np.zeros(item_count, dtype=np.int64),
        np.zeros(item_count, dtype=np.int32),
    )
    votes = np.zeros(label_count, dtype=np.int64)
    for item in range(item_count):
        rows = range(table.starts[item], table.starts[item + 1])
        for row in rows:
            votes[table.labels[row]] += weights[table.workers[row]]
        first, second = _two_best(table.labels, rows, votes, ranks)
        if first >= 0 and votes[table.labels[first]] > 0:
            found.consensus[item] = table.labels[first]
            found.leads[item] = votes[table.labels[first]]
            if second >= 0:
                found.leads[item] -= votes[table.labels[second]]
            found.is_tied[item] = _leave_out(
                table, weights, ranks, rows, votes, first, second, found.references
            )
        for row in rows:
            votes[table.labels[row]] = 0
    return found


@kernel
def _two_best(labels: Ints32, rows: range, votes: Ints, ranks: Ints32) -> tuple[int, int]:
    """Return one answer with the first label and one with the second; -1 where there is none."""
    first, second = -1, -1
    for row in rows:
        if first < 0:
            first = row
        elif labels[row] == labels[first]:
            continue
        elif _is_ahead(votes[labels[row]], ranks[row], votes[labels[first]], ranks[first]):
            first, second = row, first
        elif second < 0 or _is_ahead(
            votes[labels[row]], ranks[row], votes[labels[second]], ranks[second]
        ):
            second = row
    return first, second


@kernel
def _is_ahead(votes: int, rank: int, other_votes: int, other_rank: int) -> bool:
    return votes > other_votes or (votes == other_votes and rank < other_rank)


@kernel
def _leave_out(
    table: Table,
    weights: Ints,
    ranks: Ints32,
    rows: range,
    votes: Ints,
    first: int,
    second: int,
    references: Ints32,
) -> bool:
    """Fill the references of one item's answers, and say whether equal weights decided one."""
    labels = table.labels
    runner_up = votes[labels[second]] if second >= 0 else 0
    is_shared = _is_shared(labels, rows, votes, first, second)
    is_tied = runner_up > 0 and votes[labels[first]] == runner_up
    for row in rows:
        label = labels[row]
        left = votes[label] - weights[table.workers[row]]
        rival = second if label == labels[first] else first
        most = votes[labels[rival]] if rival >= 0 else 0
        if most > 0 and label == labels[first] and left <= most:
            is_tied = is_tied or left == most or is_shared
        if max(left, most) <= 0:
            continue
        is_own = rival < 0 or _is_ahead(left, ranks[row], most, ranks[rival])
        references[row] = label if is_own else labels[rival]
    return is_tied


@kernel
def _is_shared(labels: Ints32, rows: range, votes: Ints, first: int, second: int) -> bool:
    """Say whether a third label has as much weight as the second."""
    if second < 0:
        return False
    for row in rows:
        label = labels[row]
        if (
            label != labels[first]
            and label != labels[second]
            and votes[label] == votes[labels[second]]
        ):
            return True
    return False
