"""
Measure the goals of the mechanism in full, and every strategy, and write what was found.

    python -m benchmarks.mechanism [--seed N] [--out FILE]

Ends with 1 if a goal does not hold. `tessera simulate` measures less of it in a minute.
"""

import argparse
import json
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from .comparison import compare, steps
from .goals import FULL, judge_goals, measure
from .records import plain, record_of
from .rule import rule_of
from .tables import goal_table

OUT = Path(__file__).resolve().parents[1] / "results" / "mechanism.json"
SEEDS = 20
"""Crowds for the table of strategies."""


def main() -> None:
    """Measure, print and write the figures."""
    arguments = _arguments()
    rule, total = rule_of(), FULL.steps + steps(4)
    console = Console(stderr=True)
    with Progress(console=console) if console.is_terminal else nullcontext() as bar:
        running = bar.add_task("simulating", total=total) if bar else None

        def tick() -> None:
            if bar is not None and running is not None:
                bar.advance(running)

        figures = measure(rule, arguments.seed, FULL, tick)
        rows = [plain(each) for each in compare(rule, arguments.seed, SEEDS, tick)]
    goals = judge_goals(figures, rule, arguments.seed, FULL)
    Console().print(goal_table(goals))
    report: dict[str, Any] = {
        "seed": arguments.seed,
        "parameters": asdict(rule),
        "goals": [asdict(each) for each in goals],
        "strategies": rows,
        **record_of(figures),
    }
    arguments.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    if not all(each.holds for each in goals):
        raise SystemExit("a goal does not hold")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args()


if __name__ == "__main__":
    main()
