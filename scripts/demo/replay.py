"""Read a crowd from two CSV files: `task,worker,answer` and `task,truth`, plain or .gz.

What the files call a task is an item here. A worker's second answer to the same item is left out
and counted, since no system would take it.
"""

import csv
import gzip
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from scripts.demo.crowd import Crowd, CrowdItem, CrowdWorker
from scripts.demo.errors import CrowdFileError

MAX_LABELS = 256
Answers = dict[str, dict[str, str]]  # worker → item → answer


def replay_crowd(answers: Path, truth: Path | None) -> Crowd:
    """Read a crowd; without a truth file the report has no accuracy."""
    given, repeated = _read_answers(answers)
    known = _read_truth(truth, set(chain.from_iterable(given.values()))) if truth else {}
    labels = {answer for of in given.values() for answer in of.values()} | set(known.values())
    names = sorted({item for of in given.values() for item in of}, key=_natural)
    index = {name: position for position, name in enumerate(names)}
    return Crowd(
        title=f"Replay of {answers.parent.name}/{answers.name}",
        instructions="Choose the right label.",
        labels=tuple(sorted(labels, key=_natural)),
        items=tuple(CrowdItem(id=n, text=f"item {n}", truth=known.get(n)) for n in names),
        workers=tuple(_worker(n, given[n], index) for n in sorted(given, key=_natural)),
        overlap=_overlap(given),
        repeated=repeated,
    )


def _worker(name: str, answers: dict[str, str], index: dict[str, int]) -> CrowdWorker:
    ordered = sorted((index[item], answer) for item, answer in answers.items())
    return CrowdWorker(name, "worker", "replayed", tuple(ordered))


def _overlap(given: Answers) -> int:
    counts: dict[str, int] = {}
    for item in chain.from_iterable(given.values()):
        counts[item] = counts.get(item, 0) + 1
    return max(counts.values())


def _read_answers(path: Path) -> tuple[Answers, int]:
    given: Answers = {}
    labels: set[str] = set()
    repeated = 0
    for number, (item, worker, answer) in _rows(path, ("task", "worker", "answer")):
        labels.add(answer)
        if len(labels) > MAX_LABELS:
            raise CrowdFileError(
                str(path), number, f"more than {MAX_LABELS} different answers; choose among labels"
            )
        of_worker = given.setdefault(worker, {})
        repeated += item in of_worker
        of_worker.setdefault(item, answer)
    if not given:
        raise CrowdFileError(str(path), 1, "no answers below the header")
    return given, repeated


def _read_truth(path: Path, items: set[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for number, (item, truth) in _rows(path, ("task", "truth")):
        if item not in items:
            raise CrowdFileError(str(path), number, f"nobody answered task {item!r}")
        if known.setdefault(item, truth) != truth:
            raise CrowdFileError(str(path), number, f"a second truth for task {item!r}")
    return known


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the line number and the named columns of each row; refuse holes."""
    line = 1
    try:
        with _open(path) as stream:
            reader = csv.DictReader(stream, strict=True)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise CrowdFileError(str(path), 1, f"the header has no column {missing[0]!r}")
            for row in reader:
                line = reader.line_num
                yield line, _cells(path, line, row, columns)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise CrowdFileError(str(path), line, f"cannot be read: {error}") from error


def _cells(
    path: Path, line: int, row: dict[str, str | None], columns: tuple[str, ...]
) -> tuple[str, ...]:
    cells = [(row[name] or "").strip() for name in columns]
    for name, cell in zip(columns, cells, strict=True):
        if not cell:
            raise CrowdFileError(str(path), line, f"column {name!r} is empty")
    return tuple(cells)


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _natural(name: str) -> tuple[int, int, str]:
    """Sort numbers as numbers, before everything else."""
    return (0, int(name), name) if name.isdecimal() else (1, 0, name)
