"""Open whatever holds a crowd as a stream of Arrow batches."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from oracle.errors import CrowdFileRefused

from .csv_stream import CsvStream

Source = Any
"""A path, an object with `__arrow_c_stream__`, or a mapping of names to arrays or sequences."""

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".parquet")
_ROWS_PER_BATCH = 1 << 20


class Stream(Protocol):
    """A heading and the columns below it; of a table in memory no bytes are read."""

    @property
    def name(self) -> str: ...

    @property
    def heading(self) -> list[str]: ...

    @property
    def bytes_read(self) -> int: ...

    @property
    def bytes_total(self) -> int: ...

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]: ...


def open_stream(source: Source) -> Stream:
    """Open a path by its suffix, anything else as a table."""
    if isinstance(source, str | Path):
        return _open_path(Path(source))
    if isinstance(source, Mapping):
        return ColumnsStream(source)
    if isinstance(source, pa.RecordBatch):
        return TableStream(pa.table(source))
    if hasattr(source, "__arrow_c_stream__"):
        return TableStream(source)
    raise CrowdFileRefused(
        f"a {type(source).__name__} holds no answers: give a path, a DataFrame or columns by name"
    )


def _open_path(path: Path) -> Stream:
    if path.is_dir():
        raise CrowdFileRefused(f"{path} is a folder: name a file in it")
    if not path.name.lower().endswith(SUFFIXES):
        raise CrowdFileRefused(f"{path} ends in none of {', '.join(SUFFIXES)}")
    if path.stat().st_size == 0:
        raise CrowdFileRefused(f"{path} is empty")
    return ParquetStream(path) if path.suffix.lower() == ".parquet" else CsvStream(path)


class ParquetStream:
    """One Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)
        schema = pq.read_schema(path)
        self.heading: list[str] = schema.names
        self._text = [field.name for field in schema if pa.types.is_string(field.type)]
        self.bytes_total = path.stat().st_size
        self.bytes_read = 0

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield the columns; text stays coded as it is in the file."""
        rows = 0
        with pq.ParquetFile(self._path, read_dictionary=self._text) as file:
            for batch in file.iter_batches(_ROWS_PER_BATCH, columns=list(columns)):
                rows += len(batch)
                self.bytes_read = self.bytes_total * rows // file.metadata.num_rows
                yield batch


class TableStream:
    """A table in memory, or batches that another library streams."""

    name = "table"
    bytes_read = bytes_total = 0

    def __init__(self, table: Source) -> None:
        is_lazy = isinstance(table, pa.Table) or not hasattr(table, "columns")
        self._table = pa.RecordBatchReader.from_stream(table) if is_lazy else table
        columns = self._table.schema.names if is_lazy else table.columns
        self.heading = [str(name) for name in columns]

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield the columns; those of a DataFrame that nobody asks for are not converted."""
        reader = self._table
        if not isinstance(reader, pa.RecordBatchReader):
            reader = pa.RecordBatchReader.from_stream(self._chosen(columns))
        for batch in reader:
            yield batch.select(columns)

    def _chosen(self, columns: Sequence[str]) -> Source:
        """Return a part of the table, or all where it gives no part, as a relation of DuckDB."""
        try:
            return self._table[list(columns)]
        except TypeError:
            return self._table


class ColumnsStream:
    """Columns by name, each an array or a sequence."""

    name = "table"
    bytes_read = bytes_total = 0

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._columns = columns
        self.heading = list(columns)

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield the columns; not-a-number in an array of objects is a missing value."""
        yield from pa.table({name: _arrow_of(self._columns[name]) for name in columns}).to_batches()


def _arrow_of(values: Any) -> pa.Array | pa.ChunkedArray:  # noqa: ANN401
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    return pa.array(values, from_pandas=True)
