"""Accuracy, calibration and sameness on a crowd that is small enough to count by hand."""

import gzip
from pathlib import Path

import pytest

from benchmarks.accuracy.agreement import same_labels_percent, untied_items
from benchmarks.accuracy.calibration import Guess, calibration_error_bps
from benchmarks.accuracy.choices import Trial
from benchmarks.accuracy.crowds import Crowd, disguise, draw_audits, read_crowd
from benchmarks.accuracy.ours import frame_of_crowd, label
from benchmarks.accuracy.summary import gain, means, tabulate, worst
from benchmarks.crowdkit import Label

pytestmark = pytest.mark.unit

RIGHT, WRONG = Guess(1.0, True), Guess(1.0, False)


@pytest.fixture
def crowd(tmp_path: Path) -> Crowd:
    """Three workers agree on a..d, and tie with a fourth on e."""
    rows = [(item, worker, "yes" if item != "d" else "no") for item in "abcd" for worker in "uvw"]
    rows += [("e", "u", "yes"), ("e", "v", "no")]
    truths = ["a,yes", "b,yes", "c,no", "d,no", "z,no"]
    folder = tmp_path / "small"
    folder.mkdir()
    for name, lines in (
        ("answers", ["task,worker,answer", *map(",".join, rows)]),
        ("truth", ["task,truth", *truths]),
    ):
        (folder / f"{name}.csv.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    return read_crowd("small", tmp_path)


def trial(name: str, method: str, *guesses: Guess) -> Trial:
    return Trial(name, "ours", method, False, list(guesses), 0.5)


def test_judged__item_without_answers_or_truth__does_not_count(crowd: Crowd) -> None:
    assert crowd.judged == ["a", "b", "c", "d"]


def test_label__three_of_four_right__says_so(crowd: Crowd) -> None:
    found = label(frame_of_crowd(crowd), "majority")

    assert [found.answers[item] == crowd.truth(item) for item in "abcd"] == [
        True,
        True,
        False,
        True,
    ]
    assert [found.is_tied(item) for item in "abcde"] == [False] * 4 + [True]


def test_disguise__two_seeds__rename_alike_rows_and_truths(crowd: Crowd) -> None:
    hidden = [disguise(crowd, seed) for seed in range(8)]

    for each in hidden:
        found = label(frame_of_crowd(each), "majority")
        right = [found.answers[item] == each.truth(item) for item in "abcd"]
        assert right == [True, True, False, True]
    assert {each.truth("a") for each in hidden} == {"yes", "no"}
    assert len({tuple(each.rows) for each in hidden}) > 1


def test_draw_audits__half_of_the_items__tells_their_truth(crowd: Crowd) -> None:
    audits = draw_audits(crowd, 50, seed=1)

    assert len(audits) == 2
    assert all(crowd.truth(item) == truth for item, truth in audits.items())


def test_same_labels_percent__a_tie_of_theirs__does_not_count(crowd: Crowd) -> None:
    found = label(frame_of_crowd(crowd), "majority")
    theirs = {
        "a": Label("yes", 1.0, 0.0),
        "b": Label("no", 1.0, 0.0),
        "c": Label("no", 0.5, 0.5),
        "e": Label("no", 1.0, 0.0),
    }

    assert untied_items("majority", found, {"majority": theirs}) == ["a", "b"]
    assert same_labels_percent("majority", found, {"majority": theirs}) == 50


def test_calibration_error__sure_and_half_right__is_half() -> None:
    assert calibration_error_bps([RIGHT, WRONG]) == 5_000


def test_calibration_error__two_bins__weighs_them_by_size() -> None:
    guesses = [RIGHT, RIGHT, RIGHT, Guess(0.25, False)]

    assert calibration_error_bps(guesses) == pytest.approx(10_000 * 0.25 / 4)


def test_means__sets_of_unlike_size__count_the_same() -> None:
    table = tabulate([trial("x", "majority", RIGHT, RIGHT, RIGHT), trial("y", "majority", WRONG)])

    assert means(table)["majority"]["accuracy"] == 50
    assert worst(table, "majority") == {"set": "x", "points": 0}


def test_worst__method_gains_on_one_and_loses_on_another__is_the_loss() -> None:
    table = tabulate(
        [
            *(trial("x", "majority", WRONG), trial("x", "other", RIGHT)),
            *(trial("y", "majority", RIGHT, RIGHT), trial("y", "other", RIGHT, WRONG)),
        ]
    )

    assert worst(table, "other") == {"set": "y", "points": -50}


def test_gain__with_audits__is_against_the_same_items() -> None:
    audited = Trial(
        "x", "ours", "anchored", True, [RIGHT, RIGHT], 0.5, [RIGHT, WRONG], delivered_gain=60.0
    )

    table = tabulate([trial("x", "anchored", WRONG), audited])

    assert gain(table, "anchored") == {"mean": 50, "delivered": 60, "sets": {"x": 50}}
