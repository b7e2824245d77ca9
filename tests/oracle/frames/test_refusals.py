"""What is no crowd is refused with its file and row."""

import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from oracle.errors import CrowdFileRefused
from oracle.frames import PAIRS, read_frame

pytestmark = pytest.mark.unit

HEADING = b"task,worker,label\n"
GOOD = b"a,w,x\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "answers.csv is empty"),
        (HEADING, "answers.csv has no rows below its heading"),
        (b"task,worker\na,w\n", "has the columns task, worker: a column answer or label or text"),
        (b"\n", "has the columns none: a column task or item is needed"),
        (b"task,worker,worker,label\na,w,w,x\n", "the column worker stands twice"),
        (HEADING + GOOD + b"a,,x\n", "answers.csv, row 3: worker is missing"),
        (HEADING + GOOD + GOOD + b'"",w,x\n', "answers.csv, row 4: task is missing"),
        (HEADING + b"\n" + GOOD + b"a,w\n", "not well-formed CSV: .*Row #3: Expected 3 columns"),
        (HEADING + GOOD * 9 + b"a,w,x,y\n", "Row #11: Expected 3 columns, got 4"),
        (HEADING + b'a,"w\n' + GOOD, "not well-formed CSV"),
        (HEADING + GOOD + b'a,w,"x\n' + GOOD, "a quote is opened and never closed, in row 3"),
        (HEADING + GOOD + b"\xff,w,x\n", "answers.csv, row 3: task is not UTF-8"),
        ("task,worker,label\na,w,x\n".encode("utf-16"), "row 1 is not UTF-8"),
        (b"t" * 200_000 + b",worker,label\na,w,x\n", "row 1 is not a heading"),
    ],
)
def test_read_frame__malformed_csv__names_file_and_row(tmp_path, text, reason):
    path = tmp_path / "answers.csv"
    path.write_bytes(text)

    with pytest.raises(CrowdFileRefused, match=reason) as refusal:
        read_frame(path)

    assert len(str(refusal.value)) < 1_000


@pytest.mark.parametrize("cut", [slice(-9), slice(30), slice(5)])
def test_read_frame__torn_gzip__is_refused(tmp_path, cut):
    rows = b"".join(b"%d,w,x\n" % row for row in range(9_999))
    path = tmp_path / "torn.csv.gz"
    path.write_bytes(gzip.compress(HEADING + rows)[cut])

    with pytest.raises(CrowdFileRefused, match=r"torn.csv.gz cannot be read: .*[Tt]runcated"):
        read_frame(path)


def test_read_frame__gzip_of_nothing__is_refused(tmp_path):
    (tmp_path / "none.csv.gz").write_bytes(gzip.compress(b""))

    with pytest.raises(CrowdFileRefused, match=r"none.csv.gz is empty"):
        read_frame(tmp_path / "none.csv.gz")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.csv", "there is no file .*none.csv"),
        ("none.parquet", "there is no file .*none.parquet"),
        ("answers.xlsx", "answers.xlsx ends in none of .csv, .csv.gz"),
        ("folder.csv", "folder.csv is a folder: name a file in it"),
        ("text.csv.gz", "text.csv.gz cannot be read: .*incorrect header"),
        ("text.parquet", "text.parquet cannot be read: "),
    ],
)
def test_read_frame__no_such_form__is_refused(tmp_path, name, reason):
    (tmp_path / "folder.csv").mkdir()
    for each in ("text.csv.gz", "text.parquet", "answers.xlsx"):
        (tmp_path / each).write_bytes(HEADING + GOOD)

    with pytest.raises(CrowdFileRefused, match=reason):
        read_frame(tmp_path / name)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (["x", None], "rows.parquet, row 3: label is missing"),
        ([1.0, float("nan")], "rows.parquet, row 3: label is missing"),
        ([None, None], "rows.parquet, row 2: label is missing"),
        ([["x"], ["y"]], "the column label holds list<.*>: give it as text"),
        ([b"x", b"\xff"], "rows.parquet, row 3: label is not UTF-8"),
    ],
)
def test_read_frame__parquet_value_that_is_none__names_file_and_row(tmp_path, answers, reason):
    table = pa.table({"task": ["a", "b"], "worker": ["w", "w"], "label": answers})
    pq.write_table(table, tmp_path / "rows.parquet")

    with pytest.raises(CrowdFileRefused, match=reason):
        read_frame(tmp_path / "rows.parquet")


def test_read_frame__text_in_parquet_that_is_not_utf8__names_its_row(tmp_path):
    bad = pa.array([b"x", b"y", b"\xff"]).view(pa.string())
    table = pa.table({"task": ["a", "b", "c"], "worker": ["w", "w", "w"], "label": bad})
    pq.write_table(table, tmp_path / "rows.parquet")

    with pytest.raises(CrowdFileRefused, match=r"row 4: label is not UTF-8"):
        read_frame(tmp_path / "rows.parquet")


def test_read_frame__pairs_without_an_object__are_refused(tmp_path):
    (tmp_path / "pairs.csv").write_bytes(b"worker,left,label\nw,a,a\n")

    with pytest.raises(CrowdFileRefused, match="a column right is needed"):
        read_frame(tmp_path / "pairs.csv", PAIRS)
