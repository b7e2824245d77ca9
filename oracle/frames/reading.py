"""Read any crowd's answers: CSV, packed or not, Parquet, DataFrames, arrays.

Values are text. Integers become their decimal text, other values the text that Arrow gives them, so
a file and a DataFrame of the same crowd give the same frame. Missing are nulls, the empty text and
a float that is not a number; "NaN", "None" and "null" as text are names like any other. Rows are
counted as in a sheet: the heading is row 1, rows without anything are not counted.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from oracle.errors import CrowdFileRefused

from .coding import code_values, find_missing, find_not_utf8
from .frame import Column, Frame, frame_from_columns
from .interning import Interner
from .layout import ANSWERS, Layout, Wanted, choose_columns
from .streams import Source, Stream, open_stream

Progress = Callable[[int, int, int], None]
"""Called with the bytes read, the bytes of the file and the rows so far; a table has no bytes."""

_FIRST_ROW = 2


def read_frame(source: Source, layout: Layout = ANSWERS, progress: Progress | None = None) -> Frame:
    """Read a crowd from a path, a DataFrame or columns by name.

    Raises CrowdFileRefused, naming file and row, for whatever is not a crowd.
    """
    name, columns = read_columns(source, layout.wanted, layout.optional, progress)
    extras = {role: columns.pop(role) for role in layout.extras}
    if "item" not in columns:
        columns["item"] = _pair(*(extras[role] for role in layout.item_from))
    return frame_from_columns(name, columns["item"], columns["worker"], columns["answer"], extras)


def read_columns(
    source: Source,
    wanted: Wanted,
    optional: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> tuple[str, dict[str, Column]]:
    """Return the name of the source and a column per role, codes in the order of its rows."""
    label = _label(source)
    try:
        stream = open_stream(source)
        chosen = choose_columns(stream.name, stream.heading, wanted, optional)
        interners = _intern(stream, chosen, progress)
    except FileNotFoundError as error:
        raise CrowdFileRefused(f"there is no file {label}") from error
    except (OSError, EOFError, ValueError, TypeError, OverflowError) as error:
        raise CrowdFileRefused(f"{label} cannot be read: {error}") from error
    columns = {role: interners.pop(role).finish() for role in chosen}
    pa.default_memory_pool().release_unused()  # the blocks of a big file
    return stream.name, columns


def row_of(place: int) -> int:
    """Return the number of a row as a sheet counts it."""
    return place + _FIRST_ROW


def _intern(
    stream: Stream, chosen: Mapping[str, str], progress: Progress | None
) -> dict[str, Interner]:
    interners = {role: Interner() for role in chosen}
    rows = 0
    for batch in stream.batches(list(chosen.values())):
        for role, name in chosen.items():
            interners[role].add(_code(stream.name, name, batch.column(name), rows))
        rows += len(batch)
        if progress is not None:
            progress(stream.bytes_read, stream.bytes_total, rows)
    if not rows:
        raise CrowdFileRefused(f"{stream.name} has no rows below its heading")
    return interners


def _code(source: str, name: str, values: pa.Array, rows: int) -> pa.DictionaryArray:
    try:
        coded = code_values(values)
    except pa.ArrowNotImplementedError as error:
        raise CrowdFileRefused(
            f"{source}: the column {name} holds {values.type}: give it as text"
        ) from error
    except pa.ArrowInvalid as error:
        place = row_of(rows + find_not_utf8(values))
        raise CrowdFileRefused(
            f"{source}, row {place}: {name} is not UTF-8: save the file as UTF-8"
        ) from error
    missing = find_missing(coded)
    if missing is not None:
        raise CrowdFileRefused(f"{source}, row {row_of(rows + missing)}: {name} is missing")
    return coded


def _pair(left: Column, right: Column) -> Column:
    """Name each row by both values, joined by "|"."""
    pairs = left.codes.astype(np.int64) * len(right.names) + right.codes
    coded = pa.array(pairs).dictionary_encode()
    distinct = coded.dictionary.to_numpy()
    names = pc.binary_join_element_wise(
        left.names.array.take(pa.array(distinct // len(right.names))),
        right.names.array.take(pa.array(distinct % len(right.names))),
        pa.scalar("|", pa.large_string()),
    ).dictionary_encode()
    interner = Interner()
    codes = names.indices.take(coded.indices)
    interner.add(pa.DictionaryArray.from_arrays(codes, names.dictionary))
    return interner.finish()


def _label(source: Source) -> str:
    return str(source) if isinstance(source, str | Path) else "table"
