"""Dawid and Skene's model with one number per worker: the chance of a right answer
(Zhang, Chen, Zhou and Jordan, "Spectral Methods Meet EM", JMLR 17(102), 2016, section 3.2).

A wrong answer is any of the other labels, all equally likely. So few answers of a worker suffice,
but a crowd that mixes up two labels in the same way is believed.
"""

import numpy as np

from oracle.aggregate.types import UNIT, Parameters
from oracle.integers import LOG_UNIT, Ints, Ints32, kernel, log2

from .aggregate import Aggregate
from .confusion import Cells, Counts, Matrices
from .crowd import Crowd
from .dawid_skene import log_frequencies, refine
from .method import choice_method


def aggregate_one_coin(crowd: Crowd, parameters: Parameters) -> Aggregate:
    """Estimate every worker's accuracy and every item's label together."""

    def maximise(cells: Cells, counts: Counts) -> Matrices:
        answered = np.maximum(crowd.answers.answers_of_worker, 1)
        skills = right_answers(cells, counts, answered.size) // answered
        logs = _log_coins(cells.workers, cells.labels, skills, counts.classes.size)
        return Matrices(logs, log_frequencies(counts.classes))

    return refine(crowd, parameters, maximise)


def right_answers(cells: Cells, counts: Counts, worker_count: int) -> Ints:
    """Return how many answers of each worker are believed to be right, scaled by `UNIT`."""
    right = np.zeros(worker_count, dtype=np.int64)
    np.add.at(right, cells.workers, counts.cells[np.arange(cells.count), cells.labels])
    return right


@kernel
def _log_coins(workers: Ints, labels: Ints, skills: Ints, label_count: int) -> Ints32:
    """Return log2 of the chance of each cell's label for each truth."""
    logs = np.zeros((workers.size, label_count), dtype=np.int32)
    others = log2(max(label_count - 1, 1))
    for cell in range(workers.size):
        skill = skills[workers[cell]]
        wrong = log2(max(UNIT - skill, 1)) - LOG_UNIT - others
        for truth in range(label_count):
            logs[cell, truth] = wrong
        logs[cell, labels[cell]] = log2(max(skill, 1)) - LOG_UNIT
    return logs


ONE_COIN = choice_method(
    "one_coin", "1", {"iterations": 100, "tolerance": 14_427}, aggregate_one_coin
)
