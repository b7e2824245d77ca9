"""Forecasts are what was measured, or what was measured for something worse."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from dao_client.errors import MalformedDocument
from dao_client.forecast import RING_SHARES, Case, read_table, table
from tests.dao_client.forecast_table import figures, table_text

pytestmark = pytest.mark.unit

TABLE = read_table(table_text())


def share(text: str) -> Fraction:
    return Fraction(text)


def test_expect__measured_case__is_the_row():
    found = TABLE.expect(Case(2, 5, 11, share(".85"), share(".2")))

    row = [Fraction(str(each)) for each in figures(2, 0.0, 0.85, 0.2, 5, 11, False)]
    assert [
        found.answers_per_item,
        found.accuracy_found,
        found.pay_share,
        found.audited_share,
    ] == row


def test_expect__rounds_between_two_measured_ones__lies_on_the_line():
    found = TABLE.expect(Case(2, 5, 8, share(".85")))

    assert found.answers_per_item == Fraction(13, 2)


def test_expect__first_overlap_between_two_measured_ones__lies_on_the_line():
    assert TABLE.expect(Case(2, 4, 4)).answers_per_item == 4
    assert TABLE.expect(Case(2, 4, 11)).answers_per_item == Fraction(15, 2)
    assert TABLE.expect(Case(2, 8, 8)).answers_per_item == 8


def test_expect__more_than_was_measured__is_the_most_that_was():
    assert TABLE.expect(Case(9, 15, 21)) == TABLE.expect(Case(4, 11, 11))


@pytest.mark.parametrize(
    ("case", "worse"),
    [
        (Case(3, 5, 5), Case(2, 5, 5)),
        (Case(2, 5, 5, top_share=share(".3")), Case(2, 5, 5, top_share=share(".8"))),
        (Case(2, 5, 5, accuracy=share(".84")), Case(2, 5, 5, accuracy=share(".75"))),
        (Case(2, 5, 5, ring_share=share(".25")), Case(2, 5, 5, ring_share=share(".4"))),
    ],
)
def test_expect__case_that_was_not_measured__is_the_nearest_that_is_worse(case, worse):
    assert TABLE.expect(case) == TABLE.expect(worse)


@pytest.mark.parametrize(
    "case",
    [
        Case(2, 2, 11),
        Case(1, 5, 5),
        Case(2, 5, 5, accuracy=share(".7")),
        Case(2, 5, 5, ring_share=share(".5")),
        Case(2, 5, 5, top_share=share(".9")),
    ],
)
def test_expect__worse_than_all_that_was_measured__is_nothing(case):
    assert TABLE.expect(case) is None


@given(st.integers(3, 21), st.integers(0, 20), st.booleans())
def test_expect__any_rounds__takes_at_least_the_first_and_at_most_the_last(first, more, is_known):
    found = TABLE.expect(Case(2, first, first + more, is_known=is_known))

    assert min(first, 11) <= found.answers_per_item <= min(first + more, 11)


@pytest.mark.parametrize("text", ["", "[]", "{}", table_text(columns=["labels"])])
def test_read_table__something_else__says_how_to_measure_it(text):
    with pytest.raises(MalformedDocument, match=r"python -m benchmarks\.mechanism\.forecast"):
        read_table(text)


def test_table__of_this_release__knows_what_a_task_asks_by_default():
    found = [table().expect(Case(2, 5, 11, ring_share=each)) for each in RING_SHARES]

    right = [each.accuracy_found for each in found]
    assert right == sorted(right, reverse=True)
    assert all(each.pay_share < 1 and 5 <= each.answers_per_item <= 11 for each in found)
