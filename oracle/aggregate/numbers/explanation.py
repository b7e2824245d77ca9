"""Why an item got its estimate: what each answer counted, and as what."""

from dataclasses import dataclass

import numpy as np

from oracle.aggregate.types import BPS

from .aggregate import NumberAggregate, scaled_of
from .answers import NumberAnswers
from .parsing import decimal_texts
from .weights import deviation


@dataclass(frozen=True)
class AnswerInfluence:
    """Say what one answer did: numbers as decimal text, the weight as a share of the item's.

    `counted_as` is the answer less the part of the worker's `bias` that the method takes off, moved
    to within the worker's reach of the estimate.
    """

    worker: int
    answer: str
    counted_as: str
    bias: str
    weight_bps: int


def explain_item(
    answers: NumberAnswers, aggregate: NumberAggregate, item: int
) -> tuple[AnswerInfluence, ...]:
    """Return the influence of each answer to the item, in the order of its rows."""
    rows = range(int(answers.starts[item]), int(answers.starts[item + 1]))
    total = sum(int(aggregate.counting.weights[row]) for row in rows)
    return tuple(_influence_of(answers, aggregate, item, row, total) for row in rows)


def _influence_of(
    answers: NumberAnswers, aggregate: NumberAggregate, item: int, row: int, total: int
) -> AnswerInfluence:
    counting, worker = aggregate.counting, int(answers.workers[row])
    centre, bias = int(aggregate.centres[item]), int(counting.biases[worker])
    value = int(answers.values[row]) << answers.grid_bits
    pull, reach = int(counting.pulls[item]), int(counting.reaches[worker])
    counted = centre + deviation(value, centre, bias, pull, reach)
    grid = np.array([value, counted, bias], dtype=np.int64)
    texts = decimal_texts(scaled_of(answers, grid), aggregate.decimals)
    return AnswerInfluence(
        worker=worker,
        answer=texts[0],
        counted_as=texts[1],
        bias=texts[2],
        weight_bps=int(counting.weights[row]) * BPS // total,
    )
