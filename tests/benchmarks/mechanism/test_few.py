"""Guessing little under each of many names is no income; before, it paid like honest work.

Skewed tasks with two labels are the rule's weak case: fresh names of 20 to 30 guesses net a little.
"""

import json
from itertools import product

import pytest

from benchmarks.accuracy.rings import KINDS
from benchmarks.mechanism import runs
from benchmarks.mechanism.few import COUNTS, OUT, PLAYED, measure_few, rows_of
from benchmarks.mechanism.rule import rule_of
from benchmarks.mechanism.strategies import Strategy

pytestmark = pytest.mark.unit

RULE = rule_of()
BOUNDS = {"K2-balanced": 0.02, "K2-skew80": 0.16, "K4-balanced": 0, "K5-skew": 0}
"""What guesses may net at most, noise included."""


def test_results__committed__guesses_lose_at_any_number_of_answers() -> None:
    rows = json.loads(OUT.read_text())["few_answers"]

    assert {(row["strategy"], row["kind"]) for row in rows} == {*product(PLAYED, KINDS)}
    for row in rows:
        assert [*row["net"]] == [*map(str, COUNTS)]
        if row["strategy"] != Strategy.HONEST:
            assert max(row["net"].values()) < BOUNDS[row["kind"]], row


@pytest.mark.parametrize("kind", KINDS)
def test_measure_few__two_crowds__guesses_of_few_answers_lose(kind: str) -> None:
    for row in rows_of(measure_few(RULE, 1, 2, (1, 3), [kind])):
        if row["strategy"] != Strategy.HONEST:
            assert max(row["net"].values()) < 0, row


def test_measure_few__no_least__one_guess_a_name_pays_well(monkeypatch) -> None:
    monkeypatch.setattr(runs, "least_answers", lambda items: 0)

    (row,) = (
        each
        for each in rows_of(measure_few(RULE, 1, 2, (1,), ["K2-balanced"]))
        if each["strategy"] == Strategy.RANDOM
    )

    assert row["net"]["1"] > 0.3


def test_measure_few__newcomers_with_enough_answers__are_paid_as_before(monkeypatch) -> None:
    asked = measure_few(RULE, 1, 1, (20,), ["K4-balanced"])
    monkeypatch.setattr(runs, "least_answers", lambda items: 0)

    assert measure_few(RULE, 1, 1, (20,), ["K4-balanced"]) == asked
