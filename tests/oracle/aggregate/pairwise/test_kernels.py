"""The compiled loops against the same lines in the interpreter, and against golden vectors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oracle.aggregate.pairwise import PAIRWISE_METHODS
from oracle.aggregate.pairwise.strengths import CERTAIN, chance
from tests.oracle.aggregate.pairwise.comparison_crowds import crowd, frame_of_rows

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[4]
GOLDEN = [
    "-1.182706 1.247767 -0.791161 0.274517 0.453701 -0.006536",
    "[6314, 7827, 6314, 5923, 5652, 7590, 5000, 6250, 7333, 8333, 8000]",
    "-1.634207 1.279492 -1.057916 -0.003252 0.490831 0.829746",
    "[6177, 5863, 6177, 7092, 6165, 5736, 5833, 3750, 9333, 7500, 8000]",
]


def texts() -> list[str]:
    frame = frame_of_rows(crowd(seed=7, objects=6, rows=60, workers=5, guessers=2))
    lines = []
    for method in PAIRWISE_METHODS:
        outcome = method.outcome(frame, method.parameters)
        lines.append(" ".join(outcome.answers))
        lines.append(str([*outcome.confidence_bps.tolist(), *outcome.skill_bps.tolist()]))
    return lines


def test_chance__of_opposite_differences__adds_up_to_one_exactly():
    for difference in (0, 1, 12_345_678, 1 << 30, 1 << 40):
        assert chance(difference) + chance(-difference) == CERTAIN


def test_methods__of_a_golden_crowd__give_the_golden_vectors():
    assert texts() == GOLDEN


def test_methods__without_the_compiler__give_the_same():
    line = f"from {__name__} import texts; print(*texts(), sep=chr(10))"

    told = subprocess.run(
        [sys.executable, "-c", line],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.splitlines() == GOLDEN
