"""Accuracy of our methods on a crowd that is small enough to count by hand."""

import gzip
from pathlib import Path

import pytest

from benchmarks.accuracy import BOUND, SetResult, best_other, measure_set, summarise

pytestmark = pytest.mark.unit

METHODS = ("majority", "stake_weighted", "dawid_skene")


def result(ours: float, others: dict[str, float | None]) -> SetResult:
    """Make a set on which majority reaches 80 percent and the rest of ours `ours`."""
    figures = {method: 80.0 if method == "majority" else ours for method in METHODS}
    return SetResult(10, 3, 30, 10, figures, others)


def write_crowd(folder: Path) -> Path:
    rows = [(item, worker, "yes" if item != "d" else "no") for item in "abcd" for worker in "uvw"]
    lines = ["task,worker,answer", *(",".join(row) for row in rows)]
    (folder / "answers.csv.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    truths = "task,truth\na,yes\nb,yes\nc,no\nd,no\n"
    (folder / "truth.csv.gz").write_bytes(gzip.compress(truths.encode()))
    return folder


def test_measure_set__three_of_four_right__is_75_percent(tmp_path: Path) -> None:
    found = measure_set(write_crowd(tmp_path), {})

    assert found.ours == dict.fromkeys(METHODS, 75.0)
    assert (found.items, found.workers, found.answers, found.judged) == (4, 3, 12, 4)


def test_best_other__bound_is_higher__is_not_a_method() -> None:
    assert best_other({"Wawa": 80.0, BOUND: 99.0, "GLAD": None}) == (80.0, "Wawa")
    assert best_other({}) is None


def test_summarise__set_without_anchor__counts_for_the_worst_but_not_the_mean() -> None:
    report = summarise({"x": result(90.0, {"Wawa": 85.0}), "y": result(70.0, {})})

    assert report["mean_over"] == 1
    assert report["mean_ours"]["dawid_skene"] == 90.0
    assert report["worst_against_majority"]["dawid_skene"] == {"set": "y", "points": -10.0}


def test_summarise__other_method_lacks_a_set__has_no_mean() -> None:
    report = summarise({"x": result(90.0, {"GLAD": None}), "y": result(90.0, {"GLAD": 80.0})})

    assert report["mean_others"] == {}
