"""Taking a vote out by formula against taking it out and fitting again."""

import pytest

from oracle.aggregate.pairwise import aggregate_bradley_terry, aggregate_noisy_bradley_terry
from oracle.aggregate.pairwise.bradley_terry import BRADLEY_TERRY
from oracle.aggregate.pairwise.leave_one_out import ahead_without_own
from oracle.aggregate.pairwise.noisy_bradley_terry import NOISY_BRADLEY_TERRY, shared_votes
from oracle.integers import ONE
from tests.oracle.aggregate.pairwise.comparison_crowds import comparisons_of, crowd

pytestmark = pytest.mark.unit

PRIOR = BRADLEY_TERRY.parameters["prior_milli"]


def test_ahead_without_own__of_a_dense_crowd__is_near_a_fit_without_the_vote():
    rows = crowd(seed=1, objects=8, rows=300, workers=300, guessers=0)
    rows = [(f"w{place:03}", *row[1:]) for place, row in enumerate(rows)]
    found = comparisons_of(rows)
    scores = aggregate_bradley_terry(found, BRADLEY_TERRY.parameters).scores

    without = ahead_without_own(found, shared_votes(found)[0], scores, PRIOR)

    for place in range(0, 300, 30):
        rest = comparisons_of(rows[:place] + rows[place + 1 :])
        again = aggregate_bradley_terry(rest, BRADLEY_TERRY.parameters).scores
        low, high = found.low[found.pairs[place]], found.high[found.pairs[place]]
        whole = scores[low] - scores[high]
        assert abs(without[place] - (again[low] - again[high])) < max(
            abs(int(whole - without[place])) // 3, ONE // 50
        )


def test_ahead_without_own__of_a_single_answer__takes_most_of_it_back():
    found = comparisons_of([("w", "a", "b", "b")])
    scores = aggregate_bradley_terry(found, BRADLEY_TERRY.parameters).scores

    without = ahead_without_own(found, shared_votes(found)[0], scores, PRIOR)

    assert scores[0] - scores[1] < without[0]


def test_aggregate_noisy_bradley_terry__of_few_answers_per_object__finds_guessers():
    rows = crowd(seed=2, objects=200, rows=2_000, workers=20, guessers=8)

    found = comparisons_of(rows)

    weights = aggregate_noisy_bradley_terry(found, NOISY_BRADLEY_TERRY.parameters).weights_bps
    assert weights[:8].mean() < 3_000
    assert weights[8:].min() > 9_900
