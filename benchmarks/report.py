"""
Print our ratios to the anchors and write `docs/benchmarks.md` from the committed results.

    python -m benchmarks.report
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Template
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.accuracy.pictures import draw_accuracy, draw_reliability
from benchmarks.accuracy.tables import (
    choice_heading,
    choice_rows,
    compare_rows,
    is_ours,
    kind_rows,
)
from benchmarks.gas.snapshot import LIKE, THEIRS
from benchmarks.mechanism import tables as mechanism
from benchmarks.mechanism.pictures import draw_goals, draw_strategies
from benchmarks.speed_report import (
    GROWTH_HEADING,
    SIZE_HEADING,
    draw_speed,
    growth_rows,
    size_rows,
)

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "benchmarks.md"
PICTURES = ROOT / "docs" / "benchmarks"
NAMES = ("gas", "storage", "accuracy", "aggregate_speed", "mechanism", "few_answers")
TEMPLATE = ROOT / "benchmarks" / "page.md"
ANCHORS = json.loads((ROOT / "benchmarks" / "anchors.json").read_text("utf-8"))
BOUND = "truth-fitted oracle"
MEGABYTE = 10**6
WIDTH = 110

Row = Sequence[str]
Ratio = tuple[str, str, str, str]
"""What, ours, theirs with their name, ours divided by theirs."""


def main() -> None:
    """Print the ratios and write the page and its pictures."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    results = {name: load(name) for name in NAMES}
    table = Table(title="ours beside the best known")
    for column in ("what", "ours", "best known", "ratio"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for row in (
        *storage_ratios(results["storage"]),
        *gas_ratios(results["gas"]),
        *accuracy_ratios(results["accuracy"]),
        *speed_ratios(results["aggregate_speed"]),
    ):
        table.add_row(*row)
    Console(width=WIDTH).print(table)
    PAGE.write_text(render(results), "utf-8")
    draw(results)


def load(name: str) -> dict[str, Any]:
    """Read one committed result."""
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text("utf-8"))
    return found


def storage_ratios(storage: dict[str, Any]) -> Iterator[Ratio]:
    """Compare packing with npm `ipfs-car`: wall time, processor time, peak memory."""
    ours, theirs = storage["tessera"], storage["ipfs_car"]
    size = f"{storage['bytes'] / 10**9:g} GB into a CAR"
    for what, key in (("seconds", "seconds"), ("CPU seconds", "cpu_seconds")):
        ratio = f"{ours[key] / theirs[key]:.2f}"
        yield f"{size}, {what}", f"{ours[key]:.2f}", f"{theirs[key]:.2f} ipfs-car", ratio
    mine, other = (each["peak_rss_bytes"] / MEGABYTE for each in (ours, theirs))
    yield f"{size}, peak MB", f"{mine:.0f}", f"{other:.0f} ipfs-car", f"{mine / other:.2f}"


def gas_ratios(gas: dict[str, Any]) -> Iterator[Ratio]:
    """Compare each step on Anvil with the best known project's."""
    for step, row in gas["steps"].items():
        best = row.get("best_known")
        if best and LIKE.get(step, step) == step:
            figures = f"{row['anvil']:,}", f"{best:,} {row['by']}"
            yield f"gas of {step}", *figures, f"{row['anvil_to_best']:.3f}"


def accuracy_ratios(accuracy: dict[str, Any]) -> Iterator[Ratio]:
    """Compare the mean accuracy of our methods with that of crowd-kit's best, without audits."""
    means = {
        name: each["accuracy"]
        for name, each in accuracy["choice"]["means"].items()
        if "audits" not in name
    }
    best = max((name for name in means if not is_ours(name)), key=means.__getitem__)
    for name in filter(is_ours, means):
        ratio = f"{means[name] / means[best]:.3f}"
        yield (
            f"mean accuracy of {name}, %",
            f"{means[name]:.2f}",
            f"{means[best]:.2f} {best}",
            ratio,
        )


def speed_ratios(speed: dict[str, Any]) -> Iterator[Ratio]:
    """Compare CPU time and memory with crowd-kit's in the same run."""
    for size, method, program, cpu, cpu_ratio, peak, peak_ratio, *_ in size_rows(speed):
        if cpu_ratio:
            theirs = speed["sizes"][size[:-1]][method.strip("`")]["crowd-kit"]
            what = f"{method.strip('`')} ({program}), {size} answers"
            yield f"{what}, CPU s", cpu, f"{theirs['cpu_seconds']:.2f} crowd-kit", cpu_ratio
            megabytes = f"{theirs['peak_rss_bytes'] / MEGABYTE:,.0f} crowd-kit"
            yield f"{what}, peak MB", peak, megabytes, peak_ratio


def draw(results: dict[str, Any], folder: Path = PICTURES) -> None:
    """Draw what the page shows."""
    choice = results["accuracy"]["choice"]
    draw_accuracy(choice, folder / "accuracy.svg")
    draw_reliability(choice, folder / "reliability.svg")
    draw_speed(results["aggregate_speed"], folder / "speed.svg")
    draw_strategies(results["mechanism"]["strategies"], folder / "mechanism_strategies.svg")
    draw_goals(results["mechanism"], folder, prefix="mechanism_")


def render(results: dict[str, Any]) -> str:
    """Write the page."""
    gas, speed = results["gas"], results["aggregate_speed"]
    choice, kinds = (results["accuracy"][part] for part in ("choice", "kinds"))
    heads = {
        "gas": ("step", "Anvil", "Ganache", "limit", "best known", "ratio"),
        "governance": ("step", "ours", "OpenZeppelin, same run", "ratio"),
        "methods": ("method", "accuracy %", "worst against majority", "ECE, bps", "CPU s"),
        "kinds": ("set", "measure", "ours", "others"),
        "rings": ("task", "ring", "anchored", "least of five", "dawid_skene", "majority"),
        "storage": ("what", "ours", "best known", "ratio"),
    }
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        gas=_table(heads["gas"], _gas_rows(gas)),
        governance=_table(heads["governance"], _governance_rows(gas)),
        methods=_table(heads["methods"], compare_rows(choice)),
        **_choice_tables(choice),
        audits=_audits(choice),
        audit_gain=f"{choice['gain_by_audits']['anchored']['mean']:.2f}",
        delivered_gain=f"{choice['gain_by_audits']['anchored']['delivered']:.2f}",
        rings=_table(heads["rings"], _ring_rows(results["accuracy"]["rings"])),
        kinds=_table(heads["kinds"], kind_rows(kinds)),
        sizes=_table(SIZE_HEADING, size_rows(speed)),
        growth=_table(GROWTH_HEADING, growth_rows(speed)),
        storage=_table(heads["storage"], storage_ratios(results["storage"])),
        **_mechanism_tables(results["mechanism"]),
        few=_table(mechanism.FEW_HEADING, mechanism.few_rows(results["few_answers"])),
    )


def _mechanism_tables(found: dict[str, Any]) -> dict[str, str]:
    """Give the tables of the simulator."""
    return {
        "goals": _table(mechanism.GOAL_HEADING, mechanism.goal_rows(found)),
        "strategies": _table(mechanism.STRATEGY_HEADING, mechanism.strategy_rows(found)),
        "overlaps": _table(mechanism.OVERLAP_HEADING, mechanism.overlap_rows(found)),
        "mechanism_rings": _table(mechanism.RING_HEADING, mechanism.ring_rows(found)),
        "splits": _table(mechanism.SPLIT_HEADING, mechanism.split_rows(found)),
        "mistakes": ", ".join(
            f"{each['slashed']} of {each['settled']:,} on {kind}"
            for kind, each in found["mistakes"].items()
        ),
    }


def _choice_tables(choice: dict[str, Any]) -> dict[str, str]:
    """Give the tables of sets: ours and crowd-kit's, accuracy, calibration and sameness."""
    wanted = {
        "accuracy_theirs": ("accuracy", False),
        "calibration_ours": ("ece_bps", True),
        "calibration_theirs": ("ece_bps", False),
        "same_labels": ("same_labels", True),
    }
    tables = {
        name: _table(choice_heading(choice, ours), choice_rows(choice, key, ours))
        for name, (key, ours) in wanted.items()
    }
    rows = ([*row, _bound(row[0])] for row in choice_rows(choice, "accuracy", True))
    return tables | {"accuracy_ours": _table([*choice_heading(choice, True), BOUND], rows)}


def _bound(name: str) -> str:
    """Return what a model of this family reaches that is told the truth, where ANCHORS says."""
    known = ANCHORS["accuracy"]["sets"].get(name, {}).get(BOUND)
    return f"{known:.1f}" if known else ""


def _audits(choice: dict[str, Any]) -> str:
    """Give the accuracy of every method that was told audits, on the other items."""
    heading = [*choice_heading(choice, True, True), *choice_heading(choice, False, True)[1:]]
    heading[2:] = [f"crowd-kit {name}" for name in heading[2:]]
    rows = zip(
        choice_rows(choice, "accuracy", True, True),
        choice_rows(choice, "without_audits", True, True),
        choice_rows(choice, "accuracy", False, True),
        strict=True,
    )
    table = ([*ours, *blind[1:], *theirs[1:]] for ours, blind, theirs in rows)
    return _table([*heading[:2], "the same items without", *heading[2:]], table)


def _ring_rows(rings: dict[str, Any]) -> Iterator[Row]:
    for kind, shares in rings.items():
        for share, methods in shares.items():
            means = {name: f"{each['mean']:.1f}" for name, each in methods.items()}
            yield (
                kind,
                share,
                means["anchored"],
                f"{methods['anchored']['least']:.1f}",
                means["dawid_skene"],
                means["majority"],
            )


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _gas_rows(gas: dict[str, Any]) -> Iterator[Row]:
    for step, row in gas["steps"].items():
        limit, best = row.get("limit"), row.get("best_known")
        yield (
            f"`{step}`",
            *(_marked(row[chain], limit) for chain in ("anvil", "ganache")),
            f"{limit:,}" if limit else "",
            f"{best:,} {row['by']}" if best else "",
            f"{row['anvil_to_best']:.3f}" if best else "",
        )


def _governance_rows(gas: dict[str, Any]) -> Iterator[Row]:
    """Compare each step of a proposal with OpenZeppelin's in the same run, on Anvil."""
    for step, theirs in gas[THEIRS].items():
        ours = gas["steps"][step]["anvil"]
        yield f"`{step}`", _marked(ours, theirs), f"{theirs:,}", f"{ours / theirs:.3f}"


def _marked(gas: int, limit: int | None) -> str:
    return f"**{gas:,}**" if limit and gas > limit else f"{gas:,}"


if __name__ == "__main__":
    main()
