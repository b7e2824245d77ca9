"""The plain mean: every answer counts the same."""

import numpy as np

from oracle.aggregate.types import Parameters
from oracle.integers import Ints, kernel

from .aggregate import NumberAggregate, aggregate_of, even_counting
from .answers import NumberAnswers
from .method import number_method
from .weights import even_weights

_LOW_BITS = 25


def aggregate_mean(answers: NumberAnswers, parameters: Parameters) -> NumberAggregate:
    """Give each item the mean of its answers."""
    weights = even_weights(answers)
    centres = means_of(answers.starts, answers.grid)
    return aggregate_of(answers, centres, even_counting(answers, weights), weights)


@kernel
def means_of(starts: Ints, grid: Ints) -> Ints:
    """Return the mean of each item's answers, halves up.

    The answers, below 2**51, are summed in two words: 2**19 of 2**26 each.
    """
    means = np.zeros(starts.size - 1, dtype=np.int64)
    for item in range(means.size):
        high, low = 0, 0
        for row in range(starts[item], starts[item + 1]):
            high += grid[row] >> _LOW_BITS
            low += grid[row] & ((1 << _LOW_BITS) - 1)
        count = starts[item + 1] - starts[item]
        rest = ((high % count) << _LOW_BITS) + low
        means[item] = ((high // count) << _LOW_BITS) + (2 * rest + count) // (2 * count)
    return means


MEAN = number_method("mean", "1", {}, aggregate_mean)
