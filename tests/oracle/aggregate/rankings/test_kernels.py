"""The compiled loops against the same lines in the interpreter, and against golden vectors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oracle.aggregate.rankings import RANKING_METHODS
from tests.oracle.aggregate.rankings.ranking_crowds import mallows_crowd

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[4]
GOLDEN = [
    '["o01","o02","o03","o04","o00"]',
    '["o04","o00","o03","o01","o02"]',
    '["o02","o04","o01","o00","o03"]',
    '["o04","o03","o02","o00","o01"]',
    "[4161, 3608, 4188, 2346, 9500, 7333, 8000, 9000, 9000]",
    '["o05","o02","o01","o06","o00","o09","o07","o04","o03","o08"]',
    '["o02","o07","o09","o00","o03","o04","o06","o05","o01","o08"]',
    '["o06","o03","o02","o00","o04","o05","o01","o09","o07","o08"]',
    '["o07","o02","o01","o05","o09","o00","o08","o03","o06","o04"]',
    "[433, 230, 39, 80, 9555, 8333, 9333, 6888, 8000]",
]


def texts() -> list[str]:
    lines = []
    for objects in (5, 10):
        frame, _ = mallows_crowd(seed=7, items=4, objects=objects, answers=3, ratios=[150] * 5)
        for method in RANKING_METHODS:
            outcome = method.outcome(frame, method.parameters)
            lines += outcome.answers
            lines.append(str([*outcome.confidence_bps.tolist(), *outcome.skill_bps.tolist()]))
    return lines


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
