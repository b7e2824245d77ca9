"""Read any crowd's answers from CSV: columns task, worker, answer (or label); .gz too.

What the file calls a task is an item here. Names are sorted, so the order of rows means nothing.
"""

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from .aggregate.choice import Aggregate, Answers, parse
from .errors import CrowdFileRefused
from .frames import frame_of


@dataclass(frozen=True)
class Crowd:
    """Answers by index, and the names behind the indices; `repeated` rows are not the first of their worker."""

    answers: Answers
    items: tuple[str, ...]
    workers: tuple[str, ...]
    labels: tuple[str, ...]
    repeated: int


def read_crowd(path: Path) -> Crowd:
    """Read a crowd; every row counts."""
    items, workers, answers = zip(
        *_read(path, ("task", "worker"), ("answer", "label")), strict=True
    )
    frame = frame_of(items, workers, answers, source=str(path))
    return Crowd(
        parse(frame), tuple(frame.items), tuple(frame.workers), tuple(frame.answers), frame.repeated
    )


def read_truths(path: Path) -> dict[str, str]:
    """Read the true answers: columns task, truth."""
    return {row[0]: row[1] for row in _read(path, ("task",), ("truth", "answer", "label"))}


def count_right(crowd: Crowd, aggregate: Aggregate, truths: dict[str, str]) -> tuple[int, int]:
    """Count the items that are right, and those whose truth is known."""
    known = [place for place, item in enumerate(crowd.items) if item in truths]
    right = [crowd.labels[aggregate.labels[place]] == truths[crowd.items[place]] for place in known]
    return sum(right), len(known)


def _read(path: Path, needed: tuple[str, ...], one_of: tuple[str, ...]) -> list[tuple[str, ...]]:
    reader = csv.DictReader(io.StringIO(_text(path)))
    columns = reader.fieldnames or []
    value = next((name for name in one_of if name in columns), None)
    if value is None or any(name not in columns for name in needed):
        raise CrowdFileRefused(
            f"{path} has the columns {', '.join(columns) or 'none'}: "
            f"{', '.join(needed)} and {' or '.join(one_of)} are needed"
        )
    rows = [tuple(row[name] for name in (*needed, value)) for row in reader]
    for number, row in enumerate(rows, start=2):
        if not all(row):
            raise CrowdFileRefused(f"{path}, line {number}: a value is missing")
    if not rows:
        raise CrowdFileRefused(f"{path} has no rows below its heading")
    return rows


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise CrowdFileRefused(f"{path} cannot be read as CSV: {error}") from error
