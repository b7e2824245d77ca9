"""The answer nearest to all others."""

import pytest

from oracle.aggregate.text import aggregate_medoid, parse
from tests.oracle.aggregate.text.crowds import answered, run, texts_of

pytestmark = pytest.mark.unit


def test_medoid__three_answers__takes_the_middle_one_as_written():
    outcome = run("medoid", answered("The cat sat on it!", "the cat sat", "The cat, sat on"))

    assert texts_of(outcome) == ["The cat, sat on"]


def test_medoid__equal_distances__takes_the_smaller_text():
    assert texts_of(run("medoid", answered("beta", "alpha"))) == ["alpha"]


def test_medoid__confidence__is_half_the_distance_below_one():
    outcome = run("medoid", answered("a b c d", "a b c d", "a b c x"))

    assert outcome.confidence_bps.tolist() == [10_000 - 2_500 // 4]
    assert outcome.skill_bps.tolist() == [10_000, 10_000, 7_500]


def test_medoid__one_answer__is_taken_with_half_confidence():
    outcome = run("medoid", answered("only one"))

    assert texts_of(outcome) == ["only one"]
    assert outcome.confidence_bps.tolist() == [5_000]


def test_explain__of_a_medoid__lists_the_answers_from_the_middle_out():
    result = aggregate_medoid(parse(answered("a b", "a b c", "a x c d")), {})

    answers = result.explain(0).answers

    assert [(each.answer, each.reliability_bps) for each in answers] == [
        ("a b c", 10_000),
        ("a b", 6_667),
        ("a x c d", 5_000),
    ]
