"""Dawid and Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm",
Journal of the Royal Statistical Society C 28(1), 1979, on integers.

Every worker w has a confusion matrix p[w, k, l]: how often an item of truth k gets the answer l.

    start   t[i, k]    = share of k among the votes on item i
    M step  c[w, k, l] = sum of t[i, k] over the answers l of w
            p[w, k, l] = c[w, k, l] / sum over l of c[w, k, l]
            q[k]       = mean of t[i, k]
    E step  L[i, k]    = log2 q[k] + sum over answers of log2 p[w, k, answer]
            t[i, k]    ~ 2 ** L[i, k]
    until the lower bound of the likelihood gains less than `tolerance` an answer, or `iterations`
    are done

A count of nothing is taken for 10**-10 of an answer, as in crowd-kit, whose labels these are.
"""

from collections.abc import Callable

import numpy as np

from oracle.aggregate.types import Parameters
from oracle.integers import ONE, Ints, Ints32, kernel, log2

from .aggregate import Aggregate
from .confusion import (
    Cells,
    Counts,
    Matrices,
    aggregate_of,
    count_beliefs,
    count_votes,
    number_cells,
    shift_of,
)
from .crowd import Crowd
from .method import choice_method

Maximise = Callable[[Cells, Counts], Matrices]


def aggregate_dawid_skene(crowd: Crowd, parameters: Parameters) -> Aggregate:
    """Estimate every worker's confusion matrix and every item's label together."""
    return refine(crowd, parameters, maximise)


def refine(crowd: Crowd, parameters: Parameters, maximise: Maximise) -> Aggregate:
    """Repeat E and M step from the shares of the votes until the bound stands still."""
    cells = number_cells(crowd)
    counts = count_votes(crowd, cells)
    matrices = maximise(cells, counts)
    shift = shift_of(crowd.answers.answer_count)
    least_gain = (parameters["tolerance"] * crowd.answers.answer_count * ONE) >> shift
    bound: int | None = None
    iteration = 0
    while iteration < parameters["iterations"]:
        iteration += 1
        counts = count_beliefs(crowd, cells, matrices)
        refined = maximise(cells, counts)
        before, bound = bound, lower_bound(counts, refined, shift)
        if before is not None and bound - before < least_gain:
            break
        matrices = refined
    return aggregate_of(crowd, cells, matrices, counts, iteration)


def maximise(cells: Cells, counts: Counts) -> Matrices:
    """Take the counts for frequencies: the M step."""
    return Matrices(_log_rows(cells.workers, counts.cells), log_frequencies(counts.classes))


def log_frequencies(classes: Ints) -> Ints:
    """Return log2 of each class's share; a class of nothing counts as 10**-10 items."""
    tenths = np.maximum(classes * 10, 1).tolist()
    log_total = log2(sum(tenths))
    return np.array([log2(count) - log_total for count in tenths], dtype=np.int64)


def lower_bound(counts: Counts, matrices: Matrices, shift: int) -> int:
    """Return the bound of Dempster, Laird and Rubin in bits * `UNIT` * `ONE` >> `shift`.

    The class prior counts once an answer, as in crowd-kit: that stops sooner than once an item.
    """
    classes = _weigh(counts.cells.sum(axis=0), matrices.log_classes, shift)
    return int(
        _weigh(counts.cells.ravel(), matrices.logs.ravel(), shift) + classes + counts.entropy
    )


@kernel
def _log_rows(workers: Ints, counts: Ints) -> Ints32:
    """Return log2 p for each cell and truth: the cells of a worker stand side by side.

    A count is at least a tenth of a unit, so ten times it stays below 2**62.
    """
    logs = np.zeros(counts.shape, dtype=np.int32)
    first = 0
    while first < workers.size:
        last = first
        while last < workers.size and workers[last] == workers[first]:
            last += 1
        for truth in range(counts.shape[1]):
            total = 0
            for cell in range(first, last):
                total += max(counts[cell, truth] * 10, 1)
            log_total = log2(total)
            for cell in range(first, last):
                logs[cell, truth] = log2(max(counts[cell, truth] * 10, 1)) - log_total
        first = last
    return logs


@kernel
def _weigh(counts: Ints, logs: Ints | Ints32, shift: int) -> int:
    """Return the sum of counts times logarithms, each product less its lowest bits."""
    total = 0
    for place in range(counts.size):
        total += (counts[place] >> shift) * logs[place]
    return total


DAWID_SKENE = choice_method(
    "dawid_skene",
    "2",
    {"iterations": 100, "tolerance": 14_427},
    aggregate_dawid_skene,
)
