"""Dawid and Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm",
Journal of the Royal Statistical Society C 28(1), 1979, on integers.

Every worker w has a confusion matrix p[w, k, l]: how often an item of truth k gets the answer l.

    start   t[i, k]    = share of k among the weighted votes on item i
    M step  c[w, k, l] = sum of t[i, k] over the answers l of w
            a[w]       = (sum of t[i, answer] + s * crowd's mean) / (answers of w + s)
            p[w, k, l] ~ c[w, k, l] + m * (a[w] if k = l else (1 - a[w]) / (K - 1))
            q[k]       ~ sum of t[i, k] + 1
    E step  L[i, k]    = log2 q[k] + sum over answers of weight[w] * log2 p[w, k, answer]
            t[i, k]    ~ 2 ** L[i, k]
    until no t moves by more than `tolerance` or `iterations` are done

The prior (s = `worker_prior`, m = `row_prior`, both in answers) draws a worker with few answers to
one accuracy and that accuracy to the crowd's, so ten classes and 76 answers do not collapse; with
hundreds of answers it vanishes. Every intermediate fits in int64: a count stays below
4 * 10**8 answers * 10**9 < 2**59, a vote times 10**4 below 4 * 10**5 * 2 * 10**13 < 2**63, a
weighted logarithm below 62 * 2**24 * 2 * 10**9 < 2**61 before it is scaled back.
"""

from dataclasses import dataclass

import numpy as np

from .fixed_old import Tables, build_tables, exp2, log2
from .tally import Groups, choose_labels, count_votes, group_by, sum_groups
from .types import UNIT, Aggregate, Aggregation, Answers, Ints, Parameters


@dataclass(frozen=True)
class _Plan:
    """Hold what does not change between two iterations.

    A cell is one answer that a worker ever gave: rows of a confusion matrix are columns here, and
    only columns that occur are kept, so memory grows with answers, not with labels squared.
    """

    answers: Answers
    parameters: Parameters
    tables: Tables
    by_item: Groups
    by_worker: Groups
    by_cell: Groups
    cells: Ints
    cell_workers: Ints
    cell_labels: Ints
    answers_per_item: Ints
    answers_per_worker: Ints


def aggregate_dawid_skene(answers: Answers, parameters: Parameters) -> Aggregate:
    """Estimate every worker's confusion matrix and every item's label together."""
    plan = _plan(answers, parameters)
    truths = _shares(count_votes(answers, answers.weights))
    scores = truths
    for _ in range(parameters["iterations"]):
        scores = _expect(plan, truths)
        moved = _normalise(plan.tables, scores)
        change = int(np.abs(moved - truths).max(initial=0))
        truths = moved
        if change <= parameters["tolerance"]:
            break
    labels = choose_labels(answers, scores, plan.answers_per_item)
    chosen = truths[np.arange(answers.item_count), np.maximum(labels, 0)]
    confidence = np.where(labels < 0, np.int64(0), chosen * 10_000 // UNIT)
    return Aggregate(labels=labels, confidence_bps=confidence)


def _plan(answers: Answers, parameters: Parameters) -> _Plan:
    given = answers.workers * answers.label_count + answers.labels
    found, cells = np.unique(given, return_inverse=True)
    by_item = group_by(answers.items, answers.item_count)
    by_worker = group_by(answers.workers, answers.worker_count)
    ones = np.ones(answers.items.size, dtype=np.int64)
    return _Plan(
        answers=answers,
        parameters=parameters,
        tables=build_tables(),
        by_item=by_item,
        by_worker=by_worker,
        by_cell=group_by(cells, found.size),
        cells=cells,
        cell_workers=found // answers.label_count,
        cell_labels=found % answers.label_count,
        answers_per_item=sum_groups(by_item, ones),
        answers_per_worker=sum_groups(by_worker, ones),
    )


def _shares(votes: Ints) -> Ints:
    """Scale votes to shares of `UNIT`, to four digits, which keeps them inside int64."""
    totals = np.maximum(votes.sum(axis=1, keepdims=True), 1)
    shares: Ints = votes * 10_000 // totals * (UNIT // 10_000)
    return shares


def _expect(plan: _Plan, truths: Ints) -> Ints:
    """Return the score L of every label of every item."""
    weights = plan.answers.weights[plan.cell_workers]
    logs = _log_confusion(plan, truths) * weights[:, None] // UNIT
    scores = sum_groups(plan.by_item, logs[plan.cells])
    counted = truths[plan.answers_per_item > 0]
    return scores + log2(plan.tables, counted.sum(axis=0) + UNIT)


def _log_confusion(plan: _Plan, truths: Ints) -> Ints:
    """Return log2 p[worker, truth, answer] for each cell and truth, scaled by 2**24."""
    believed = truths[plan.answers.items]
    right, wrong = _prior(plan, believed)
    counts = sum_groups(plan.by_cell, believed)
    is_right = plan.cell_labels[:, None] == np.arange(plan.answers.label_count)
    workers = plan.cell_workers[:, None]
    smoothed = counts + np.where(is_right, right[workers], wrong[workers])
    rows = sum_groups(plan.by_worker, believed)
    rows += (right + wrong * (plan.answers.label_count - 1))[:, None]
    log_rows = log2(plan.tables, np.maximum(rows, 1))
    return log2(plan.tables, np.maximum(smoothed, 1)) - log_rows[plan.cell_workers]


def _prior(plan: _Plan, believed: Ints) -> tuple[Ints, Ints]:
    """Spread `row_prior` answers over each row as the worker's own accuracy says.

    Returns what the right answer gets and what each wrong one gets, per worker.
    """
    answers, parameters = plan.answers, plan.parameters
    agreed = believed[np.arange(answers.items.size), answers.labels]
    crowd = int(agreed.sum()) // max(answers.items.size, 1)
    strength = parameters["worker_prior"]
    accuracy = (sum_groups(plan.by_worker, agreed) + strength * crowd) // (
        plan.answers_per_worker + strength
    )
    wrong = (UNIT - accuracy) // max(answers.label_count - 1, 1)
    return accuracy * parameters["row_prior"], wrong * parameters["row_prior"]


def _normalise(tables: Tables, scores: Ints) -> Ints:
    powers = exp2(tables, scores - scores.max(axis=1, keepdims=True))
    truths: Ints = powers * UNIT // powers.sum(axis=1, keepdims=True)
    return truths


DAWID_SKENE = Aggregation(
    name="dawid_skene",
    version="1",
    parameters={"iterations": 50, "tolerance": 1_000, "worker_prior": 4, "row_prior": 4},
    aggregate=aggregate_dawid_skene,
)
