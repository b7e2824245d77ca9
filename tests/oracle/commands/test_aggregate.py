"""`tessera aggregate` on files: results, skills, accuracy, and errors that say what to do."""

import csv
import json

import pytest
from typer import Typer
from typer.testing import CliRunner

from oracle.commands.aggregate import aggregate, workers_path
from oracle.errors import AggregationRefused, CrowdFileRefused, NothingToExplain

pytestmark = pytest.mark.unit

CROWD = "task,worker,answer\nb,w1,yes\nb,w2,yes\na,w1,no\nb,w1,no\n"
TRUTH = "task,truth\na,no\nb,no\nz,no\n"


@pytest.fixture
def crowd(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(CROWD)
    return path


@pytest.fixture
def truth(tmp_path):
    path = tmp_path / "truth.csv"
    path.write_text(TRUTH)
    return path


def run(*arguments):
    app = Typer()
    app.command()(aggregate)
    return CliRunner().invoke(app, ["--method", "majority", *map(str, arguments)])


def test_aggregate__json__holds_the_labels_and_says_what_repeats(crowd):
    result = run(crowd, "--json")

    record = json.loads(result.stdout)
    assert record["labels"] == [
        {"task": "a", "label": "no", "confidence_bps": 10_000},
        {"task": "b", "label": "yes", "confidence_bps": 6_666},
    ]
    assert (record["answers"], record["repeated_answers"]) == (4, 1)
    assert "1 answers repeat an item of the same worker" in result.stderr


def test_aggregate__truth__tells_the_accuracy(crowd, truth):
    record = json.loads(run(crowd, "--json", "--truth", truth).stdout)

    assert (record["right"], record["known"], record["accuracy"]) == (1, 2, 0.5)


def test_aggregate__gold__is_taken_over(crowd, truth):
    record = json.loads(run(crowd, "--json", "--gold", truth).stdout)

    assert [row["label"] for row in record["labels"]] == ["no", "no"]


@pytest.fixture
def foreign(tmp_path):
    path = tmp_path / "foreign.csv"
    path.write_text("task,truth\nb,maybe\n")
    return path


def test_aggregate__gold_label_that_nobody_gave__is_told_and_measured(crowd, foreign):
    result = run(crowd, "--json", "--gold", foreign, "--truth", foreign)

    record = json.loads(result.stdout)
    assert [row["label"] for row in record["labels"]] == ["no", "maybe"]
    assert (record["right"], record["known"]) == (1, 1)
    assert "1 gold rows name labels that nobody gave" in result.stderr


def test_aggregate__explain_gold_label_that_nobody_gave__is_refused(crowd, foreign):
    error = run(crowd, "--gold", foreign, "--explain", "b").exception

    assert isinstance(error, NothingToExplain)
    assert str(error) == (
        "the gold gives item 'b' the label 'maybe', which nobody gave: no answer explains it"
    )


def test_aggregate__out__writes_labels_and_workers(crowd, tmp_path):
    out = tmp_path / "labels.csv"

    assert run(crowd, "--out", out).exit_code == 0

    assert list(csv.reader(out.open())) == [
        ["task", "label", "confidence"],
        ["a", "no", "1.0000"],
        ["b", "yes", "0.6666"],
    ]
    assert list(csv.reader(workers_path(out).open())) == [
        ["worker", "skill", "answers"],
        ["w1", "0.6666", "3"],
        ["w2", "1.0000", "1"],
    ]


@pytest.mark.parametrize(
    ("out", "workers"),
    [
        ("a.csv", "a.workers.csv"),
        ("a.csv.gz", "a.workers.csv.gz"),
        ("a.parquet", "a.workers.parquet"),
    ],
)
def test_workers_path__keeps_the_suffix(tmp_path, out, workers):
    assert workers_path(tmp_path / out) == tmp_path / workers


def test_aggregate__unknown_method__is_refused(crowd):
    error = run(crowd, "--method", "wise").exception

    assert isinstance(error, AggregationRefused)
    assert "no method is called 'wise'" in str(error)


def test_aggregate__no_such_file__is_refused(tmp_path):
    error = run(tmp_path / "nothing.csv").exception

    assert isinstance(error, CrowdFileRefused)
    assert "there is no file" in str(error)


def test_aggregate__explain__lists_every_answer_with_its_weight(crowd):
    record = json.loads(run(crowd, "--explain", "b", "--json").stdout)

    assert (record["label"], record["runner_up"], record["lead"]) == ("yes", "no", "+1.0000 votes")
    assert [(row["worker"], row["answer"], row["weight"]) for row in record["answers"]] == [
        ("w1", "yes", "+1.0000"),
        ("w2", "yes", "+1.0000"),
        ("w1", "no", "-1.0000"),
    ]


def test_aggregate__explain_for_people__says_why(crowd):
    printed = run(crowd, "--explain", "b").stdout

    assert "the weights add up to the lead over the runner-up" in printed


def test_aggregate__explain_unknown_item__is_refused(crowd):
    error = run(crowd, "--explain", "z").exception

    assert isinstance(error, NothingToExplain)
    assert "has no label for an item 'z'" in str(error)


def test_aggregate__explain_with_out__writes_the_files_too(crowd, tmp_path):
    out = tmp_path / "labels.csv"

    result = run(crowd, "--explain", "b", "--out", out, "--json")

    assert (result.exit_code, json.loads(result.stdout)["label"]) == (0, "yes")
    assert out.read_text() == "task,label,confidence\na,no,1.0000\nb,yes,0.6666\n"
    assert workers_path(out).exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("labels.txt", "ends in none of .csv, .csv.gz, .parquet"),
        ("nowhere/labels.csv", "cannot be written: there is no folder {folder}/nowhere"),
        ("folder.csv", "cannot be written: it is a folder, name a file in it"),
    ],
)
def test_aggregate__out_that_cannot_be_written__is_refused_before_anything_is_read(
    tmp_path, name, reason
):
    (tmp_path / "folder.csv").mkdir()

    error = run(tmp_path / "no_answers.csv", "--out", tmp_path / name).exception

    assert isinstance(error, CrowdFileRefused)
    assert str(error) == f"{tmp_path / name} {reason.format(folder=tmp_path)}"
