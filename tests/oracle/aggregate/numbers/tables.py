"""Crowds of numbers for the tests: from rows, from a seed, from the shared folder."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from oracle.aggregate.numbers import NUMBER_METHODS, NumberAggregate, NumberAnswers
from oracle.frames import Column, Frame, frame_of

SHARED = Path(__file__).parents[5] / "shared" / "data"
METHODS = {method.name: method for method in NUMBER_METHODS}


def frame_from(rows: list[tuple[str, str, str]]) -> Frame:
    items, workers, answers = zip(*rows, strict=True)
    return frame_of(items, workers, answers)


def answers_of(items: list[list[tuple[int, int]]], decimals: int = 0) -> NumberAnswers:
    """Take for each item its pairs of worker and scaled value."""
    rows = [row for item in items for row in item]
    return NumberAnswers(
        starts=np.cumsum([0, *map(len, items)]),
        workers=np.array([worker for worker, _ in rows], dtype=np.int32),
        values=np.array([value for _, value in rows], dtype=np.int64),
        worker_count=1 + max(worker for worker, _ in rows),
        decimals=decimals,
    )


def outcome_of(name: str, frame: Frame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return answers, confidence and skill of a method with its own parameters."""
    outcome = METHODS[name].outcome(frame, METHODS[name].parameters)
    assert not isinstance(outcome.answers, Column)
    return list(outcome.answers), outcome.confidence_bps, outcome.skill_bps


def run(name: str, answers: NumberAnswers) -> NumberAggregate:
    method = METHODS[name]
    result: NumberAggregate = method.aggregate(answers, method.parameters)
    return result


def synthetic(
    noises: list[float], gains: list[float], biases: list[float], items: int = 60
) -> tuple[NumberAnswers, np.ndarray]:
    """Let every worker answer every item; return answers and truths, both with two decimals."""
    chance = np.random.default_rng(5)
    truths = chance.normal(50, 20, items)
    noise = chance.normal(size=(items, len(noises))) * noises
    values = 50 + (truths[:, None] - 50) * gains + biases + noise
    scaled = np.round(values * 100).astype(np.int64).tolist()
    return answers_of([list(enumerate(item)) for item in scaled], 2), truths


def error_of(result: NumberAggregate, truths: np.ndarray) -> float:
    """Return the mean absolute error."""
    return float(np.mean(np.abs(result.values / 10**result.decimals - truths)))


def shared_numbers(name: str) -> tuple[Frame, np.ndarray]:
    """Return a real crowd and the truths in the order of its items."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here; put the shared data beside the repository")
    rows = [(row["task"], row["worker"], row["answer"]) for row in _rows(folder / "answers.csv.gz")]
    truths = {row["task"]: float(row["truth"]) for row in _rows(folder / "truth.csv.gz")}
    frame = frame_from(rows)
    return frame, np.array([truths[item] for item in frame.items])


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt") as file:
        return list(csv.DictReader(file))
