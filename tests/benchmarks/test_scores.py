"""Measures of numbers, texts, boxes and ranks, counted by hand."""

import json

import pytest

from benchmarks.accuracy.crowds import PLAIN, Crowd
from benchmarks.accuracy.scores import (
    absolute_error,
    box_f1,
    overlap,
    rank_correlation,
    word_error_rate,
)

pytestmark = pytest.mark.unit


def crowd_of(**truths: str | list[str]) -> Crowd:
    told = {item: [truth] if isinstance(truth, str) else truth for item, truth in truths.items()}
    return Crowd("small", PLAIN, [(item, "w", "") for item in told], told)


def box(*corners: int) -> str:
    return json.dumps({"box": corners, "label": "cell"})


def test_absolute_error__two_items__is_the_mean() -> None:
    assert absolute_error(crowd_of(a="1", b="-2"), {"a": "2.5", "b": "-2"}) == 0.75


def test_word_error_rate__one_wrong_one_missing__is_two_of_five() -> None:
    crowd = crowd_of(a="The cat sat.", b="on mats")

    assert word_error_rate(crowd, {"a": "the cad, sat", "b": "mats"}) == 2 / 5


def test_overlap__half_shifted__is_a_third() -> None:
    assert overlap((0, 0, 2, 2), (1, 0, 3, 2)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 1, 1), (2, 2, 3, 3)) == 0


def test_box_f1__one_drawn_twice_and_one_missed__counts_one_match() -> None:
    crowd = crowd_of(a=[box(0, 0, 10, 10), box(50, 50, 60, 60)])
    found = {"a": f"[{box(0, 0, 10, 9)},{box(0, 0, 10, 10)}]"}

    assert box_f1(crowd, found) == 2 * 1 / (2 + 2)


def test_rank_correlation__reversed_order__is_minus_one() -> None:
    assert rank_correlation(crowd_of(a="1", b="2", c="9"), {"a": "3", "b": "2", "c": "1"}) == (
        pytest.approx(-1)
    )
