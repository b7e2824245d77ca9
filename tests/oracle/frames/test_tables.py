"""Tables in memory give the frame that a file of them would give."""

import numpy as np
import pyarrow as pa
import pytest

from oracle.errors import CrowdFileRefused
from oracle.frames import read_frame

from .content import content, save

pytestmark = pytest.mark.unit

NUMBERS = [(10, -3, 7), (9, 2, 7), (10, 2, -1), (10, -3, 7)]
FAR = [(1 << 62, -(1 << 62), 0), (-(1 << 63), 1, 1 << 40)]


class FakeDataFrame:
    """Act as pandas and Polars do: names, columns by list, a stream of Arrow batches."""

    def __init__(self, table):
        self._table = table
        self.columns = table.column_names

    def __getitem__(self, names):
        return FakeDataFrame(self._table.select(names))

    def __arrow_c_stream__(self, requested_schema=None):
        if "unasked" in self.columns:
            raise TypeError("this column has no Arrow type")
        return self._table.__arrow_c_stream__(requested_schema)


class FakeRelation(FakeDataFrame):
    """Act as a relation of DuckDB: names, a stream of all columns, and single columns by name."""

    def __getitem__(self, name):
        if not isinstance(name, str):
            raise TypeError("__getitem__(): incompatible function arguments")
        return FakeRelation(self._table.select([name]))


def from_file(tmp_path, rows):
    return content(read_frame(save(tmp_path, [tuple(map(str, row)) for row in rows], ".csv")))


def cast(columns, kind):
    return pa.table(
        {name: pa.array([*map(str, values)]).cast(kind) for name, values in columns.items()}
    )


def columns_of(rows):
    columns = zip(*rows, strict=True)
    return dict(zip(("task", "worker", "label"), map(list, columns), strict=True))


@pytest.mark.parametrize("rows", [NUMBERS, FAR])
@pytest.mark.parametrize(
    "form",
    [
        dict,
        lambda columns: {name: np.array(values) for name, values in columns.items()},
        lambda columns: {name: np.array(values, dtype=object) for name, values in columns.items()},
        lambda columns: {name: [*map(str, values)] for name, values in columns.items()},
        lambda columns: {name: np.array([*map(str, values)]) for name, values in columns.items()},
        pa.table,
        lambda columns: pa.table(columns).to_batches()[0],
        lambda columns: pa.table(columns).to_reader(max_chunksize=1),
        lambda columns: pa.table(dict(reversed(columns.items()))),
        lambda columns: FakeDataFrame(pa.table({**columns, "unasked": columns["task"]})),
        lambda columns: FakeRelation(pa.table({**columns, "more": columns["task"]})),
        lambda columns: cast(columns, pa.string()),
        lambda columns: cast(columns, pa.binary()),
        lambda columns: cast(columns, pa.string_view()),
        lambda columns: pa.table(
            {name: pa.array(values).dictionary_encode() for name, values in columns.items()}
        ),
    ],
)
def test_read_frame__table_of_integers_or_text__equals_its_file(tmp_path, form, rows):
    assert content(read_frame(form(columns_of(rows)))) == from_file(tmp_path, rows)


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "uint16", "int32", "uint32", "uint64"])
def test_read_frame__any_width_of_integer__gives_the_same_names(kind):
    values = np.array([3, 100, 3], dtype=kind)

    frame = read_frame({"task": values, "worker": values, "label": values})

    assert list(frame.items) == ["100", "3"]


INTEGERS = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]


@pytest.mark.parametrize("is_coded", [False, True], ids=["plain", "coded"])
@pytest.mark.parametrize("kind", INTEGERS)
def test_read_frame__batches_that_are_coded_in_different_ways__give_the_same_names(kind, is_coded):
    """Integers close together are coded by a table, those far apart by Arrow."""
    ends = np.iinfo(kind)
    values = pa.array([1, 2, 1, ends.min, ends.max, 2, 3], kind)
    column = values.dictionary_encode() if is_coded else values
    whole = pa.table({"task": column, "worker": column, "label": column})
    cut = [whole.slice(0, 3), whole.slice(3, 2), whole.slice(5)]
    parts = [batch for part in cut for batch in part.to_batches()]
    reader = pa.RecordBatchReader.from_batches(whole.schema, parts)

    frame = read_frame(reader)

    assert len(parts) == 3
    assert list(frame.items) == sorted({str(value) for value in values.to_pylist()})
    assert [frame.items[code] for code in frame.item_of] == sorted(map(str, values.to_pylist()))


def test_read_frame__unsigned_beyond_int64__keeps_its_digits():
    values = np.array([2**64 - 1, 2**64 - 2], dtype="uint64")

    frame = read_frame({"task": values, "worker": values, "label": values})

    assert list(frame.items) == ["18446744073709551614", "18446744073709551615"]


def test_read_frame__floats_and_flags__get_the_text_of_arrow():
    frame = read_frame({"task": [0.1, 2.0], "worker": [True, False], "label": [1e20, -2.5]})

    assert list(frame.items) == ["0.1", "2"]
    assert list(frame.workers) == ["false", "true"]
    assert list(frame.answers) == ["-2.5", "1e+20"]


@pytest.mark.parametrize("names", [["b", "a", "a"], ["b", "a", "b"], ["b", "a", "c", "unused"]])
def test_read_frame__coded_column_whose_names_are_no_set__is_coded_again(names):
    items = pa.DictionaryArray.from_arrays([0, 1, 2], names)

    frame = read_frame({"task": items, "worker": ["w", "v", "x"], "label": ["1", "1", "1"]})

    assert list(frame.items) == sorted({*names[:3]})


def test_read_frame__coded_column_with_nulls_and_more_in_its_names__is_read():
    names = pa.array(["a", None, "unused", "b", "b"])
    items = pa.DictionaryArray.from_arrays([3, 0, 4], names)

    frame = read_frame({"task": items, "worker": ["w", "w", "v"], "label": ["1", "1", "1"]})

    assert content(frame)["items"] == ["a", "b"]
    assert content(frame)["rows"] == [(0, 1, 0), (1, 0, 0), (1, 1, 0)]


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (["x", None], "table, row 3: label is missing"),
        (["x", ""], "table, row 3: label is missing"),
        (np.array(["x", float("nan")], dtype=object), "table, row 3: label is missing"),
        (np.array([1.0, float("nan")]), "table, row 3: label is missing"),
        ([1, None], "table, row 3: label is missing"),
        (pa.DictionaryArray.from_arrays([0, 1], ["x", None]), "table, row 3: label is missing"),
        (pa.DictionaryArray.from_arrays([0, 1], [1.0, float("nan")]), "row 3: label is missing"),
        (pa.DictionaryArray.from_arrays([0, None], ["x"]), "table, row 3: label is missing"),
        ([b"x", b"\xff"], "table, row 3: label is not UTF-8"),
        ([1, "x"], "table cannot be read: Could not convert 'x'"),
        (["x", "\ud800"], "table cannot be read: .*surrogates not allowed"),
        ([1, 2**70], "table cannot be read: .*too large"),
        (["x"], "table cannot be read: .*length"),
        ([], "table cannot be read: .*length"),
        ([["x"], ["y"]], "the column label holds list<.*>: give it as text"),
    ],
)
def test_read_frame__value_that_is_none__is_refused_with_its_row(labels, reason):
    with pytest.raises(CrowdFileRefused, match=reason):
        read_frame({"task": ["a", "b"], "worker": ["w", "w"], "label": labels})


def test_read_frame__table_without_rows__is_refused():
    with pytest.raises(CrowdFileRefused, match="table has no rows below its heading"):
        read_frame({"task": [], "worker": [], "label": []})


def test_read_frame__what_is_no_table__is_refused():
    with pytest.raises(CrowdFileRefused, match="a list holds no answers: give a path, a DataFrame"):
        read_frame([("a", "w", "x")])
