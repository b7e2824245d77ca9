"""Every form of a file gives the same frame."""

import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from oracle.frames import PAIRS, frame_of, read_frame

from .content import content, csv_of, save, table_of

pytestmark = pytest.mark.unit

ROWS = [("b", "w1", "yes"), ("b", "w2", "yes"), ("a", "w1", "no"), ("b", "w1", "no")]
ODD_NAMES = ("\u00e9", "e\u0301", " a", 'say "hi"', "two\nlines", "a,b", "NaN", "None", "null", "'")
ODD = [(name, f"w{name}", name * 2) for name in ODD_NAMES]


def expected(rows):
    return content(frame_of(*zip(*rows, strict=True)))


@pytest.mark.parametrize("rows", [ROWS, ODD, [("x" * 10**6, "y" * 10**6, "z")]])
@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".parquet"])
def test_read_frame__any_suffix__gives_the_same_frame(tmp_path, suffix, rows):
    path = save(tmp_path, rows, suffix)

    frame = read_frame(path)

    assert content(frame) == expected(rows)
    assert frame.source == str(path)


@pytest.mark.parametrize(
    "text",
    [
        "\ufefftask,worker,label\nb,w1,yes\nb,w2,yes\na,w1,no\nb,w1,no\n",
        "task;worker;label\r\nb;w1;yes\r\nb;w2;yes\r\na;w1;no\r\nb;w1;no",
        "task\tworker\tlabel\nb\tw1\tyes\nb\tw2\tyes\na\tw1\tno\nb\tw1\tno\n",
        "task|worker|label\nb|w1|yes\nb|w2|yes\na|w1|no\nb|w1|no\n",
        "\n,label,meta,performer,item\n0,yes,,w1,b\n1,yes,,w2,b\n\n2,no,,w1,a\n3,no,,w1,b\n\n",
        "text,output,item,label,worker,answer,task\n?,?,?,?,w1,yes,b\n?,?,?,?,w2,yes,b\n"
        "?,?,?,?,w1,no,a\n?,?,?,?,w1,no,b\n",
    ],
)
def test_read_frame__any_dialect__gives_the_same_frame(tmp_path, text):
    path = tmp_path / "answers.csv"
    path.write_bytes(text.encode())

    assert content(read_frame(path)) == expected(ROWS)


def test_read_frame__gzip_in_members__is_read_to_the_end(tmp_path):
    path = tmp_path / "answers.csv.gz"
    path.write_bytes(gzip.compress(csv_of(ROWS[:2])) + gzip.compress(csv_of(ROWS[3:], ROWS[2])))

    assert content(read_frame(str(path))) == expected(ROWS)


def test_read_frame__coded_parquet_with_unused_names__leaves_them_out(tmp_path):
    table = table_of(ROWS)
    items = pa.DictionaryArray.from_arrays([2, 2, 1, 2], ["unused", "a", "b", ""])
    pq.write_table(table.set_column(0, "task", items), tmp_path / "coded.parquet")

    assert content(read_frame(tmp_path / "coded.parquet")) == expected(ROWS)


def test_read_frame__parquet_in_row_groups__is_joined(tmp_path):
    pq.write_table(table_of(ROWS), tmp_path / "rows.parquet", row_group_size=1)

    assert content(read_frame(tmp_path / "rows.parquet")) == expected(ROWS)


def test_read_frame__progress__ends_at_the_whole_file(tmp_path):
    for suffix in (".csv", ".csv.gz", ".parquet"):
        path = save(tmp_path, ROWS, suffix)
        told = []

        read_frame(path, progress=lambda *figures, told=told: told.append(figures))

        assert told[-1] == (path.stat().st_size, path.stat().st_size, len(ROWS))


def test_read_frame__pairs_without_items__are_named_by_both(tmp_path):
    heading = ("worker", "left", "right", "label")
    rows = [("w", "a|b", "c", "c"), ("w", "a", "b|c", "a"), ("v", "b", "a", "b")]
    path = save(tmp_path, rows, ".csv", heading)

    frame = read_frame(path, PAIRS)

    assert list(frame.items) == ["a|b|c", "b|a"]
    assert content(frame)["extras"]["left"] == (["a", "a|b", "b"], [0, 1, 2])
    assert frame.repeated == 1


def test_read_frame__pairs_with_items__keep_them(tmp_path):
    heading = ("task", "worker", "left", "right", "label")
    path = save(tmp_path, [("t", "w", "a", "b", "a")], ".csv", heading)

    assert list(read_frame(path, PAIRS).items) == ["t"]
