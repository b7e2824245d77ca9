"""Who guesses is found and counts little; who disagrees is heard."""

from dataclasses import replace

import numpy as np
import pytest

from oracle.aggregate.pairwise.bradley_terry import BRADLEY_TERRY
from oracle.aggregate.pairwise.noisy_bradley_terry import (
    NOISY_BRADLEY_TERRY,
    aggregate_noisy_bradley_terry,
)
from oracle.errors import AggregationRefused
from tests.oracle.aggregate.pairwise.comparison_crowds import comparisons_of, crowd, wins

pytestmark = pytest.mark.unit

PARAMETERS = NOISY_BRADLEY_TERRY.parameters


def fit(rows):
    found = comparisons_of(rows)
    return found, aggregate_noisy_bradley_terry(found, PARAMETERS)


def misplaced(scores):
    """Count the pairs of objects in the wrong order; object k should be above all before it."""
    ahead = scores[:, None] - scores
    return int((np.tril(ahead, -1) < 0).sum())


def test_aggregate_noisy_bradley_terry__of_a_crowd_with_guessers__finds_them():
    _, result = fit(crowd(seed=3, objects=20, rows=2_000, workers=20, guessers=8))

    assert result.weights_bps[:8].max() < 5_000
    assert result.weights_bps[8:].min() > 9_900
    assert result.skill_bps[:8].max() < result.skill_bps[8:].min()


def test_aggregate_noisy_bradley_terry__of_crowds_with_guessers__misplaces_fewer_pairs():
    plain, noisy = 0, 0
    for seed in range(20):
        found = comparisons_of(crowd(seed, objects=30, rows=1_500, workers=20, guessers=12))
        plain += misplaced(BRADLEY_TERRY.aggregate(found, BRADLEY_TERRY.parameters).scores)
        noisy += misplaced(aggregate_noisy_bradley_terry(found, PARAMETERS).scores)

    assert noisy < plain * 0.8


def test_aggregate_noisy_bradley_terry__of_a_steady_dissenter__keeps_the_weight():
    rows = crowd(seed=4, objects=10, rows=600, workers=6, guessers=0)
    pairs = [(f"o{a:03}", f"o{b:03}") for b in range(10) for a in range(b)]
    rows += [("w999", first, second, first) for first, second in pairs]

    _, result = fit(rows)

    assert result.weights_bps[-1] > 9_900
    assert result.skill_bps[-1] < 500


def test_aggregate_noisy_bradley_terry__of_guessers_only__still_orders():
    _, result = fit(crowd(seed=5, objects=5, rows=500, workers=4, guessers=4))

    assert result.weights_bps.max() < 6_000
    assert sorted(result.order.tolist()) == [0, 1, 2, 3, 4]


def test_aggregate_noisy_bradley_terry__of_a_repeated_answer__counts_it_once():
    rows = [(f"v{place}", "b", "a", "b") for place in range(3)]

    _, result = fit(rows + [("w", "a", "b", "a")] * 50)

    assert result.order.tolist() == [1, 0]


def test_aggregate_noisy_bradley_terry__of_workers_without_overlap__converges():
    rows = [(f"w{place}", f"a{place}", f"b{place}", f"a{place}") for place in range(50)]

    found, result = fit(rows)

    assert result.iterations < 200
    assert len(set(result.scores.tolist())) == 2
    assert {found.objects[place][0] for place in result.order[:50]} == {"a"}


def test_aggregate_noisy_bradley_terry__of_a_circle__ties_exactly():
    _, result = fit(wins("a", "b", 2, 1) + wins("b", "c", 2, 1) + wins("c", "a", 2, 1))

    assert result.scores.tolist() == [0, 0, 0]


@pytest.mark.parametrize("share", [0, 10_000])
def test_aggregate_noisy_bradley_terry__expecting_all_or_no_guessers__is_refused(share):
    method = replace(NOISY_BRADLEY_TERRY, parameters={**PARAMETERS, "guessers_bps": share})

    with pytest.raises(AggregationRefused) as refusal:
        method.aggregate(comparisons_of(wins("a", "b", 2, 1)), method.parameters)

    assert str(refusal.value) == (
        f"guessers_bps is {share}: give the share of guessers to expect, 1 to 9,999"
    )
