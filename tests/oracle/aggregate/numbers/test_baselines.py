"""The mean and the median are what they are called, rounded where it is stated."""

from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.numbers import NumberAnswers
from oracle.errors import AggregationRefused

from .tables import answers_of, frame_from, outcome_of, run

pytestmark = pytest.mark.unit

LIMIT = 10**15
ITEMS = st.lists(
    st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6), min_size=1, max_size=4
)


def pairs(items: list[list[int]]) -> NumberAnswers:
    return answers_of([list(enumerate(values)) for values in items])


@given(ITEMS)
def test_mean__of_any_answers__is_the_mean_to_three_decimals(items):
    result = run("mean", pairs(items))

    for value, values in zip(result.values.tolist(), items, strict=True):
        assert abs(Fraction(value, 1000) - Fraction(sum(values), len(values))) <= Fraction(
            51, 10**5
        )


@given(ITEMS)
def test_median__of_any_answers__is_the_middle(items):
    result = run("median", pairs(items))

    wanted = [median([Fraction(value) for value in values]) for values in items]
    assert [Fraction(value, 1000) for value in result.values.tolist()] == wanted


def test_mean__of_the_largest_answers__does_not_overflow():
    result = run("mean", pairs([[LIMIT] * 300, [-LIMIT] * 300, [LIMIT, -LIMIT]]))

    assert result.values.tolist() == [LIMIT * 1000, -LIMIT * 1000, 0]


@pytest.mark.parametrize(("name", "answer"), [("mean", "2.33333"), ("median", "2")])
def test_outcome__of_a_baseline__writes_decimals_per_item(name, answer):
    rows = [("b", "u", "1"), ("b", "v", "2"), ("b", "w", "4"), ("a", "u", "-7.50")]

    answers, confidence, skill = outcome_of(name, frame_from(rows))

    assert answers == ["-7.5", answer]
    assert (confidence.size, skill.size) == (2, 3)


def test_answers__with_an_item_of_none__are_refused():
    from_nothing = [[(0, 1)], [], [(0, 2)]]

    with pytest.raises(AggregationRefused, match="an item has no answer: leave it out"):
        answers_of(from_nothing)


def test_answers__outside_the_limit__are_refused():
    with pytest.raises(
        AggregationRefused, match="is outside ±1000000000000000: rescale the answers"
    ):
        answers_of([[(0, LIMIT + 1)]])
