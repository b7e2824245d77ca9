"""One pass of expectation maximisation with a confusion matrix per worker.

A cell is a label that a worker ever gave: only cells that occur are kept, so memory grows with
answers and not with labels squared. `cell_of[worker * K + label]` is the cell's number, and row c
of a table over cells holds one value per truth k.

A belief is scaled by `UNIT`. A count stays below 4 * 10**8 answers * 10**9 < 2**59; a score below
4 * 10**5 answers * 2**30 < 2**49.
"""

from dataclasses import dataclass

import numpy as np

from oracle.aggregate.types import BPS, UNIT
from oracle.errors import AggregationRefused
from oracle.integers import LOG_UNIT, ONE, Ints, Ints32, exp2, kernel, log2

from .aggregate import Aggregate, Scores, ScoresOf, break_ties
from .answers import MAX_CELLS, Answers
from .crowd import Crowd, Results, Shard

_NOTHING = -30 * ONE
"""A label this far behind has a belief below one part in `UNIT`."""


@dataclass(frozen=True)
class Cells:
    """Number the pairs of worker and label that occur, by worker and then label."""

    cell_of: Ints32
    workers: Ints
    labels: Ints

    @property
    def count(self) -> int:
        return int(self.workers.size)


@dataclass(frozen=True)
class Counts:
    """What one pass over the answers leaves: expected counts.

    `cells[c, k]` is how often a cell's label was given to items of truth k, `classes[k]` how many
    items have truth k, both scaled by `UNIT`; `entropy` is that of all beliefs, in
    bits * `UNIT` * `ONE` >> `shift_of(answers)`.
    """

    cells: Ints
    classes: Ints
    entropy: int


@dataclass(frozen=True)
class Matrices:
    """Hold log2 of every frequency, scaled by `ONE`.

    `logs[c, k]` is that of a cell's label among the worker's answers to items of truth k, int32,
    and `log_classes[k]` that of truth k.
    """

    logs: Ints32
    log_classes: Ints


def number_cells(crowd: Crowd) -> Cells:
    """Find the cells; refuse a table of them that no machine holds."""
    cells = find_cells(crowd)
    label_count = crowd.answers.label_count
    if cells.count * label_count > MAX_CELLS:
        raise AggregationRefused(
            f"{cells.count} pairs of worker and label with {label_count} labels are more "
            f"than {MAX_CELLS} cells: take the method majority or wawa, or split the task"
        )
    return cells


def find_cells(crowd: Crowd) -> Cells:
    """Number the cells that occur."""
    answers = crowd.answers
    (seen,) = crowd.total(
        _mark_cells, (answers.worker_count * answers.label_count, answers.label_count)
    )
    found = np.flatnonzero(seen)
    numbers = np.full(seen.size, -1, dtype=np.int32)
    numbers[found] = np.arange(found.size, dtype=np.int32)
    return Cells(numbers, found // answers.label_count, found % answers.label_count)


def count_votes(crowd: Crowd, cells: Cells) -> Counts:
    """Believe each label of an item by its share of the votes."""
    return _counts(
        crowd.total(_count_votes, (cells.cell_of, cells.count, crowd.answers.label_count))
    )


def count_beliefs(crowd: Crowd, cells: Cells, matrices: Matrices) -> Counts:
    """Believe each label as the model says: E step, and the sums of the M step, in one pass."""
    shift = shift_of(crowd.answers.answer_count)
    model = (cells.cell_of, matrices.logs, matrices.log_classes, shift)
    return _counts(crowd.total(_count_beliefs, model))


def shift_of(answer_count: int) -> int:
    """Return the bits that products of counts and logarithms lose, so that their sum fits int64.

    All counts together are 2**b; frequencies have at most log2 K < 2**4 bits of `ONE` = 2**24, so
    the sum stays below 2**(b - shift + 28) = 2**62.
    """
    return max(0, (answer_count * UNIT).bit_length() - 34)


def aggregate_of(
    crowd: Crowd, cells: Cells, matrices: Matrices, counts: Counts, iterations: int
) -> Aggregate:
    """Label every item by its belief; `counts` come from the same beliefs."""
    answers = crowd.answers
    model = (cells.cell_of, matrices.logs, matrices.log_classes)
    labels, confidence, is_tied = crowd.rows(_choose, model)
    scores_of = _explain(answers, cells, matrices)
    return Aggregate(
        labels=break_ties(answers, labels, is_tied, scores_of),
        confidence_bps=confidence,
        skill_bps=_skill(answers, cells, counts),
        iterations=iterations,
        scores_of=scores_of,
    )


def _skill(answers: Answers, cells: Cells, counts: Counts) -> Ints:
    """Return the expected share of right answers of each worker, in bps."""
    right = counts.cells[np.arange(cells.count), cells.labels]
    skills = np.zeros(answers.worker_count, dtype=np.int64)
    np.add.at(skills, cells.workers, right)
    return skills // np.maximum(answers.answers_of_worker, 1) * BPS // UNIT


def _explain(answers: Answers, cells: Cells, matrices: Matrices) -> ScoresOf:
    def scores_of(item: int) -> Scores:
        workers, labels = answers.of_item(item)
        own = cells.cell_of[workers.astype(np.int64) * answers.label_count + labels]
        added = matrices.logs[own].astype(np.int64)
        return Scores(matrices.log_classes, added, unit="bits", scale=ONE)

    return scores_of


def _counts(results: Results) -> Counts:
    cells, classes, entropy = results
    return Counts(cells, classes, int(entropy[0]))


@kernel
def _mark_cells(shard: Shard, cell_count: int, label_count: int) -> tuple[Ints]:
    seen = np.zeros(cell_count, dtype=np.int64)
    for row in range(shard.workers.size):
        seen[shard.workers[row] * label_count + shard.labels[row]] = 1
    return (seen,)


@kernel
def _count_votes(shard: Shard, cell_of: Ints32, cell_count: int, label_count: int) -> Results:
    """Add up counts where a belief is a share of the votes.

    The votes on an item are counted first: a pass takes answers times labels that were voted for,
    not answers squared.
    """
    cells = np.zeros((cell_count, label_count), dtype=np.int64)
    classes = np.zeros(label_count, dtype=np.int64)
    votes = np.zeros(label_count, dtype=np.int64)
    voted = np.zeros(label_count, dtype=np.int64)
    for item in range(shard.starts.size - 1):
        rows = range(shard.starts[item], shard.starts[item + 1])
        share = UNIT // max(len(rows), 1)
        count = 0
        for row in rows:
            label = shard.labels[row]
            if votes[label] == 0:
                voted[count] = label
                count += 1
            votes[label] += share
        for row in rows:
            cell = cell_of[shard.workers[row] * label_count + shard.labels[row]]
            for place in range(count):
                cells[cell, voted[place]] += votes[voted[place]]
        for place in range(count):
            classes[voted[place]] += votes[voted[place]]
            votes[voted[place]] = 0
    return cells, classes, np.zeros(1, dtype=np.int64)


@kernel
def _count_beliefs(
    shard: Shard, cell_of: Ints32, logs: Ints32, log_classes: Ints, shift: int
) -> Results:
    """Add up counts where a belief is the model's."""
    label_count = log_classes.size
    cells = np.zeros(logs.shape, dtype=np.int64)
    classes = np.zeros(label_count, dtype=np.int64)
    entropy = np.zeros(1, dtype=np.int64)
    beliefs = np.zeros(label_count, dtype=np.int64)
    likely = np.zeros(label_count, dtype=np.int64)
    for item in range(shard.starts.size - 1):
        rows = range(shard.starts[item], shard.starts[item + 1])
        if len(rows) == 0:
            continue
        believe(shard, item, cell_of, logs, log_classes, beliefs)
        count = _keep_likely(beliefs, likely)
        for place in range(count):
            truth = likely[place]
            classes[truth] += beliefs[truth]
            entropy[0] += surprise(beliefs[truth]) >> shift
        for row in rows:
            cell = cell_of[shard.workers[row] * label_count + shard.labels[row]]
            for place in range(count):
                cells[cell, likely[place]] += beliefs[likely[place]]
    return cells, classes, entropy


@kernel
def _choose(shard: Shard, cell_of: Ints32, logs: Ints32, log_classes: Ints) -> Results:
    """Take the label with the highest score."""
    item_count = shard.starts.size - 1
    labels = np.full(item_count, -1, dtype=np.int64)
    confidence = np.zeros(item_count, dtype=np.int64)
    is_tied = np.zeros(item_count, dtype=np.int64)
    beliefs = np.zeros(log_classes.size, dtype=np.int64)
    for item in range(item_count):
        if shard.starts[item] == shard.starts[item + 1]:
            continue
        is_tied[item] = believe(shard, item, cell_of, logs, log_classes, beliefs) > 1
        labels[item] = beliefs.argmax()
        confidence[item] = beliefs[labels[item]] * BPS // UNIT
    return labels, confidence, is_tied


@kernel
def believe(
    shard: Shard, item: int, cell_of: Ints32, logs: Ints32, log_classes: Ints, beliefs: Ints
) -> int:
    """Fill `beliefs` with the posterior of each label; return how many labels score highest."""
    label_count = log_classes.size
    beliefs[:] = log_classes
    for row in range(shard.starts[item], shard.starts[item + 1]):
        cell = cell_of[shard.workers[row] * label_count + shard.labels[row]]
        for label in range(label_count):
            beliefs[label] += logs[cell, label]
    return normalise(beliefs)


@kernel
def normalise(scores: Ints) -> int:
    """Turn scores (log2, scaled by `ONE`) into shares of `UNIT`; return how many score highest."""
    highest = scores.max()
    total = 0
    winners = 0
    for label in range(scores.size):
        distance = scores[label] - highest
        winners += distance == 0
        scores[label] = exp2(distance) if distance > _NOTHING else 0
        total += scores[label]
    for label in range(scores.size):
        if scores[label] > 0:
            scores[label] = scores[label] * UNIT // total
    return winners


@kernel
def surprise(belief: int) -> int:
    """Return -p * log2 p for p > 0 scaled by `UNIT`, in bits * `UNIT` * `ONE`; below 2**60."""
    return belief * (LOG_UNIT - log2(belief))


@kernel
def _keep_likely(beliefs: Ints, likely: Ints) -> int:
    """List the labels that are believed at all; return how many they are."""
    count = 0
    for label in range(beliefs.size):
        if beliefs[label] > 0:
            likely[count] = label
            count += 1
    return count
