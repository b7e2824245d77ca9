"""Write labels and workers' skill as CSV, packed or not, or Parquet, the suffix says which.

A file appears under its name only when it is whole. The same values give the same bytes.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from oracle.errors import CrowdFileRefused
from oracle.integers import Ints

from .frame import Column, Frame, Names

SUFFIXES = (".csv", ".csv.gz", ".parquet")
_ROWS_PER_BATCH = 1 << 18
_SHARE = pa.decimal128(5, 4)
_BASIS_POINT = pa.scalar("0.0001").cast(pa.decimal128(4, 4))
_LABELS = pa.schema({"task": pa.large_string(), "label": pa.large_string(), "confidence": _SHARE})
_WORKERS = pa.schema({"worker": pa.large_string(), "skill": _SHARE, "answers": pa.int64()})

Batches = Iterator[pa.RecordBatch]
Part = Callable[[slice], pa.Array]
"""A column, of which some rows are asked for."""


class Labelled(Protocol):
    """What is written of an outcome (`oracle.aggregate.types.Outcome`)."""

    @property
    def names(self) -> Sequence[str]: ...

    @property
    def answers(self) -> Sequence[str] | Column: ...

    @property
    def confidence_bps(self) -> Ints: ...

    @property
    def skill_bps(self) -> Ints: ...


def check_target(path: Path) -> None:
    """Refuse what cannot become a file of results, before anything is read or computed."""
    if not path.name.lower().endswith(SUFFIXES):
        raise CrowdFileRefused(f"{path} ends in none of {', '.join(SUFFIXES)}")
    if path.is_dir():
        raise CrowdFileRefused(f"{path} cannot be written: it is a folder, name a file in it")
    if not path.parent.is_dir():
        raise CrowdFileRefused(f"{path} cannot be written: there is no folder {path.parent}")


def write_labels(path: Path, outcome: Labelled, rows_per_batch: int = _ROWS_PER_BATCH) -> None:
    """Write task, label and confidence, an exact decimal; a name without answer has no label."""
    columns = (
        lambda rows: _text_of(outcome.names, rows),
        lambda rows: _text_of(outcome.answers, rows),
        lambda rows: _shares_of(outcome.confidence_bps[rows]),
    )
    _write(path, _LABELS, _batches(_LABELS, len(outcome.names), columns, rows_per_batch))


def write_workers(
    path: Path, frame: Frame, outcome: Labelled, rows_per_batch: int = _ROWS_PER_BATCH
) -> None:
    """Write worker, skill, an exact decimal, and the number of answers given."""
    answers = np.bincount(frame.worker_of, minlength=len(frame.workers)).astype(np.int64)
    columns = (
        lambda rows: _text_of(frame.workers, rows),
        lambda rows: _shares_of(outcome.skill_bps[rows]),
        lambda rows: pa.array(answers[rows]),
    )
    _write(path, _WORKERS, _batches(_WORKERS, len(frame.workers), columns, rows_per_batch))


def _batches(schema: pa.Schema, count: int, columns: Sequence[Part], size: int) -> Batches:
    for start in range(0, count, size):
        rows = slice(start, min(start + size, count))
        yield pa.record_batch([column(rows) for column in columns], schema=schema)


def _text_of(values: Sequence[str] | Column, rows: slice) -> pa.Array:
    if isinstance(values, Names):
        return values.array[rows]
    if isinstance(values, Column):
        codes = values.codes[rows]
        return values.names.array.take(pa.array(codes, mask=codes < 0))
    return pa.array(values[rows], pa.large_string())


def _shares_of(bps: Ints) -> pa.Array:
    """Write 9731 as 0.9731: the last of four decimals is one basis point."""
    return pc.multiply(pa.array(bps).cast(pa.decimal128(19, 0)), _BASIS_POINT).cast(_SHARE)


def _write(path: Path, schema: pa.Schema, batches: Batches) -> None:
    check_target(path)
    is_parquet = path.suffix.lower() == ".parquet"
    try:
        with _whole(path) as partial:
            (_write_parquet if is_parquet else _write_csv)(partial, schema, batches, path)
    except OSError as error:
        raise CrowdFileRefused(f"{path} cannot be written: {error}") from error


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a file beside `path` that takes its name at the end, and goes if there is no end."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write_parquet(partial: Path, schema: pa.Schema, batches: Batches, _: Path) -> None:
    with pq.ParquetWriter(partial, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


def _write_csv(partial: Path, schema: pa.Schema, batches: Batches, path: Path) -> None:
    packing = "gzip" if path.suffix.lower() == ".gz" else None
    with pa.output_stream(str(partial), compression=packing) as sink:
        sink.write((",".join(schema.names) + "\n").encode())
        for batch in batches:
            _write_lines(sink, batch)


def _write_lines(sink: pa.NativeFile, batch: pa.RecordBatch) -> None:
    """Join columns and rows; the text of an Arrow array of lines is the CSV."""
    lines = _join([*map(_field_of, batch.columns)], ",")
    lines = _join([lines, _text("")], "\n")
    _, ends, text = lines.buffers()
    sink.write(text[: int(np.frombuffer(ends, dtype=np.int64)[len(lines)])])


def _field_of(values: pa.Array) -> pa.Array:
    """Quote only what would be read otherwise."""
    text = pc.fill_null(values.cast(pa.large_string()), "")
    special = pc.match_substring_regex(text, '[",\\r\\n]')
    if not pc.any(special).as_py():
        return text
    quoted = _join([_text('"'), pc.replace_substring(text, '"', '""'), _text('"')], "")
    return pc.if_else(special, quoted, text)


def _join(parts: Sequence[pa.Array | pa.Scalar], separator: str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, _text(separator))


def _text(value: str) -> pa.Scalar:
    return pa.scalar(value, pa.large_string())
