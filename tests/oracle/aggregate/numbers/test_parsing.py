"""Numbers are read exactly or refused by name."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.numbers import NumberAnswers, parse
from oracle.aggregate.numbers.parsing import decimal_texts
from oracle.errors import CrowdFileRefused

from .tables import frame_from

pytestmark = pytest.mark.unit


def parsed(*texts: str) -> NumberAnswers:
    return parse(frame_from([(f"{row:03}", "w", text) for row, text in enumerate(texts)]))


def test_parse__numbers_of_different_decimals__share_the_finest():
    answers = parsed("1", "-2.50", "+.125", "3.")

    assert answers.decimals == 3
    assert answers.values.tolist() == [1000, -2500, 125, 3000]


def test_parse__exponents_and_space__are_numbers():
    answers = parsed("1e3", " 25E-1 ", "0e99")

    assert answers.values.tolist() == [10000, 25, 0]


def test_parse__more_than_nine_decimals__rounds_half_to_even():
    answers = parsed("0.30000000000000004", "0.0000000005", "0.0000000015")

    assert answers.decimals == 9
    assert answers.values.tolist() == [300_000_000, 0, 2]


def test_parse__large_beside_fine_numbers__gives_up_decimals_first():
    answers = parsed("123456789012", "0.12345")

    assert answers.decimals == 3
    assert answers.values.tolist() == [123456789012000, 123]


@given(st.integers(-(10**15), 10**15), st.integers(0, 9))
def test_parse__any_decimal_in_range__is_exact(value, decimals):
    text = decimal_texts_of(value, decimals)

    answers = parsed(text)

    assert Fraction(int(answers.values[0]), 10**answers.decimals) == Fraction(value, 10**decimals)


def decimal_texts_of(value: int, decimals: int) -> str:
    sign = "-" if value < 0 else ""
    digits = str(abs(value)).zfill(decimals + 1)
    return f"{sign}{digits[: len(digits) - decimals]}.{digits[len(digits) - decimals :]}"


@pytest.mark.parametrize(
    "text",
    ["NaN", "inf", "-Infinity", "five", "1_000", "1,5", "0x10", "٣", "--1", "1e", "", "7" * 65],
)
def test_parse__no_number__is_refused_with_worker_and_item(text):
    frame = frame_from([("cat", "ann", "1"), ("dog", "bob", text)])

    with pytest.raises(CrowdFileRefused) as refused:
        parse(frame)

    shown = text[:200]
    assert str(refused.value) == (
        f"table: answer {shown!r} of worker 'bob' to item 'dog' is not a number: "
        "write it in digits, such as 12, -3.5 or 1e3"
    )


@pytest.mark.parametrize("text", ["1000000000000001", "-1e16", "1e999"])
def test_parse__out_of_range__is_refused(text):
    with pytest.raises(CrowdFileRefused) as refused:
        parsed("1", text)

    assert str(refused.value) == (
        f"table: answer {text!r} of worker 'w' to item '001' is not within "
        "±1000000000000000: rescale the answers"
    )


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(12500, 3, "12.5"), (-5, 3, "-0.005"), (0, 4, "0"), (100, 0, "100"), (-20, 1, "-2")],
)
def test_decimal_texts__of_a_scaled_value__are_short(value, decimals, text):
    assert decimal_texts(np.array([value]), decimals) == [text]
