"""Read CSV in blocks."""

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as pa_csv

from oracle.errors import CrowdFileRefused

_BLOCK_BYTES = 1 << 24
_HEADING_BYTES = 1 << 20
_DELIMITERS = (",", "\t", ";", "|")
_TEXT = pa.large_binary()
"""Bytes, so that a text that is not UTF-8 can be named with its row."""


class _Tally(io.RawIOBase):
    """Count the quotes that pass: an odd number means that one was never closed."""

    def __init__(self, content: pa.NativeFile) -> None:
        self._content = content
        self.quotes = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block: bytes = self._content.read(size)
        self.quotes += block.count(b'"')
        return block


class CsvStream:
    """One CSV file; its delimiter is the one that splits the heading into the most columns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)
        self.bytes_total = path.stat().st_size
        self._file: BinaryIO | None = None
        self._delimiter, self.heading = self._read_heading()

    @property
    def bytes_read(self) -> int:
        """Return how far the file is read."""
        return self._file.tell() if self._file is not None else 0

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield the columns block by block; a row that is damaged is refused with its number."""
        try:
            yield from self._parse(columns, has_threads=True)
        except pa.ArrowInvalid as error:
            raise self._refusal(columns, str(error)) from error

    def _parse(self, columns: Sequence[str], has_threads: bool) -> Iterator[pa.RecordBatch]:
        with (
            self._open() as content,
            _Tally(content) as tally,
            pa_csv.open_csv(
                pa.PythonFile(tally, mode="r"),
                pa_csv.ReadOptions(use_threads=has_threads, block_size=_BLOCK_BYTES),
                pa_csv.ParseOptions(delimiter=self._delimiter, newlines_in_values=True),
                pa_csv.ConvertOptions(
                    include_columns=list(columns),
                    column_types=dict.fromkeys(columns, _TEXT),
                    null_values=[],
                    strings_can_be_null=False,
                ),
            ) as reader,
        ):
            rows = 1
            for batch in reader:
                rows += len(batch)
                yield batch
            if tally.quotes % 2:
                raise CrowdFileRefused(
                    f"{self.name}: a quote is opened and never closed, in row {rows} or before"
                )

    def _refusal(self, columns: Sequence[str], reason: str) -> CrowdFileRefused:
        """Read once more on one thread: only then does Arrow count the rows."""
        try:
            deque(self._parse(columns, has_threads=False), maxlen=0)
        except pa.ArrowInvalid as error:
            reason = str(error)
        return CrowdFileRefused(f"{self.name} is not well-formed CSV: {_shorten(reason)}")

    @contextmanager
    def _open(self) -> Iterator[pa.NativeFile]:
        with self._path.open("rb", buffering=0) as self._file:
            content = pa.PythonFile(self._file, mode="r")
            if self._path.suffix.lower() == ".gz":
                content = pa.CompressedInputStream(content, "gzip")
            yield content
        self._file = None

    def _read_heading(self) -> tuple[str, list[str]]:
        with self._open() as content:
            start = content.read(_HEADING_BYTES).decode("utf-8-sig", "replace")
        if not start:
            raise CrowdFileRefused(f"{self._path} is empty")
        headings = {delimiter: self._split(start, delimiter) for delimiter in _DELIMITERS}
        delimiter = max(_DELIMITERS, key=lambda each: len(headings[each]))
        heading = headings[delimiter]
        if any("\ufffd" in name for name in heading):
            raise CrowdFileRefused(f"{self._path}, row 1 is not UTF-8: save the file as UTF-8")
        return delimiter, heading

    def _split(self, start: str, delimiter: str) -> list[str]:
        rows = csv.reader(io.StringIO(start, newline=None), delimiter=delimiter)
        try:
            return next((row for row in rows if row), [])
        except csv.Error as error:
            raise CrowdFileRefused(f"{self._path}, row 1 is not a heading: {error}") from error


def _shorten(reason: str) -> str:
    return reason if len(reason) <= 300 else f"{reason[:300]} …"
