"""Ask crowd-kit 1.4.2, which runs in an environment of its own (`tools/crowdkit`)."""

import csv
import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "tools" / "crowdkit"
PYTHON = FOLDER / ".venv" / "bin" / "python"
PROGRAM = FOLDER / "referee.py"

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""CPU seconds are to be those of the method, not of idle helper threads that spin."""

Costs = dict[str, Any]


@dataclass(frozen=True)
class Label:
    """What a method says of one item: `second` is the share of the best other label."""

    answer: str
    confidence: float
    second: float

    @property
    def is_tied(self) -> bool:
        return self.confidence - self.second < 1e-9


def ask(
    methods: Sequence[str],
    answers: Path,
    out: Path,
    gold: Path | None = None,
    options: Sequence[str] = (),
    seconds: float | None = None,
) -> dict[str, Costs]:
    """Run methods one after the other on a file; return each one's costs, its results lie in `out`.

    Raises:
        subprocess.TimeoutExpired: it took more than `seconds`.
        RuntimeError: it failed; the message is what it printed.
    """
    command = [str(PYTHON), str(PROGRAM), ",".join(methods), str(answers), "--out", str(out)]
    command += [*(["--gold", str(gold)] if gold else []), *options]
    run = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
        env=os.environ | ONE_THREAD,
    )
    if run.returncode:
        raise RuntimeError(run.stderr)
    told = [json.loads(line) for line in run.stdout.splitlines()]
    return {costs["method"]: costs for costs in told}


def read_labels(out: Path, method: str) -> dict[str, Label]:
    """Read the label of each item; one on which no vote has weight has no confidence."""
    with (out / f"{method}.csv").open(newline="", encoding="utf-8") as stream:
        return {
            row["task"]: Label(
                row["answer"], float(row["confidence"] or 0), float(row["second"] or 0)
            )
            for row in csv.DictReader(stream)
        }


def read_column(out: Path, method: str) -> dict[str, str]:
    """Read the text of each item, or the score of each object."""
    with (out / f"{method}.csv").open(newline="", encoding="utf-8") as stream:
        rows = csv.reader(stream)
        next(rows)
        return {row[0]: row[1] for row in rows}
