"""What follows from the scores: winners, certainty, texts, reasons."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.pairwise import (
    PairVote,
    aggregate_bradley_terry,
    explain_pair,
    winners_of,
)
from oracle.aggregate.pairwise.bradley_terry import BRADLEY_TERRY
from oracle.aggregate.pairwise.result import TIED, score_text
from oracle.errors import AggregationRefused
from oracle.integers import ONE
from tests.oracle.aggregate.pairwise.comparison_crowds import comparisons_of, wins

pytestmark = pytest.mark.unit


def fit(rows):
    found = comparisons_of(rows)
    return found, aggregate_bradley_terry(found, BRADLEY_TERRY.parameters)


def test_winners_of__each_pair__names_the_stronger_and_its_chance():
    found, result = fit(wins("a", "b", 1, 3) + wins("c", "d", 2, 2))

    winners = winners_of(found, result)

    assert winners.winners.tolist() == [1, TIED]
    assert winners.chance_bps.tolist() == [7_435, 5_000]


def test_confidence__of_more_answers__grows():
    few, many = (fit(wins("a", "b", 2 * n, n))[1].confidence_bps[0] for n in (3, 30))

    assert 7_000 < few < 9_500 < many


def test_confidence__of_one_worker_alone__is_that_of_independent_answers():
    _, many = fit(wins("a", "b", 20, 10))

    _, one = fit([("w", *row[1:]) for row in wins("a", "b", 20, 10)])

    assert abs(one.confidence_bps[0] - many.confidence_bps[0]) < 20


def test_confidence__of_workers_at_odds__is_smaller_than_of_independent_answers():
    _, independent = fit(wins("a", "b", 60, 30))

    _, blocks = fit([(f"w{n // 30}", *row[1:]) for n, row in enumerate(wins("a", "b", 60, 30))])

    assert blocks.confidence_bps[0] < independent.confidence_bps[0]


@given(st.integers(-(2**40), 2**40))
def test_score_text__of_any_score__is_within_half_a_millionth(score):
    text = score_text(score)

    assert abs(Decimal(text) - Decimal(score) / ONE) <= Decimal("0.0000005")
    assert text != "-0.000000"


def test_explain_pair__with_answers__says_who_said_what():
    found, result = fit([*wins("a", "b", 2, 1), ("w0", "a", "c", "a"), ("w0", "b", "a", "b")])

    reason = explain_pair(found, result, left=1, right=0)

    assert reason.left_score == result.scores[1]
    assert reason.votes[0] == PairVote(
        worker=0, for_left=1, for_right=1, weight_bps=10_000, skill_bps=int(result.skill_bps[0])
    )
    assert [(vote.for_left, vote.for_right) for vote in reason.votes] == [(1, 1), (0, 1), (1, 0)]


def test_explain_pair__never_compared__has_a_chance_but_no_votes():
    found, result = fit(wins("a", "b", 3, 1) + wins("b", "c", 3, 1))

    reason = explain_pair(found, result, left=0, right=2)

    assert reason.votes == ()
    assert reason.left_bps > 8_500


def test_explain_pair__of_an_unknown_object__is_refused():
    found, result = fit(wins("a", "b", 3, 1))

    with pytest.raises(AggregationRefused, match=r"object 2 is outside 0\.\.1"):
        explain_pair(found, result, left=0, right=2)
