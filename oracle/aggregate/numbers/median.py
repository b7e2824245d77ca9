"""The median: half of the answers are not above it, half are not below."""

import numpy as np

from oracle.aggregate.types import Parameters
from oracle.integers import Ints, Ints32

from .aggregate import NumberAggregate, aggregate_of, even_counting
from .answers import NumberAnswers
from .method import number_method
from .weights import EVEN_WEIGHT, even_weights


def aggregate_median(answers: NumberAnswers, parameters: Parameters) -> NumberAggregate:
    """Give each item its middle answer, or the middle between its two middle ones."""
    order = _order_in_items(answers)
    middle = _middle_rows(answers, order)
    weights: Ints32 = np.zeros(answers.values.size, dtype=np.int32)
    weights[middle] = EVEN_WEIGHT
    centres = _middle_of(answers.grid[middle])
    return aggregate_of(answers, centres, even_counting(answers, weights), even_weights(answers))


def medians_of(answers: NumberAnswers) -> Ints:
    """Return each item's median on the grid; a half that does not fit there is rounded down."""
    return _middle_of(answers.grid[_middle_rows(answers, _order_in_items(answers))])


def _order_in_items(answers: NumberAnswers) -> Ints:
    """Return the rows of each item sorted by value."""
    counts = np.diff(answers.starts)
    item_of = np.repeat(np.arange(counts.size), counts)
    return np.lexsort((answers.workers, answers.values, item_of)).astype(np.int64)


def _middle_rows(answers: NumberAnswers, order: Ints) -> Ints:
    """Return the rows of the two middle answers, which may be one, as an array of two rows."""
    counts = np.diff(answers.starts)
    lower = answers.starts[:-1] + (counts - 1) // 2
    upper = answers.starts[:-1] + counts // 2
    middle: Ints = order[np.stack((lower, upper))]
    return middle


def _middle_of(pairs: Ints) -> Ints:
    """Return the middle of two values below 2**51."""
    middle: Ints = (pairs[0] + pairs[1]) >> 1
    return middle


MEDIAN = number_method("median", "1", {}, aggregate_median)
