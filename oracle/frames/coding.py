"""Code one batch of a column, and find in it what is no value."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from oracle.integers import Ints, Ints32, kernel

Flags = npt.NDArray[np.bool_]

_INT64_END = 1 << 63
_SPREAD = 4
"""Integers that span at most this many times their number are coded by a table of the span."""


def code_values(values: pa.Array) -> pa.DictionaryArray:
    """Code a batch; its dictionary holds text, or integers, which are written out only later.

    Integers are int64 however wide the column is and whichever way a batch is coded, unsigned where
    the column is uint64: all batches of a column need one type.

    Raises ArrowInvalid where bytes are not UTF-8, and ArrowNotImplementedError for values that have
    no text.
    """
    if not pa.types.is_dictionary(values.type):
        coded = _encode(values)
    else:
        coded = values if _is_exact(values) else _encode(values.dictionary_decode())
    names = coded.dictionary.cast(_type_of_names(values.type))
    names.validate(full=True)
    return pa.DictionaryArray.from_arrays(coded.indices.cast(pa.int32()), names, safe=False)


def _type_of_names(kind: pa.DataType) -> pa.DataType:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not pa.types.is_integer(plain):
        return pa.large_string()
    return plain if pa.types.is_uint64(plain) else pa.int64()


def _is_exact(coded: pa.DictionaryArray) -> bool:
    """Say whether each name of a coded column is a value, stands once and is used."""
    names = coded.dictionary
    if pa.types.is_floating(names.type) or names.null_count:
        return False
    if pc.count_distinct(names).as_py() < len(names):
        return False
    used = np.zeros(len(names), dtype=np.bool_)
    _mark(np.asarray(coded.indices.drop_null().cast(pa.int32())), used)
    return bool(used.all())


def _encode(values: pa.Array) -> pa.DictionaryArray:
    """Code plain values; not-a-number becomes null, and views become text, which Arrow can code."""
    if pa.types.is_integer(values.type):
        return _code_integers(values) or values.dictionary_encode()
    if pa.types.is_floating(values.type):
        values = pc.if_else(pc.is_nan(values), None, values)
    elif pa.types.is_string_view(values.type) or pa.types.is_binary_view(values.type):
        values = values.cast(pa.large_string())
    return values.dictionary_encode()


def find_missing(coded: pa.DictionaryArray) -> int | None:
    """Return the first row whose value is null or the empty text, if there is one."""
    rows = []
    if coded.indices.null_count:
        rows.append(pc.index(coded.indices.is_null(), pa.scalar(True)).as_py())
    if pa.types.is_large_string(coded.dictionary.type):
        empty = pc.index(coded.dictionary, pa.scalar("", pa.large_string())).as_py()
        if empty >= 0:
            rows.append(pc.index(coded.indices, pa.scalar(empty, pa.int32())).as_py())
    return min((row for row in rows if row >= 0), default=None)


def find_not_utf8(values: pa.Array) -> int:
    """Return the first row whose bytes are not UTF-8; that there is one is known."""
    for row, value in enumerate(values.cast(pa.large_binary())):
        try:
            (value.as_py() or b"").decode()
        except UnicodeDecodeError:
            return row
    return 0


def _code_integers(values: pa.Array) -> pa.DictionaryArray | None:
    """Code integers that lie close together; nothing if they do not."""
    if values.null_count or not len(values):
        return None
    ends = pc.min_max(values)
    low, high = ends["min"].as_py(), ends["max"].as_py()
    if high - low > _SPREAD * len(values) or high >= _INT64_END:
        return None
    codes, distinct = _code_dense(np.asarray(values.cast(pa.int64())), low, high - low + 1)
    return pa.DictionaryArray.from_arrays(codes, distinct, safe=False)


@kernel
def _code_dense(values: Ints, low: int, span: int) -> tuple[Ints32, Ints]:
    """Code in the order of size."""
    table = np.full(span, -1, dtype=np.int32)
    for row in range(values.size):
        table[values[row] - low] = 0
    distinct = np.empty(span, dtype=np.int64)
    count = 0
    for place in range(span):
        if table[place] == 0:
            table[place] = count
            distinct[count] = low + place
            count += 1
    codes = np.empty(values.size, dtype=np.int32)
    for row in range(values.size):
        codes[row] = table[values[row] - low]
    return codes, distinct[:count]


@kernel
def _mark(codes: Ints32, used: Flags) -> None:
    for row in range(codes.size):
        used[codes[row]] = True
