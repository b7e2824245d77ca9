"""
Simulate a grid of tasks, so that a requester sees what a task will cost before money is locked.

    python -m benchmarks.mechanism.forecast [--seeds N]

Writes `dao_client/forecast.json`, which `tessera task create` and `tessera forecast` look up:

    {
      "schema": 1,
      "command": "…",               how it was measured
      "axes": {                     the grid, each axis ascending; every combination has a row
        "labels":       how many labels a worker chooses from
        "top_share":    share of the items that have the most frequent label; 0 for even shares
                        (the others share the rest evenly)
        "accuracy":     mean accuracy of honest workers on items that are not hard
        "ring_share":   share of the workers in a ring that agrees on random labels
        "rounds":       [overlap, most answers]: the first answers, and the most after more rounds
        "pool":         "new" for workers without history (audits doubled), else "known"
      },
      "fixed": {…}                  the other parameters with which it was simulated
      "columns": ["labels", "top_share", "accuracy", "ring_share", "overlap", "overlap_most",
                  "is_known", "answers_per_item", "accuracy_found", "pay_share", "audited_share"],
      "rows": [[…], …]              one row per combination, in the order of the axes
    }

`answers_per_item` are expected answers, `accuracy_found` the share of delivered labels that are
right (audited items with their audit), `pay_share` the pay of all workers divided by price times
answers, `audited_share` the share of items that are audited. Means over seeds; four decimals.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path

import numpy as np
from rich.progress import track

from .chance import chance_of
from .rule import Rule, rule_of
from .runs import NOMINAL, Outcome, run_epochs
from .strategies import Strategy

OUT = Path(__file__).resolve().parents[2] / "dao_client" / "forecast.json"
LABELS = (2, 4, 8)
TOP_SHARES = (0.0, 0.6, 0.8)
ACCURACIES = (0.75, 0.85, 0.92)
RING_SHARES = (0.0, 0.2, 0.4)
ROUNDS = ((3, 3), (3, 11), (5, 5), (5, 11), (7, 7), (7, 11), (11, 11))
POOLS = ("new", "known")
KNOWN_EPOCH = 3
COLUMNS = (
    "labels",
    "top_share",
    "accuracy",
    "ring_share",
    "overlap",
    "overlap_most",
    "is_known",
    "answers_per_item",
    "accuracy_found",
    "pay_share",
    "audited_share",
)
DIGITS = 4
SEEDS = 3

Row = list[float | int | bool]


def label_shares(labels: int, top_share: float) -> list[float]:
    """Return how often each label is true."""
    if not top_share:
        return [1 / labels] * labels
    return [top_share, *[(1 - top_share) / (labels - 1)] * (labels - 1)]


def forecast(rule: Rule, seeds: int) -> Iterator[Row]:
    """Give the rows of the grid, in the order of the axes."""
    cells = list(product(LABELS, TOP_SHARES, ACCURACIES, RING_SHARES, ROUNDS))
    for labels, top_share, accuracy, ring_share, (overlap, most) in track(
        cells, "simulating tasks", transient=True
    ):
        own = replace(rule, overlap_first=overlap, overlap_most=most)
        cell = (labels, top_share, accuracy, ring_share, overlap, most)
        found: dict[str, list[tuple[float, ...]]] = {pool: [] for pool in POOLS}
        for turn in range(seeds):
            first, *_, last = run_epochs(
                chance_of(1, "forecast", *cell, turn),
                label_shares(labels, top_share),
                {Strategy.RING: ring_share},
                own,
                KNOWN_EPOCH,
                accuracy,
            )
            found["new"].append(_figures(first))
            found["known"].append(_figures(last))
        for pool in POOLS:
            means = [round(float(value), DIGITS) for value in np.mean(found[pool], axis=0)]
            yield [*cell, pool == "known", *means]


def _figures(outcome: Outcome) -> tuple[float, ...]:
    """Return answers per item, accuracy, share of the price that was paid, share audited."""
    right = float((outcome.settlement.labels == outcome.world.truths).mean())
    paid = np.average(np.maximum(outcome.gross, 0), weights=outcome.given) * NOMINAL
    return outcome.answers_per_item, right, float(paid), outcome.audited_share


def document(rule: Rule, rows: Sequence[Row], seeds: int = SEEDS) -> str:
    """Write the table, a row to a line."""
    command = f"python -m benchmarks.mechanism.forecast --seeds {seeds}"
    axes = {
        "labels": LABELS,
        "top_share": TOP_SHARES,
        "accuracy": ACCURACIES,
        "ring_share": RING_SHARES,
        "rounds": ROUNDS,
        "pool": POOLS,
    }
    fixed = {name: value for name, value in asdict(rule).items() if name not in VARIED}
    head = {
        "schema": 1,
        "command": command,
        "axes": axes,
        "fixed": fixed,
        "columns": COLUMNS,
    }
    lines = ",\n".join(json.dumps(row) for row in rows)
    return f'{json.dumps(head, indent=1)[:-2]},\n "rows": [\n{lines}\n ]\n}}\n'


VARIED = ("overlap_first", "overlap_most")


def main() -> None:
    """Simulate and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    rule = rule_of()
    rows = list(forecast(rule, arguments.seeds))
    arguments.out.write_text(document(rule, rows, arguments.seeds), "utf-8")


if __name__ == "__main__":
    main()
