"""MACE, multi-annotator competence estimation (Hovy, Berg-Kirkpatrick, Vaswani and Hovy, "Learning
Whom to Trust with MACE", NAACL-HLT 2013, sections 2 and 3.2), on integers.

On each item worker w either knows the truth and says it, or spams: says label l whatever the truth.

    answer l of w when k is true:   n[w] * (l = k) + s[w] * x[w, l]
    start   s = n = 1/2, x = 1/K
    E step  gain[w, l]  = log2(1 + n[w] / (s[w] * x[w, l]))
            t[i, k]     ~ q[k] * 2 ** (sum of the gains of the answers k)
            c[w, l]     = sum of t[i, l] * n[w] / (n[w] + s[w] * x[w, l]) over the answers l of w
            z[w, l]     = answers l of w - c[w, l]
    M step  log n[w]    = psi(sum over l of c[w, l] + 1/2)
            log s[w]    = psi(sum over l of z[w, l] + 1/2)
            log x[w, l] = psi(a[w] + z[w, l]) - psi(sum over l of a[w] + z[w, l])

That is variational Bayes; both first lines of the M step lack the same term, which cancels. Three
things differ from crowd-kit 1.4 on purpose:

- There, `thetas_` has its rows in the order of the workers' names and is read in the order in which
  they first answer, and so are its columns: the strategies go to other workers and other labels.
  Its accuracy hangs on how workers are named (zc_in: 76.9 as the file stands, 72.7 if its rows are
  sorted). Here a strategy is its worker's own.
- A worker's own strategy is believed too soon where one label is common: who often says it in
  truth looks like a spammer who always does (d_product: 82.7). So a strategy's pseudo-counts grow
  with the evidence, a[w] = 1 + `evenness` * z[w] / K, where crowd-kit takes 10; and q[k], 1/K in
  the first `opening` rounds, then becomes the share of k in votes that weigh by who knew. It is
  set once: set in every round, one label takes all on s_rel.
- One start instead of ten at random. No two labels or workers can change roles here, so there is
  nothing to restart for: from even odds the first beliefs follow the votes. And crowd-kit draws its
  ten starts from the same seed: they are one start, ten times.
"""

from typing import NamedTuple

import numpy as np

from oracle.aggregate.types import Parameters
from oracle.integers import ONE, Ints, Ints32, kernel, log2

from .aggregate import Aggregate, Scores, ScoresOf, break_ties
from .answers import Answers
from .confusion import Cells, find_cells
from .crowd import Crowd, Results, Shard
from .digamma import digamma
from .gains import (
    Prior,
    believe,
    board_of,
    gains_as_scores,
    in_bps,
    longest,
    prior_of,
    share_in_bps,
    wipe,
)
from .logistic import SURE, SURE_BITS, sigmoid, softplus
from .method import choice_method

_HALF = ONE // 2
_LOST_BITS = SURE_BITS - 24
"""Bits from the scale of beliefs down to `ONE`."""


class Spam(NamedTuple):
    """What the answers of each cell say: `gains` for their label's score, scaled by `ONE`, below
    2**31; and `trust`, scaled by `SURE`: the chance that the worker knew if the label is right.
    """

    cell_of: Ints32
    gains: Ints
    trust: Ints


def aggregate_mace(crowd: Crowd, parameters: Parameters) -> Aggregate:
    """Estimate who spams, and how, and every item's label together.

    Nothing leaves int64: a count is below 4 * 10**8 answers * 2**30 < 2**59, and the greatest value
    of psi, the sum of a worker's pseudo-counts, is below 2**37 for an `evenness` up to 100.
    """
    answers = crowd.answers
    cells = find_cells(crowd)
    (given,) = crowd.total(_count_given, (cells.cell_of, cells.count, answers.label_count))
    prior = prior_of(np.ones(answers.label_count, dtype=np.int64))
    spam = _even_odds(cells, answers.label_count)
    size = (answers.worker_count, answers.label_count, parameters["evenness"])
    before = np.zeros_like(given)
    iteration = 0
    while iteration < parameters["iterations"]:
        iteration += 1
        known, _ = crowd.total(_count_known, (spam, prior, answers.worker_count))
        spam = Spam(cells.cell_of, *_maximise(cells.workers, given, known, *size))
        moved = int(np.abs(known - before).sum())
        before = known
        if iteration == parameters["opening"]:
            prior = _prior_of_votes(crowd, cells, known)
        elif iteration > parameters["opening"] and moved <= parameters["tolerance"] * given.sum():
            break
    return _aggregate_of(crowd, spam, prior, iteration)


def _prior_of_votes(crowd: Crowd, cells: Cells, known: Ints) -> Prior:
    """Take each label for as common as it is in votes that weigh by how much their worker knew."""
    answers = crowd.answers
    weights = np.zeros(answers.worker_count, dtype=np.int64)
    np.add.at(weights, cells.workers, known)
    weights //= np.maximum(answers.answers_of_worker, 1)
    (classes,) = crowd.total(_count_votes, (weights, answers.label_count))
    return prior_of(classes + SURE)


def _even_odds(cells: Cells, label_count: int) -> Spam:
    """Believe that everybody spams every other time, evenly over the labels."""
    odds = log2(label_count)
    gains = np.full(cells.count, softplus(odds), dtype=np.int64)
    return Spam(cells.cell_of, gains, np.full(cells.count, sigmoid(odds), dtype=np.int64))


def _aggregate_of(crowd: Crowd, spam: Spam, prior: Prior, iterations: int) -> Aggregate:
    """Label every item by its belief."""
    answers = crowd.answers
    labels, confidence, is_tied = crowd.rows(_choose, (spam, prior))
    _, right = crowd.total(_count_known, (spam, prior, answers.worker_count))
    scores_of = _explain(answers, spam, prior)
    return Aggregate(
        labels=break_ties(answers, labels, is_tied, scores_of),
        confidence_bps=confidence,
        skill_bps=share_in_bps(right, answers.answers_of_worker),
        iterations=iterations,
        scores_of=scores_of,
    )


def _explain(answers: Answers, spam: Spam, prior: Prior) -> ScoresOf:
    def scores_of(item: int) -> Scores:
        workers, labels = answers.of_item(item)
        own = spam.cell_of[workers.astype(np.int64) * answers.label_count + labels]
        return gains_as_scores(labels, spam.gains[own], prior)

    return scores_of


@kernel
def _count_given(shard: Shard, cell_of: Ints32, cell_count: int, label_count: int) -> tuple[Ints]:
    """Count each cell's answers."""
    given = np.zeros(cell_count, dtype=np.int64)
    for row in range(shard.workers.size):
        given[cell_of[shard.workers[row] * label_count + shard.labels[row]]] += 1
    return (given,)


@kernel
def _count_votes(shard: Shard, weights: Ints, label_count: int) -> tuple[Ints]:
    """Add up each label's shares of the votes, scaled by `SURE`."""
    classes = np.zeros(label_count, dtype=np.int64)
    for item in range(shard.starts.size - 1):
        rows = range(shard.starts[item], shard.starts[item + 1])
        total = 0
        for row in rows:
            total += weights[shard.workers[row]]
        for row in rows:
            share = (weights[shard.workers[row]] << SURE_BITS) // max(total, 1)
            classes[shard.labels[row]] += share
    return (classes,)


@kernel
def _count_known(shard: Shard, spam: Spam, prior: Prior, worker_count: int) -> Results:
    """Count each cell's answers whose worker knew, and each worker's right ones: the E step."""
    known = np.zeros(spam.gains.size, dtype=np.int64)
    right = np.zeros(worker_count, dtype=np.int64)
    board = board_of(prior.logs.size)
    gains = np.zeros(longest(shard.starts), dtype=np.int64)
    for item in range(shard.starts.size - 1):
        first, last = shard.starts[item], shard.starts[item + 1]
        if first == last:
            continue
        labels = shard.labels[first:last]
        _weigh(shard, item, spam, prior.logs.size, gains)
        believe(labels, gains, prior, board)
        for row in range(first, last):
            belief = board.scores[shard.labels[row]]
            cell = spam.cell_of[shard.workers[row] * prior.logs.size + shard.labels[row]]
            known[cell] += belief * spam.trust[cell] >> SURE_BITS
            right[shard.workers[row]] += belief
        wipe(labels, board)
    return known, right


@kernel
def _choose(shard: Shard, spam: Spam, prior: Prior) -> Results:
    """Take the label with the highest score."""
    item_count = shard.starts.size - 1
    chosen = np.full(item_count, -1, dtype=np.int64)
    confidence = np.zeros(item_count, dtype=np.int64)
    is_tied = np.zeros(item_count, dtype=np.int64)
    board = board_of(prior.logs.size)
    gains = np.zeros(longest(shard.starts), dtype=np.int64)
    for item in range(item_count):
        if shard.starts[item] == shard.starts[item + 1]:
            continue
        labels = shard.labels[shard.starts[item] : shard.starts[item + 1]]
        _weigh(shard, item, spam, prior.logs.size, gains)
        chosen[item], belief, is_tied[item] = believe(labels, gains, prior, board)
        confidence[item] = in_bps(belief)
        wipe(labels, board)
    return chosen, confidence, is_tied


@kernel
def _weigh(shard: Shard, item: int, spam: Spam, label_count: int, gains: Ints) -> None:
    """Write the gain of each of an item's answers."""
    first = shard.starts[item]
    for row in range(first, shard.starts[item + 1]):
        cell = spam.cell_of[shard.workers[row] * label_count + shard.labels[row]]
        gains[row - first] = spam.gains[cell]


@kernel
def _maximise(
    workers: Ints, given: Ints, known: Ints, worker_count: int, label_count: int, evenness: int
) -> tuple[Ints, Ints]:
    """Return each cell's gains and trust: the M step."""
    knowing = np.full(worker_count, _HALF)
    spamming = np.zeros(worker_count, dtype=np.int64)
    for cell in range(workers.size):
        knowing[workers[cell]] += known[cell] >> _LOST_BITS
        spamming[workers[cell]] += given[cell] * ONE - (known[cell] >> _LOST_BITS)
    gains = np.zeros(workers.size, dtype=np.int64)
    trust = np.zeros(workers.size, dtype=np.int64)
    for cell in range(workers.size):
        worker = workers[cell]
        spam = spamming[worker]
        even = ONE + evenness * spam // label_count
        own = given[cell] * ONE - (known[cell] >> _LOST_BITS)
        strategy = digamma(even + own) - digamma(even * label_count + spam)
        odds = digamma(knowing[worker]) - digamma(spam + _HALF) - strategy
        gains[cell] = softplus(odds)
        trust[cell] = sigmoid(odds)
    return gains, trust


MACE = choice_method(
    "mace",
    "1",
    {"iterations": 50, "tolerance": 10_737, "opening": 5, "evenness": 2},
    aggregate_mace,
)
