"""Mallows' expected distance against all orders, and against crowds of known strength."""

from itertools import permutations

import numpy as np
import pytest

from oracle.aggregate.rankings import aggregate_weighted_kemeny, parse
from oracle.aggregate.rankings.dispersion import LEVELS_PER_BIT, expected_distances
from oracle.integers import ONE
from tests.oracle.aggregate.rankings.ranking_crowds import distance, mallows_crowd

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("objects", [1, 2, 3, 5])
@pytest.mark.parametrize("level", [0, 7, 16, 100])
def test_expected_distances__of_few_objects__is_the_mean_over_all_orders(objects, level):
    away = [distance(order, range(objects)) for order in permutations(range(objects))]
    weights = [2.0 ** (-level / LEVELS_PER_BIT * far) for far in away]

    found = expected_distances(objects)[objects, level] / 2**20

    assert abs(found - np.dot(away, weights) / sum(weights)) < 1e-4


def test_weights__of_a_large_crowd__approach_mallows_theta():
    frame, _ = mallows_crowd(seed=4, items=200, objects=6, answers=12, ratios=[128] * 12)

    weights = aggregate_weighted_kemeny(parse(frame), {"prior_lists": 2}).weights / ONE

    assert np.abs(weights - 1).max() < 0.25
