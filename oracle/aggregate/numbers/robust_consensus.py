"""A consensus of numbers that knows each worker's gain, bias and variance, and bends to no outlier.

Model: answer = truth + gain * (truth - middle) + bias + noise of the worker's own variance, the
continuous response model of cultural consensus theory (R. Anders, Z. Oravecz, W. H. Batchelder,
Cultural consensus theory for continuous responses, J. Math. Psychol. 61, 2014), fitted by
alternation with ridge priors instead of by sampling. Steps, from each item's median:

1. For each answer take the centre of the *others'* answers to the item, so that nobody agrees with
   himself. Regress each worker's differences on it: gain, bias, variance. Residuals beyond 3.5
   deviations count as 3.5 (P. J. Huber, Robust Statistics, 1981); a worker with few answers is
   drawn to the crowd by the priors.
2. Weigh a worker by gain / variance, relative to the middle worker.
3. Where an item has so many answers that chance alone moves their mean by little, weights cannot
   help much, but can turn shared error into bias. So weights are raised to, and biases multiplied
   by, a pull that falls from 1 to 0 with the variance of the mean against that of the items:
   1 / (1 + (n * shared * items' variance / answers' variance)**2).
4. Move the centre to the weighted mean of the answers, each less its worker's bias and cut at
   `clip_deviations` deviations of its worker; where a hundredth of all answers or more lie wild, at
   half a deviation, close to the median (R. V. Hogg, Adaptive robust procedures, JASA 69, 1974).

An estimate never leaves the range of the item's answers. The rounds are fixed in number.
"""

import numpy as np

from oracle.aggregate.types import Parameters
from oracle.integers import Ints, Ints32

from .aggregate import NumberAggregate, aggregate_of
from .answers import NumberAnswers
from .median import medians_of
from .method import number_method
from .weights import Counting, centres_of_others, move_centres, weigh_answers
from .workers import Crowd, learn_workers, unknown_crowd

_MOVES_PER_ROUND = 2


def aggregate_robust_consensus(answers: NumberAnswers, parameters: Parameters) -> NumberAggregate:
    """Give each item the centre of its answers, weighted by worker."""
    grid, centres = answers.grid, medians_of(answers)
    others = np.repeat(centres, np.diff(answers.starts))
    crowd = learn_workers(answers, grid, centres, others, unknown_crowd(answers), parameters)
    counting, centres = _moved(answers, grid, centres, crowd)
    for _ in range(parameters["rounds"] - 1):
        others = centres_of_others(*_columns(answers, grid, centres, counting))
        crowd = learn_workers(answers, grid, centres, others, crowd, parameters)
        counting, centres = _moved(answers, grid, centres, crowd)
    lowest = np.minimum.reduceat(grid, answers.starts[:-1])
    highest = np.maximum.reduceat(grid, answers.starts[:-1])
    centres = np.clip(centres, lowest, highest)
    return aggregate_of(answers, centres, counting, counting.weights, parameters["rounds"])


def _moved(
    answers: NumberAnswers, grid: Ints, centres: Ints, crowd: Crowd
) -> tuple[Counting, Ints]:
    """Let the answers count by what was learnt, and move the centres to where they then are."""
    weights = weigh_answers(answers.starts, answers.workers, crowd.log_weights, crowd.pulls)
    counting = Counting(weights, crowd.pulls, crowd.biases, crowd.reaches)
    for _ in range(_MOVES_PER_ROUND):
        centres = move_centres(*_columns(answers, grid, centres, counting))
    return counting, centres


def _columns(
    answers: NumberAnswers, grid: Ints, centres: Ints, counting: Counting
) -> tuple[Ints, Ints32, Ints, Ints, Ints32, Ints, Ints, Ints]:
    """Return the columns that the loops over items read, in their order."""
    return (
        answers.starts,
        answers.workers,
        grid,
        centres,
        counting.weights,
        counting.pulls,
        counting.biases,
        counting.reaches,
    )


ROBUST_CONSENSUS = number_method(
    "robust_consensus",
    "1",
    {
        "rounds": 12,
        "gain_prior": 10,
        "bias_prior": 30,
        "variance_prior": 10,
        "clip_deviations": 4,
        "shared_bps": 150,
    },
    aggregate_robust_consensus,
)
