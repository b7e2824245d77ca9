"""Read any crowd's answers from CSV: columns task, worker, answer (or label); .gz too.

What the file calls a task is an item here. Names are sorted, so the order of rows means nothing.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .aggregate import UNIT, Aggregate, Answers
from .errors import CrowdFileRefused

NO_SEED = bytes(32)


@dataclass(frozen=True)
class Crowd:
    """Answers by index, and the names behind the indices; `repeated` rows were left out."""

    answers: Answers
    items: tuple[str, ...]
    workers: tuple[str, ...]
    labels: tuple[str, ...]
    repeated: int


def read_crowd(path: Path) -> Crowd:
    """Read a crowd; of two answers of one worker to one item the first counts."""
    rows = _read(path, ("task", "worker"), ("answer", "label"))
    first: dict[tuple[str, str], str] = {}
    for item, worker, answer in rows:
        first.setdefault((item, worker), answer)
    items = _names(item for item, _ in first)
    workers = _names(worker for _, worker in first)
    labels = _names(first.values())
    columns = sorted(
        (items[item], workers[worker], labels[answer]) for (item, worker), answer in first.items()
    )
    table = np.array(columns, dtype=np.int64).reshape(-1, 3)
    answers = Answers(
        items=np.ascontiguousarray(table[:, 0]),
        workers=np.ascontiguousarray(table[:, 1]),
        labels=np.ascontiguousarray(table[:, 2]),
        item_count=len(items),
        label_count=len(labels),
        weights=np.full(len(workers), UNIT, dtype=np.int64),
        seed=NO_SEED,
    )
    return Crowd(answers, tuple(items), tuple(workers), tuple(labels), len(rows) - len(first))


def read_truths(path: Path) -> dict[str, str]:
    """Read the true answers: columns task, truth."""
    return {row[0]: row[1] for row in _read(path, ("task",), ("truth", "answer", "label"))}


def count_right(crowd: Crowd, aggregate: Aggregate, truths: dict[str, str]) -> tuple[int, int]:
    """Count the items that are right, and those whose truth is known."""
    known = [place for place, item in enumerate(crowd.items) if item in truths]
    right = [crowd.labels[aggregate.labels[place]] == truths[crowd.items[place]] for place in known]
    return sum(right), len(known)


def _names(values: Iterable[str]) -> dict[str, int]:
    return {name: index for index, name in enumerate(sorted(set(values)))}


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
