"""
Label public crowds with every registered method and compare with what others reach.

    python -m benchmarks.accuracy [--folder DIR] [--out FILE]

The data is not ours to copy: without `../shared/data` this says so and measures nothing.
"""

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from oracle.aggregate import METHODS
from oracle.crowd_file import count_right, read_crowd, read_truths

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
WITHOUT_ANCHOR = ("quiz_chinese", "quiz_pokemon", "quiz_science", "sp_art", "sp_states")
BOUND = "truth-fitted oracle"
"""Not a method: it is told the truth. The best that a method of this family could reach."""

WIDTH = 110

Percents = Mapping[str, float | None]


@dataclass(frozen=True)
class SetResult:
    """One crowd: percent of labels that are right, ours and (where known) those of others."""

    items: int
    workers: int
    answers: int
    judged: int
    ours: dict[str, float]
    others: Percents


def main() -> None:
    """Measure, print and write the figures."""
    arguments = _arguments()
    if not arguments.folder.is_dir():
        print(f"no crowds at {arguments.folder}: accuracy was not measured")
        return
    anchors: dict[str, Percents] = json.loads((ROOT / "benchmarks/anchors.json").read_text())[
        "accuracy"
    ]["sets"]
    results = {
        name: measure_set(arguments.folder / name, anchors.get(name, {}))
        for name in (*anchors, *WITHOUT_ANCHOR)
        if (arguments.folder / name).is_dir()
    }
    report = summarise(results)
    Console(width=WIDTH).print(_table(results))
    arguments.out.write_text(json.dumps(report, indent=2) + "\n", "utf-8")


def measure_set(folder: Path, others: Percents) -> SetResult:
    """Label one crowd with every method and count what is right."""
    crowd = read_crowd(folder / "answers.csv.gz")
    truths = read_truths(folder / "truth.csv.gz")
    counted = {
        name: count_right(crowd, method.labels_of(crowd.answers), truths)
        for name, method in METHODS.items()
    }
    return SetResult(
        items=len(crowd.items),
        workers=len(crowd.workers),
        answers=int(crowd.answers.items.size),
        judged=next(iter(counted.values()))[1],
        ours={name: round(100 * right / known, 2) for name, (right, known) in counted.items()},
        others=others,
    )


def summarise(results: Mapping[str, SetResult]) -> dict[str, object]:
    """Join the sets with means over those that others were measured on, and our worst cases."""
    compared = [each for each in results.values() if each.others]
    others = {name: [each.others[name] for each in compared] for name in _other_methods(compared)}
    return {
        "sets": {name: asdict(each) for name, each in results.items()},
        "mean_over": len(compared),
        "mean_ours": {
            method: _mean([each.ours[method] for each in compared]) for method in METHODS
        },
        "mean_others": {
            name: _mean([value for value in values if value is not None])
            for name, values in others.items()
            if None not in values
        },
        "worst_against_majority": {method: _worst(results, method) for method in METHODS},
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=DATA, help="where the crowds are")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results/accuracy.json")
    return parser.parse_args()


def _other_methods(compared: list[SetResult]) -> list[str]:
    return list(compared[0].others) if compared else []


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 2) if values else 0.0


def _worst(results: Mapping[str, SetResult], method: str) -> dict[str, object]:
    """Find the set on which a method falls furthest below majority, or gains least."""
    gains = {name: each.ours[method] - each.ours["majority"] for name, each in results.items()}
    worst = min(gains, key=gains.__getitem__)
    return {"set": worst, "points": round(gains[worst], 2)}


def best_other(others: Percents) -> tuple[float, str] | None:
    """Return the best figure of another method on a set, and whose it is."""
    known = [(value, name) for name, value in others.items() if value and name != BOUND]
    return max(known, default=None)


def _table(results: Mapping[str, SetResult]) -> Table:
    table = Table(title="labels that are right, percent")
    for column in ("set", *METHODS, "best other", BOUND):
        table.add_column(column, justify="left" if column == "set" else "right")
    for name, result in results.items():
        best, bound = best_other(result.others), result.others.get(BOUND)
        figures = [f"{result.ours[method]:.1f}" for method in METHODS]
        table.add_row(
            name, *figures, f"{best[0]} {best[1]}" if best else "", str(bound) if bound else ""
        )
    return table


if __name__ == "__main__":
    main()
