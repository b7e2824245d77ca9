"""Crowds for the tests: synthetic ones from a seed, real ones from the shared folder."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from oracle.aggregate import METHODS, UNIT
from oracle.aggregate.choice import UNKNOWN, Aggregate, Answers, LocalCrowd

SHARED = Path(__file__).parents[3] / "shared" / "data"
SEED = bytes(32)


@dataclass(frozen=True)
class Crowd:
    answers: Answers
    truths: dict[int, int]

    def accuracy(self, aggregate: Aggregate) -> float:
        hits = [int(aggregate.labels[item]) == truth for item, truth in self.truths.items()]
        return sum(hits) / len(hits)


def answers_of(
    rows: list[tuple[int, int, int]], item_count: int, label_count: int, weights: list[int]
) -> Answers:
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3)
    return Answers(
        starts=np.searchsorted(table[:, 0], np.arange(item_count + 1)),
        workers=table[:, 1].astype(np.int32),
        labels=table[:, 2].astype(np.int32),
        worker_count=len(weights),
        label_count=label_count,
        weights=np.array(weights, dtype=np.int64),
        known=np.full(item_count, UNKNOWN, dtype=np.int32),
        seed=SEED,
    )


def run(name: str, answers: Answers) -> Aggregate:
    method = METHODS[name]
    result: Aggregate = method.aggregate(LocalCrowd(answers), method.parameters)
    return result


def synthetic_crowd(
    items: int, overlap: int, label_count: int, skills: list[float], seed: int = 7
) -> Crowd:
    chance = np.random.default_rng(seed)
    truths = chance.integers(label_count, size=items)
    workers = chance.permuted(np.tile(np.arange(len(skills)), (items, 1)), axis=1)[:, :overlap]
    is_right = chance.random((items, overlap)) < np.array(skills)[workers]
    guesses = chance.integers(label_count, size=(items, overlap))
    labels = np.where(is_right, truths[:, None], guesses)
    rows = [
        (item, int(workers[item, turn]), int(labels[item, turn]))
        for item in range(items)
        for turn in range(overlap)
    ]
    answers = answers_of(rows, items, label_count, [UNIT] * len(skills))
    return Crowd(answers, dict(enumerate(map(int, truths))))


def shared_crowd(name: str) -> Crowd:
    folder = SHARED / name
    if not folder.exists():
        pytest.skip(f"{folder} is not here; put the shared data beside the repository")
    answers = _read(folder / "answers.csv.gz")
    truths = _read(folder / "truth.csv.gz")
    items, workers, labels = (
        {name: index for index, name in enumerate(sorted({row[key] for row in answers}))}
        for key in ("task", "worker", "answer")
    )
    rows = [(items[r["task"]], workers[r["worker"]], labels[r["answer"]]) for r in answers]
    known = {items[r["task"]]: labels.get(r["truth"], -1) for r in truths if r["task"] in items}
    return Crowd(answers_of(rows, len(items), len(labels), [UNIT] * len(workers)), known)


def _read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt") as stream:
        return list(csv.DictReader(stream))
