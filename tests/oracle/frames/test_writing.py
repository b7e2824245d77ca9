"""Outcomes become files that appear whole or not at all."""

import gzip
import resource
from contextlib import contextmanager

import numpy as np
import pyarrow.parquet as pq
import pytest

from oracle.aggregate.types import Outcome
from oracle.errors import CrowdFileRefused
from oracle.frames import Column, Names, frame_of, write_labels, write_workers

pytestmark = pytest.mark.unit

NAMES = ["a", 'b"c', "d,e", "f\ng", "\u00e9"]
LABELS = (
    'task,label,confidence\na,no,1.0000\n"b""c",yes,0.9731\n"d,e",no,0.0000\n"f\ng",,0.0001\n'
    "\u00e9,yes,0.5000\n"
)
BPS = np.array([10_000, 9_731, 0, 1, 5_000], dtype=np.int64)


def outcome(names=NAMES, answers=("no", "yes", "no", "", "yes")):
    return Outcome(names, answers, BPS, np.array([9_000, 1], dtype=np.int64), 1)


@contextmanager
def small_disk(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def coded():
    codes = np.array([0, 1, 0, -1, 1], dtype=np.int32)
    return outcome(Names.of(NAMES), Column(Names.of(["no", "yes"]), codes))


@pytest.mark.parametrize("result", [outcome(), coded()], ids=["plain", "coded"])
@pytest.mark.parametrize("rows_per_batch", [1 << 18, 2])
def test_write_labels__csv__quotes_what_needs_it(tmp_path, result, rows_per_batch):
    write_labels(tmp_path / "labels.csv", result, rows_per_batch)

    assert (tmp_path / "labels.csv").read_bytes().decode() == LABELS
    assert [path.name for path in tmp_path.iterdir()] == ["labels.csv"]


def test_write_labels__gzip__has_the_same_text_and_the_same_bytes_again(tmp_path):
    for name in ("one.csv.gz", "two.csv.gz"):
        write_labels(tmp_path / name, outcome())

    packed = (tmp_path / "one.csv.gz").read_bytes()
    assert gzip.decompress(packed).decode() == LABELS
    assert packed == (tmp_path / "two.csv.gz").read_bytes()


def test_write_labels__parquet__holds_exact_decimals(tmp_path):
    write_labels(tmp_path / "labels.parquet", coded())

    table = pq.read_table(tmp_path / "labels.parquet").to_pydict()
    assert table["task"] == NAMES
    assert table["label"] == ["no", "yes", "no", None, "yes"]
    assert [str(share) for share in table["confidence"]][:2] == ["1.0000", "0.9731"]


def test_write_workers__csv__counts_their_answers(tmp_path):
    frame = frame_of("aab", "wvw", "111")

    write_workers(tmp_path / "workers.csv", frame, outcome())

    text = (tmp_path / "workers.csv").read_text()
    assert text == "worker,skill,answers\nv,0.9000,1\nw,0.0001,2\n"


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".parquet"])
def test_write_labels__full_disk__leaves_the_old_file(tmp_path, suffix):
    path = tmp_path / f"labels{suffix}"
    path.write_text("old")

    with small_disk(16), pytest.raises(CrowdFileRefused, match="cannot be written"):
        write_labels(path, outcome())

    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "old"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("labels.txt", "ends in none of .csv, "), ("none/labels.csv", "cannot be written")],
)
def test_write_labels__nowhere_to_write__is_refused(tmp_path, name, reason):
    with pytest.raises(CrowdFileRefused, match=reason):
        write_labels(tmp_path / name, outcome())

    assert list(tmp_path.iterdir()) == []
