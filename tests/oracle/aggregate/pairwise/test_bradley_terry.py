"""The integers against the model in floating point, and where a fit could fail."""

import random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from oracle.aggregate.pairwise.bradley_terry import BRADLEY_TERRY, aggregate_bradley_terry
from oracle.integers import ONE
from tests.oracle.aggregate.pairwise.comparison_crowds import (
    comparisons_of,
    crowd,
    frame_of_rows,
    wins,
)

pytestmark = pytest.mark.unit

PARAMETERS = BRADLEY_TERRY.parameters


def fit(rows):
    found = comparisons_of(rows)
    return found, aggregate_bradley_terry(found, PARAMETERS)


def in_floating_point(found, prior):
    """Hunter's steps until they stop, in log2."""
    games = np.zeros((found.object_count, found.object_count))
    np.add.at(games, (found.low[found.pairs], found.high[found.pairs]), found.wins)
    np.add.at(games, (found.high[found.pairs], found.low[found.pairs]), found.losses)
    strength = np.ones(found.object_count)
    for _ in range(20_000):
        expected = (games + games.T) / (strength[:, None] + strength)
        share = expected.sum(axis=1) + 2 * prior / (strength + 1)
        strength = (games.sum(axis=1) + prior) / share
    return np.log2(strength)


@pytest.mark.parametrize("seed", range(3))
def test_aggregate_bradley_terry__of_a_crowd__is_the_maximum_in_floating_point(seed):
    found, result = fit(crowd(seed, objects=9, rows=60, workers=5, guessers=2))

    assert result.iterations < PARAMETERS["iterations"]
    assert np.abs(result.scores / ONE - in_floating_point(found, 0.1)).max() < 1e-4


def test_aggregate_bradley_terry__of_two_objects__is_their_odds():
    _, result = fit(wins("a", "b", 2_000, 1_000))

    assert abs((result.scores[0] - result.scores[1]) / ONE - 1) < 1e-3


def test_aggregate_bradley_terry__of_a_circle__ties_exactly():
    _, result = fit(wins("a", "b", 2, 1) + wins("b", "c", 2, 1) + wins("c", "a", 2, 1))

    assert result.scores.tolist() == [0, 0, 0]
    assert result.confidence_bps.tolist() == [5_000, 5_000, 5_000]


def test_aggregate_bradley_terry__of_one_always_winning__stays_finite():
    _, result = fit(wins("a", "b", 10_000, 0))

    assert result.iterations < PARAMETERS["iterations"]
    assert 10 * ONE < result.scores[0] - result.scores[1] < 60 * ONE


def test_aggregate_bradley_terry__of_groups_without_a_path__settles():
    rows = wins("a", "b", 30, 2) + wins("y", "z", 3, 2)

    found, result = fit(rows)

    assert result.iterations < 200
    assert [found.objects[place] for place in result.order] == ["a", "y", "z", "b"]


def test_aggregate_bradley_terry__of_one_answer__orders_two_objects():
    _, result = fit([("w", "a", "b", "b")])

    assert result.order.tolist() == [1, 0]
    assert result.skill_bps.tolist() == [10_000]
    assert 5_000 < result.confidence_bps[0] == result.confidence_bps[1] < 9_500


def test_aggregate_bradley_terry__of_a_balanced_design__orders_by_wins():
    rows = []
    for first, second in [(a, b) for b in range(7) for a in range(b)]:
        rows += wins(
            f"o{first}",
            f"o{second}",
            (3 * first + 5 * second) % 7,
            6 - (3 * first + 5 * second) % 7,
        )

    found, result = fit(rows)

    won = [sum(row[3] == name for row in rows) for name in found.objects]
    assert [won[place] for place in result.order] == sorted(won, reverse=True)
    assert len(set(result.scores.tolist())) == len(set(won))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_aggregate_bradley_terry__of_renamed_objects__gives_the_same_scores(seed):
    rows = crowd(seed, objects=7, rows=25, workers=4, guessers=1)
    source = random.Random(seed)
    names = [f"o{place:03}" for place in range(7)]
    renamed = dict(zip(names, source.sample(names, 7), strict=True))
    others = [(w, renamed[r], renamed[left], renamed[won]) for w, left, r, won in rows]

    found, result = fit(rows)
    again, other = fit(source.sample(others, len(others)))

    scores = dict(zip(again.objects, other.scores.tolist(), strict=True))
    assert [scores[renamed[name]] for name in found.objects] == result.scores.tolist()
    assert other.skill_bps.tolist() == result.skill_bps.tolist()


def test_outcome__of_a_frame__has_one_row_per_object():
    outcome = BRADLEY_TERRY.outcome(frame_of_rows(wins("b", "a", 3, 1)), PARAMETERS)

    assert list(outcome.names) == ["a", "b"]
    assert outcome.answers == ["-0.767691", "0.767691"]
    assert outcome.confidence_bps.tolist() == [7_602, 7_602]
    assert outcome.skill_bps.tolist() == [10_000, 10_000, 10_000, 0]
