"""One model of the pool: Dawid and Skene's EM with what makes it stable on real crowds.

- Classes have `subtypes` (Welinder and Perona, "The Multidimensional Wisdom of Crowds", NIPS 2010):
  with two of them, clear and contested items have confusion matrices of their own.
- The row of a confusion matrix starts from `row_prior` answers of a coin: the worker's accuracy on
  the diagonal, itself drawn to the crowd's by four answers (hierarchical as in Kim and Ghahramani,
  "Bayesian Classifier Combination", AISTATS 2012). Without `row_prior` the coin is all there is.
- With probability `habit` an answer says nothing of the item: the worker's habit (Hovy et al.,
  "Learning Whom to Trust with MACE", NAACL 2013).
- **Leave-one-out**: the evidence of an answer is measured without the answer itself. A worker with
  few answers cannot confirm himself, which is how plain EM collapses.
- An audited item counts `boosts` times and keeps its label; what the model would have said of it
  without its own audit is what `predict` returns, an honest out-of-fold error.

Beliefs are scaled by `UNIT` and held in int32, columns k * subtypes + g. A count stays below
4 * 10**8 answers * 10**9 * 16 < 2**63.
"""

from dataclasses import dataclass

import numpy as np

from oracle.aggregate.choice.answers import UNKNOWN
from oracle.aggregate.choice.confusion import Cells
from oracle.aggregate.choice.crowd import Crowd, Results, Shard
from oracle.integers import UNIT, Ints, Ints32, kernel, log2, ratio

from .evidence import ONCE, Tables, fill_beliefs, settle, weigh

MOST_BOOST = 16 * ONCE
_ROUNDS = 12
_CLEAREST = 9 * UNIT // 10
_LEAST_CLEAR = UNIT // 10


@dataclass(frozen=True)
class Mixture:
    """Name a model: how many subtypes a class has, and how its rows start.

    `row_prior` in answers, 0 for rows that are the coin; `habit` scaled by `UNIT`.
    """

    name: str
    subtypes: int
    row_prior: int
    habit: int


@dataclass(frozen=True)
class Workers:
    """What is known of workers before a fit, one entry each; `habits` has one per cell.

    `gates` scale the evidence of an answer by `UNIT`, `boosts` say how often an audited answer
    counts, in units of 1 / `ONCE`.
    """

    gates: Ints
    boosts: Ints
    habits: Ints


@dataclass(frozen=True)
class Fit:
    """A fitted model: `before` are the beliefs that `tables` were counted from.

    `predicted` has one row per item, shape (items, K): audited items as if nobody had audited them.
    """

    mixture: Mixture
    tables: Tables
    before: Ints32
    predicted: Ints32


def fit(crowd: Crowd, cells: Cells, workers: Workers, votes: Ints32, mixture: Mixture) -> Fit:
    """Repeat counting and expecting from the shares of the votes."""
    (beliefs,) = crowd.rows(_start, (mixture.subtypes,), by_item=(votes,))
    before = beliefs
    predicted = votes
    tables = _count(crowd, cells, workers, beliefs, mixture)
    for turn in range(_ROUNDS):
        if turn:
            tables = _count(crowd, cells, workers, beliefs, mixture)
        before = beliefs
        beliefs, predicted = crowd.rows(_expect, (tables,), by_item=(beliefs,))
    return Fit(mixture, tables, before, predicted)


def _count(
    crowd: Crowd, cells: Cells, workers: Workers, beliefs: Ints32, mixture: Mixture
) -> Tables:
    answers = crowd.answers
    by_cell, classes = crowd.total(
        _add_up, (cells.cell_of, cells.count, workers.gates, workers.boosts), by_item=(beliefs,)
    )
    rows, right, given = _by_worker(
        cells.workers, cells.labels, by_cell, answers.worker_count, mixture.subtypes
    )
    coins = np.array(
        [
            ratio(int(ok) + UNIT // 2, int(total) + UNIT)
            for ok, total in zip(right.sum(axis=0), given.sum(axis=0), strict=True)
        ],
        dtype=np.int64,
    )
    classes = classes + UNIT // mixture.subtypes
    log_total = log2(int(classes.sum()))
    log_classes = np.array([log2(count) - log_total for count in classes.tolist()], dtype=np.int64)
    tables = Tables(
        cell_of=cells.cell_of,
        gates=workers.gates,
        boosts=workers.boosts,
        habits=workers.habits,
        cells=by_cell,
        rows=rows,
        right=right,
        given=given,
        coins=coins,
        log_classes=log_classes,
        steady=np.zeros(by_cell.shape, dtype=np.int64),
        row_prior=mixture.row_prior,
        habit=mixture.habit,
    )
    return settle(tables, cells.workers, cells.labels)


@kernel
def _start(shard: Shard, votes: Ints32, subtypes: int) -> tuple[Ints32]:
    """Believe the votes; where they are divided, believe more in the second subtype."""
    label_count = votes.shape[1]
    beliefs = np.zeros((votes.shape[0], label_count * subtypes), dtype=np.int32)
    for item in range(votes.shape[0]):
        if shard.known[item] != UNKNOWN:
            for subtype in range(subtypes):
                beliefs[item, shard.known[item] * subtypes + subtype] = UNIT // subtypes
            continue
        clear = _clearness(votes[item]) if subtypes > 1 else UNIT
        for label in range(label_count):
            share = np.int64(votes[item, label])
            beliefs[item, label * subtypes] = share * clear // UNIT
            for subtype in range(1, subtypes):
                beliefs[item, label * subtypes + subtype] = (
                    share * (UNIT - clear) // UNIT // (subtypes - 1)
                )
    return (beliefs,)


@kernel
def _clearness(votes: Ints32) -> int:
    """Return how far the greatest share stands out from chance, within .1 and .9."""
    chance = UNIT // votes.size
    above = (np.int64(votes.max()) - chance) * UNIT // max(UNIT - chance, 1)
    return max(_LEAST_CLEAR, min(_CLEAREST, int(above)))


@kernel
def _add_up(
    shard: Shard, beliefs: Ints32, cell_of: Ints32, cell_count: int, gates: Ints, boosts: Ints
) -> Results:
    """Add the beliefs of each item to the cells of its answers, and to the classes once."""
    columns = beliefs.shape[1]
    label_count = cell_of.size // gates.size
    cells = np.zeros((cell_count, columns), dtype=np.int64)
    classes = np.zeros(columns, dtype=np.int64)
    for item in range(beliefs.shape[0]):
        is_answered = False
        for row in range(shard.starts[item], shard.starts[item + 1]):
            worker = np.int64(shard.workers[row])
            if gates[worker] == 0:
                continue
            is_answered = True
            times = boosts[worker] if shard.known[item] != UNKNOWN else ONCE
            cell = cell_of[worker * label_count + shard.labels[row]]
            for column in range(columns):
                cells[cell, column] += times * np.int64(beliefs[item, column]) // ONCE
        if is_answered:
            for column in range(columns):
                classes[column] += beliefs[item, column]
    return cells, classes


@kernel
def _by_worker(
    workers: Ints, labels: Ints, cells: Ints, worker_count: int, subtypes: int
) -> tuple[Ints, Ints, Ints]:
    """Add the cells of each worker: all of them, the right ones, and all by subtype."""
    rows = np.zeros((worker_count, cells.shape[1]), dtype=np.int64)
    right = np.zeros((worker_count, subtypes), dtype=np.int64)
    given = np.zeros((worker_count, subtypes), dtype=np.int64)
    for cell in range(workers.size):
        worker = workers[cell]
        for column in range(cells.shape[1]):
            rows[worker, column] += cells[cell, column]
            given[worker, column % subtypes] += cells[cell, column]
        for subtype in range(subtypes):
            right[worker, subtype] += cells[cell, labels[cell] * subtypes + subtype]
    return rows, right, given


@kernel
def _expect(shard: Shard, before: Ints32, tables: Tables) -> tuple[Ints32, Ints32]:
    """Return the new beliefs, and the shares of the labels as if no item were audited."""
    subtypes = tables.coins.size
    label_count = tables.log_classes.size // subtypes
    beliefs = np.zeros(before.shape, dtype=np.int32)
    predicted = np.zeros((before.shape[0], label_count), dtype=np.int32)
    evidence = np.zeros(tables.log_classes.size, dtype=np.int64)
    for item in range(before.shape[0]):
        known = shard.known[item]
        evidence[:] = tables.log_classes
        rows = slice(shard.starts[item], shard.starts[item + 1])
        workers, labels = shard.workers[rows], shard.labels[rows]
        weigh(tables, workers, labels, known != UNKNOWN, before[item], evidence)
        fill_beliefs(evidence, beliefs[item])
        for column in range(evidence.size):
            predicted[item, column // subtypes] += beliefs[item, column]
        if known != UNKNOWN:
            own = slice(known * subtypes, (known + 1) * subtypes)
            beliefs[item, :] = 0
            fill_beliefs(evidence[own], beliefs[item, own])
    return beliefs, predicted
