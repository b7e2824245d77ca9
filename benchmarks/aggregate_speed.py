"""
Aggregate synthetic crowds with ours and with crowd-kit, in one run: CPU time, memory, likelihood.

    python -m benchmarks.aggregate_speed [--largest 1|10|100] [--out FILE]

Every measurement is a process of its own with one thread. Both are given the same columns of
integers; crowd-kit's figure is its fit alone, ours with `table` the whole public call (code, sort,
fit) and with `answers` the fit alone. The likelihood of both is computed here, by one function
that neither of them uses. crowd-kit is not asked for 100M answers: at its memory per answer this
machine could not hold them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import crowdkit
from benchmarks.likelihood import log_likelihood
from benchmarks.synthetic import Crowd, make_crowd

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "benchmarks" / "results" / "aggregate_speed.json"
MILLION = 10**6
SEED = 5
PER_ITEM = 10
METHODS = ("majority", "dawid_skene")
STARTS = ("answers", "table")
REPEATS = {1: 3, 10: 1, 100: 1}
"""How often each size is measured; the cheapest run counts."""

LARGEST_FOR_THEIRS = 10

WORKERS, LABELS = 5_000, 10
GROWTH = {
    "answers": [
        (answers, WORKERS, LABELS) for answers in (500_000, MILLION, 2 * MILLION, 4 * MILLION)
    ],
    "workers": [(MILLION, workers, LABELS) for workers in (500, 5_000, 20_000, 80_000)],
    "labels": [(MILLION, WORKERS, labels) for labels in (2, 5, 10, 20, 40)],
}
"""What grows, and the crowds (answers, workers, labels) in which the rest stays."""

OTHER_PASSES = 2
"""Besides the iterations: one for the votes at the start, one for the labels at the end."""

Costs = dict[str, Any]


@dataclass(frozen=True)
class Stored:
    """A crowd and the file that programs read it from."""

    crowd: Crowd
    path: Path
    folder: Path


def main() -> None:
    """Measure, print and write the figures."""
    arguments = _arguments()
    sizes = [size for size in REPEATS if size <= arguments.largest]
    report: Costs = {"cores": os.cpu_count(), "workers": WORKERS, "labels": LABELS, "sizes": {}}
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        for size in sizes:
            stored = store(Path(folder), size * MILLION, WORKERS, LABELS)
            report["sizes"][str(size)] = measure_size(stored, size)
            stored.path.unlink()
        report["growth"] = {
            what: [measure_growth(Path(folder), *crowd) for crowd in crowds]
            for what, crowds in GROWTH.items()
        }
    arguments.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report["sizes"], indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--largest", type=int, default=100, help="millions of answers")
    parser.add_argument("--folder", type=Path, default=None, help="where the files are made")
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args()


def store(folder: Path, answers: int, workers: int, labels: int) -> Stored:
    """Make a crowd and its file."""
    crowd = make_crowd(answers // PER_ITEM, PER_ITEM, workers, labels, SEED)
    path = folder / "answers.npz"
    crowd.write(path)
    return Stored(crowd, path, folder)


def measure_size(stored: Stored, size: int) -> Costs:
    """Run each method of both on a crowd."""
    with_theirs = size <= LARGEST_FOR_THEIRS
    found: Costs = {}
    for method in METHODS:
        runs = {f"ours, {start}": _cheapest(stored, method, start, size) for start in STARTS}
        if with_theirs:
            theirs = [_run_theirs(stored, method) for _ in range(REPEATS[size])]
            runs["crowd-kit"] = min(theirs, key=lambda costs: costs["cpu_seconds"])
        found[method] = runs
    return found


def measure_growth(folder: Path, answers: int, workers: int, labels: int) -> Costs:
    """Tell what one pass of our Dawid-Skene over the answers costs."""
    stored = store(folder, answers, workers, labels)
    costs = min(
        (_run_ours(stored, "dawid_skene", "answers") for _ in range(2)),
        key=lambda each: each["cpu_seconds"],
    )
    passes = costs["iterations"] + OTHER_PASSES
    return {
        "answers": answers,
        "workers": workers,
        "labels": labels,
        "passes": passes,
        "cpu_seconds": costs["cpu_seconds"],
        "nanoseconds_per_answer_and_pass": round(
            costs["cpu_seconds"] / passes / answers * 10**9, 1
        ),
        "peak_rss_bytes": costs["peak_rss_bytes"],
    }


def _cheapest(stored: Stored, method: str, start: str, size: int) -> Costs:
    runs = [_run_ours(stored, method, start) for _ in range(REPEATS[size])]
    best = min(runs, key=lambda costs: costs["cpu_seconds"])
    if method == "dawid_skene" and start == "answers" and size <= LARGEST_FOR_THEIRS:
        kept = stored.folder / "ours.npy"
        _run_ours(stored, method, start, ("--posteriors", str(kept)))
        best |= _judge(stored.crowd, np.load(kept))
    return best


def _run_ours(stored: Stored, method: str, start: str, options: tuple[str, ...] = ()) -> Costs:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.one_run", method]
    run = subprocess.run(
        [*command, str(stored.path), "--from", start, *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        env=os.environ | crowdkit.ONE_THREAD,
    )
    costs: Costs = json.loads(run.stdout)
    return costs


def _run_theirs(stored: Stored, method: str) -> Costs:
    keep = ("--posteriors",) if method == "dawid_skene" else ()
    costs = crowdkit.ask((method,), stored.path, stored.folder, options=keep)[method]
    if keep:
        costs |= _judge(stored.crowd, np.load(stored.folder / f"{method}.npy"))
    return costs


def _judge(crowd: Crowd, posteriors: np.ndarray) -> Costs:
    right = posteriors.argmax(axis=1) == crowd.truths
    likelihood = log_likelihood(crowd, posteriors)
    return {"log_likelihood": round(likelihood, 2), "accuracy": round(100 * right.mean(), 3)}


if __name__ == "__main__":
    main()
