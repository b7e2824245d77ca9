"""Zero-based skill (Toloka; crowd-kit 1.4): votes whose weights follow the agreement slowly.

    w[worker] = 1 / K + epsilon
    repeat:  w += rate * (agreement with the vote under w - w);  the rate halves every 20 steps

Plain Wawa moves the whole way in one step and so believes the first majority; a falling rate lets
good workers pull the vote over before the weights settle.
"""

import numpy as np

from oracle.aggregate.types import UNIT, Parameters
from oracle.integers import Ints

from .aggregate import Aggregate
from .crowd import Crowd
from .method import choice_method
from .votes import agreement, vote


def aggregate_zero_based_skill(crowd: Crowd, parameters: Parameters) -> Aggregate:
    """Let the weights follow the agreement until the rate is nothing, then vote."""
    weights = _even_weights(crowd, parameters)
    halvings = 0
    for step in range(1, parameters["iterations"] + 1):
        halvings += step % parameters["steps_per_halving"] == 0
        weights = weights + ((agreement(crowd, weights) - weights) >> halvings)
    return vote(crowd, weights, parameters["iterations"])


def _even_weights(crowd: Crowd, parameters: Parameters) -> Ints:
    weight = UNIT // crowd.answers.label_count + parameters["epsilon"]
    return np.full(crowd.answers.worker_count, weight, dtype=np.int64)


ZERO_BASED_SKILL = choice_method(
    "zero_based_skill",
    "1",
    {"iterations": 100, "steps_per_halving": 20, "epsilon": UNIT // 100_000},
    aggregate_zero_based_skill,
)
