"""Aggregate the crowds that give numbers, texts, boxes and comparisons."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.accuracy.crowds import (
    BOX_SETS,
    NUMBER_SETS,
    PAIR_SETS,
    TEXT_SETS,
    Crowd,
    disguise,
    read_crowd,
    write_rows,
)
from benchmarks.accuracy.scores import (
    Results,
    absolute_error,
    box_f1,
    overlap,
    rank_correlation,
    word_error_rate,
    words,
)
from benchmarks.crowdkit import ask, read_column
from oracle.aggregate import METHODS, AnswerKind
from oracle.frames import ANSWERS as PLAIN_LAYOUT, PAIRS as PAIR_LAYOUT, Column, read_frame

Figures = dict[str, Any]
Baseline = Callable[[Crowd], Results]


@dataclass(frozen=True)
class Kind:
    """A kind of answer: its crowds, its measure, and what others do."""

    kind: AnswerKind
    measure: str
    score: Callable[[Crowd, Results], float]
    sets: Sequence[str]
    theirs: Sequence[str] = ()
    baselines: Mapping[str, Baseline] | None = None


def measure_kinds() -> Figures:
    """Measure each method of each kind on its sets; workers renamed, rows shuffled."""
    found: Figures = {}
    for kind in KINDS:
        crowds = [_prepare(kind, read_crowd(name)) for name in kind.sets]
        sets = {
            crowd.name: {
                name: round(kind.score(crowd, results), 5)
                for name, results in _results(kind, crowd)
            }
            for crowd in crowds
        }
        found[kind.kind.value] = {"measure": kind.measure, "sets": sets}
    return found


def _prepare(kind: Kind, crowd: Crowd) -> Crowd:
    """Give texts as words to both programs: crowd-kit's ROVER would compare commas too."""
    if kind.kind is AnswerKind.TEXT:
        rows = [(*row[:2], " ".join(words(row[2])) or row[2]) for row in crowd.rows]
        crowd = replace(crowd, rows=rows)
    return disguise(crowd, 0, labels=False)


def _results(kind: Kind, crowd: Crowd) -> Iterator[tuple[str, Results]]:
    layout = PAIR_LAYOUT if kind.kind is AnswerKind.PAIRWISE else PLAIN_LAYOUT
    frame = read_frame(crowd.columns(), layout)
    for method in METHODS.values():
        if method.kind is kind.kind:
            outcome = method.outcome(frame, method.parameters)
            assert not isinstance(outcome.answers, Column), "only labels are a column"
            yield method.name, dict(zip(outcome.names, outcome.answers, strict=True))
    for name, baseline in (kind.baselines or {}).items():
        yield name, baseline(crowd)
    if kind.theirs:
        with TemporaryDirectory() as folder:
            out = Path(folder)
            write_rows(out / "answers.csv", crowd)
            ask(kind.theirs, out / "answers.csv", out)
            for name in kind.theirs:
                yield f"crowd-kit {name}", read_column(out, name)


def _clusters_with(votes: int) -> Baseline:
    """Join boxes that overlap by half, drop those of fewer workers, and take the means."""

    def draw(crowd: Crowd) -> Results:
        drawn: dict[str, list[list[tuple[str, list[float]]]]] = {}
        for item, worker, answer in sorted(crowd.rows):
            _join(drawn.setdefault(item, []), worker, json.loads(answer)["box"])
        return {
            item: json.dumps(
                [
                    {"box": _mean([box for _, box in each])}
                    for each in clusters
                    if len({worker for worker, _ in each}) >= votes
                ]
            )
            for item, clusters in drawn.items()
        }

    return draw


def _join(clusters: list[list[tuple[str, list[float]]]], worker: str, box: list[float]) -> None:
    for cluster in clusters:
        if overlap(_mean([other for _, other in cluster]), box) >= 0.5:
            cluster.append((worker, box))
            return
    clusters.append([(worker, box)])


def _mean(boxes: Sequence[Sequence[float]]) -> list[float]:
    return [sum(side) / len(boxes) for side in zip(*boxes, strict=True)]


KINDS = (
    Kind(AnswerKind.NUMBER, "mean absolute error", absolute_error, NUMBER_SETS),
    Kind(AnswerKind.TEXT, "word error rate", word_error_rate, TEXT_SETS, ("rover",)),
    Kind(
        AnswerKind.BOXES,
        "F1 at half overlap",
        box_f1,
        BOX_SETS,
        baselines={"union of clusters": _clusters_with(1), "clusters of two": _clusters_with(2)},
    ),
    Kind(
        AnswerKind.PAIRWISE,
        "rank correlation",
        rank_correlation,
        PAIR_SETS,
        ("bradley_terry", "bradley_terry_default", "noisy_bradley_terry"),
    ),
)
