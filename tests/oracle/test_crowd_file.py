"""Any crowd in CSV becomes labels by `tessera aggregate`."""

import gzip
import json

import pytest
from typer import Typer
from typer.testing import CliRunner

from oracle.commands import aggregate
from oracle.crowd_file import read_crowd
from oracle.errors import CrowdFileRefused

pytestmark = pytest.mark.unit

CROWD = "task,worker,answer\nb,w1,yes\nb,w2,yes\na,w1,no\nb,w1,no\n"
TRUTH = "task,truth\na,no\nb,no\nz,no\n"


@pytest.fixture
def crowd(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(CROWD)
    return path


def run(*arguments):
    app = Typer()
    app.command()(aggregate)
    return CliRunner().invoke(app, [*map(str, arguments)])


def test_read_crowd__repeated_answer__counts_the_first(crowd):
    found = read_crowd(crowd)

    assert (found.items, found.workers, found.labels) == (("a", "b"), ("w1", "w2"), ("no", "yes"))
    assert found.answers.labels.tolist() == [0, 1, 1]
    assert found.repeated == 1


def test_read_crowd__gzip_and_label_column__are_read_the_same(crowd, tmp_path):
    packed = tmp_path / "answers.csv.gz"
    packed.write_bytes(gzip.compress(CROWD.replace("answer", "label").encode()))

    assert read_crowd(packed).answers.labels.tolist() == read_crowd(crowd).answers.labels.tolist()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("task,worker\na,w\n", "and answer or label are needed"),
        ("", "has the columns none"),
        ("task,worker,answer\n", "has no rows"),
        ("task,worker,answer\na,w,x\na,,x\n", "line 3: a value is missing"),
        ("task,worker,answer\na,w\n", "line 2: a value is missing"),
    ],
)
def test_read_crowd__malformed__is_refused(tmp_path, text, reason):
    path = tmp_path / "answers.csv"
    path.write_text(text)

    with pytest.raises(CrowdFileRefused, match=reason):
        read_crowd(path)


@pytest.mark.parametrize("name", ["no.csv", "torn.csv.gz", "binary.csv"])
def test_read_crowd__unreadable__is_refused(tmp_path, name):
    (tmp_path / "torn.csv.gz").write_bytes(gzip.compress(CROWD.encode())[:-9])
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CrowdFileRefused, match="cannot be read as CSV"):
        read_crowd(tmp_path / name)


def test_aggregate__with_truth__tells_the_accuracy(crowd, tmp_path):
    (tmp_path / "truth.csv").write_text(TRUTH)

    result = run(crowd, "--truth", tmp_path / "truth.csv", "--method", "majority", "--json")

    record = json.loads(result.stdout)
    assert (record["right"], record["known"], record["accuracy"]) == (1, 2, 0.5)
    assert record["labels"][1] == {"task": "b", "answer": "yes", "confidence_bps": 10_000}


def test_aggregate__out__writes_the_labels(crowd, tmp_path):
    result = run(crowd, "--out", tmp_path / "labels.csv")

    lines = (tmp_path / "labels.csv").read_text().splitlines()
    assert result.exit_code == 0
    assert lines[0] == "task,answer,confidence_bps"
    assert [line.split(",")[:2] for line in lines[1:]] == [["a", "no"], ["b", "yes"]]


def test_aggregate__unknown_method__is_refused(crowd):
    result = run(crowd, "--method", "wise")

    assert isinstance(result.exception, CrowdFileRefused)
    assert "majority, stake_weighted, dawid_skene" in str(result.exception)
