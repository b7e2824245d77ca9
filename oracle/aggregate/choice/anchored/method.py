"""Our own method: the vote and three models, joined by how well they explain what is known.

    vote   stake-capped majority, or with audits the vote by skill (skill.py)
    coin   one accuracy per worker                                 (mixture.py)
    rows   confusion matrices, a fifth of it habit
    twin   confusion matrices for clear and for contested items
    pool   linear, weights by kappa or by the audited items        (pool.py)
    label  the most believed; confidence calibrated                (decision.py)

Each model fails on some crowd: confusion matrices where answers are few or a ring agrees, the coin
where a whole crowd mixes up two labels, the vote where few workers know. docs/benchmarks.md shows
on which, and what the pool reaches. Stake multiplies a worker's evidence and at most doubles it.
With audits, workers of no skill have no say at all, whatever they agree on (MECHANISM, rules 4
and 5).
"""

import numpy as np

from dao_client.methods import MOST_BELIEFS
from oracle.aggregate.choice.aggregate import Aggregate, break_ties
from oracle.aggregate.choice.answers import UNKNOWN, Answers
from oracle.aggregate.choice.confusion import Cells, find_cells
from oracle.aggregate.choice.crowd import Crowd, Shard
from oracle.aggregate.choice.method import choice_method
from oracle.aggregate.choice.votes import vote as plain_vote
from oracle.aggregate.types import BPS, Parameters
from oracle.errors import AggregationRefused
from oracle.integers import UNIT, Ints, Ints32, kernel

from .decision import decide, pool, rebalance, sharpen
from .evidence import ONCE
from .mixture import MOST_BOOST, Fit, Mixture, Workers, fit
from .pool import pool_weights
from .reasons import explain_pool
from .skill import Evidence, gate_weights, skills_of, vote, weigh_evidence

COIN = Mixture("coin", subtypes=1, row_prior=0, habit=0)
ROWS = Mixture("rows", subtypes=1, row_prior=4, habit=UNIT // 5)
TWIN = Mixture("twin", subtypes=2, row_prior=4, habit=0)

_FULL_SAY = 4 * UNIT // 10
"""From this skill on a worker's evidence counts in full."""

_ANSWERS_PER_BOOST = 150


def aggregate_anchored(crowd: Crowd, parameters: Parameters) -> Aggregate:
    """Fit the models, weigh them, and decide."""
    answers = crowd.answers
    if answers.label_count < 2 or not answers.answer_count:
        return plain_vote(crowd, answers.weights)
    _check_items(answers)
    cells = _number_cells(crowd)
    factors = answers.weights
    evidence = weigh_evidence(crowd, factors) if (answers.known != UNKNOWN).any() else None
    shares, totals = vote(crowd, factors, evidence)
    workers = _workers(crowd, cells, factors, evidence)
    fits = [fit(crowd, cells, workers, shares, mixture) for mixture in (COIN, ROWS, TWIN)]
    first = shares if evidence is None else sharpen(crowd, shares, totals, evidence.trust)
    predicted = [first, *(each.predicted for each in fits)]
    weights = pool_weights(crowd, factors, predicted)
    beliefs = rebalance(crowd, pool(crowd, predicted, weights))
    decision = decide(crowd, beliefs, factors)
    scores_of = explain_pool(answers, fits, weights, beliefs)
    return Aggregate(
        labels=break_ties(answers, decision.labels, decision.is_tied, scores_of),
        confidence_bps=decision.confidence * BPS // UNIT,
        skill_bps=_skills(evidence, fits[1]) * BPS // UNIT,
        iterations=1,
        scores_of=scores_of,
    )


def _check_items(answers: Answers) -> None:
    """Refuse before anything is allocated: an operator that runs out of memory is killed."""
    beliefs = answers.item_count * answers.label_count
    if beliefs > MOST_BELIEFS:
        raise AggregationRefused(
            f"{answers.item_count} items with {answers.label_count} labels are {beliefs} beliefs, "
            f"anchored takes {MOST_BELIEFS}: take the method majority or wawa, or split the task"
        )


def _number_cells(crowd: Crowd) -> Cells:
    """Find the cells; refuse more of them than fit beside the beliefs.

    The models' tables have a row for each cell and each worker: 66 and 32 bytes a label.
    """
    answers = crowd.answers
    cells = find_cells(crowd)
    if (cells.count + answers.worker_count) * answers.label_count > MOST_BELIEFS:
        raise AggregationRefused(
            f"{answers.worker_count} workers and {cells.count} pairs of worker and label with "
            f"{answers.label_count} labels are more than the {MOST_BELIEFS} cells that anchored "
            f"takes: take the method majority or wawa, or split the task"
        )
    return cells


def _workers(crowd: Crowd, cells: Cells, factors: Ints, evidence: Evidence | None) -> Workers:
    """Say what each worker's evidence counts, and which labels the worker gives anyway."""
    answers = crowd.answers
    (given,) = crowd.total(_count_cells, (cells.cell_of, cells.count, factors))
    by_worker = np.zeros(answers.worker_count, dtype=np.int64)
    np.add.at(by_worker, cells.workers, given)
    by_label = np.zeros(answers.label_count, dtype=np.int64)
    np.add.at(by_label, cells.labels, given)
    shares = by_label * UNIT // max(int(by_label.sum()), 1)
    others = np.maximum(given - 1, 0) * UNIT + 2 * shares[cells.labels]
    gates = factors
    if evidence is not None:
        gates = gate_weights(factors, evidence, _FULL_SAY)
    return Workers(
        gates=gates,
        boosts=np.clip(by_worker * ONCE // _ANSWERS_PER_BOOST, ONCE, MOST_BOOST),
        habits=others // (by_worker[cells.workers] + 1),
    )


def _skills(evidence: Evidence | None, rows: Fit) -> Ints:
    """Return the audited skill, or how often the model holds a worker's answers for right."""
    if evidence is not None:
        return skills_of(evidence)
    right, given = rows.tables.right[:, 0], np.maximum(rows.tables.given[:, 0], 1)
    return np.array(
        [ok * UNIT // total for ok, total in zip(right.tolist(), given.tolist(), strict=True)],
        dtype=np.int64,
    )


@kernel
def _count_cells(shard: Shard, cell_of: Ints32, cell_count: int, factors: Ints) -> tuple[Ints]:
    given = np.zeros(cell_count, dtype=np.int64)
    label_count = cell_of.size // factors.size
    for row in range(shard.workers.size):
        worker = np.int64(shard.workers[row])
        if factors[worker] > 0:
            given[cell_of[worker * label_count + shard.labels[row]]] += 1
    return (given,)


ANCHORED = choice_method("anchored", "1", {}, aggregate_anchored)
