"""
Aggregate one synthetic crowd with one method of ours, in a process of its own, and tell the costs.

    python -m benchmarks.one_run METHOD ANSWERS [--from table|answers] [--posteriors FILE]

ANSWERS is an .npz of the integers `items,workers,labels`, as crowd-kit's referee reads it.
`table` hands these columns to the public call, which codes and sorts them first; `answers` takes
`starts`, the first row of each item, instead of `items`, and hands them to the method as the oracle
does. CPU seconds are those of the call; compiled loops come from the cache that a first, tiny call
fills. Printed is one JSON object.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from oracle.aggregate import METHODS, UNIT
from oracle.aggregate.choice import UNKNOWN, Aggregate, Answers, LocalCrowd
from oracle.crowd_table import aggregate_answers
from oracle.integers import ONE

Columns = dict[str, np.ndarray]
TINY = {name: np.arange(4) // 2 for name in ("items", "workers", "labels")}
TINY["starts"] = np.array([0, 2, 4])
COLUMNS = {
    "table": ("items", "workers", "labels"),
    "answers": ("starts", "workers", "labels"),
}


def main() -> None:
    """Warm up, measure, print."""
    arguments = _arguments()
    run = {"table": _run_table, "answers": _run_answers}[arguments.start]
    run(arguments.method, TINY)
    with np.load(arguments.answers) as stored:
        columns = {name: stored[name] for name in COLUMNS[arguments.start]}
    before, started, clock = _memory("VmHWM"), time.monotonic(), time.process_time()
    result = run(arguments.method, columns)
    told = {
        "method": arguments.method,
        "answers": int(columns["labels"].size),
        "cpu_seconds": time.process_time() - clock,
        "seconds": time.monotonic() - started,
        "iterations": result.iterations,
        "peak_rss_bytes": _memory("VmHWM"),
        "peak_rss_before_bytes": before,
        "swapped_bytes": _memory("VmSwap"),
    }
    if arguments.posteriors:
        np.save(arguments.posteriors, _posteriors(result))
    print(json.dumps(told))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("method", choices=sorted(METHODS))
    parser.add_argument("answers", type=Path)
    parser.add_argument("--from", dest="start", choices=("table", "answers"), default="answers")
    parser.add_argument("--posteriors", type=Path)
    return parser.parse_args()


def _run_table(name: str, columns: Columns) -> Aggregate:
    renamed = {"task": columns["items"], "worker": columns["workers"], "answer": columns["labels"]}
    result = aggregate_answers(renamed, name).result
    assert result is not None
    return result


def _run_answers(name: str, columns: Columns) -> Aggregate:
    workers, labels = columns["workers"], columns["labels"]
    answers = Answers(
        starts=columns["starts"],
        workers=workers.astype(np.int32, copy=False),
        labels=labels.astype(np.int32, copy=False),
        worker_count=int(workers.max()) + 1,
        label_count=int(labels.max()) + 1,
        weights=np.full(int(workers.max()) + 1, UNIT, dtype=np.int64),
        known=np.full(columns["starts"].size - 1, UNKNOWN, dtype=np.int32),
        seed=bytes(32),
    )
    result: Aggregate = METHODS[name].aggregate(LocalCrowd(answers), METHODS[name].parameters)
    return result


def _posteriors(result: Aggregate) -> np.ndarray:
    """Turn each item's scores (logarithms to base 2) into shares."""
    scores: Any = [result.scores_of(item).total for item in range(result.labels.size)]
    bits = np.array(scores) / ONE
    shares: np.ndarray = np.exp2(bits - bits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _memory(what: str) -> int:
    """Read a figure of this program; `ru_maxrss` would count the peak of who started it, too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{what}:")[1].split()[0]) * 1024


if __name__ == "__main__":
    main()
