"""
Print our ratios to the anchors and write `docs/benchmarks.md` from the committed results.

    python -m benchmarks.report
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.accuracy import BOUND, best_other
from benchmarks.gas.snapshot import LIKE, THEIRS

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "benchmarks.md"
TEMPLATE = ROOT / "benchmarks" / "page.md"
MEGABYTE = 10**6
WIDTH = 110

Row = Sequence[str]
Ratio = tuple[str, str, str, str]
"""What, ours, theirs with their name, ours divided by theirs."""


def main() -> None:
    """Print the ratios and write the page."""
    gas, storage, accuracy = (load(name) for name in ("gas", "storage", "accuracy"))
    table = Table(title="ours beside the best known")
    for column in ("what", "ours", "best known", "ratio"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for row in (*storage_ratios(storage), *gas_ratios(gas), *accuracy_ratios(accuracy)):
        table.add_row(*row)
    Console(width=WIDTH).print(table)
    PAGE.write_text(render(gas, storage, accuracy), "utf-8")


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
    """Compare the mean accuracy of our methods with that of the best other method."""
    best = best_other(accuracy["mean_others"])
    if best is None:
        return
    for method, mean in accuracy["mean_ours"].items():
        ratio = f"{mean / best[0]:.3f}"
        yield f"mean accuracy of {method}, %", f"{mean:.2f}", f"{best[0]:.2f} {best[1]}", ratio


def render(gas: dict[str, Any], storage: dict[str, Any], accuracy: dict[str, Any]) -> str:
    """Write the page."""
    heads = {
        "gas": ("step", "Anvil", "Ganache", "limit", "best known", "ratio"),
        "governance": ("step", "ours", "OpenZeppelin, same run", "ratio"),
        "accuracy": ("set", *accuracy["mean_ours"], "best other", BOUND),
        "storage": ("what", "ours", "best known", "ratio"),
    }
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        gas=_table(heads["gas"], _gas_rows(gas)),
        governance=_table(heads["governance"], _governance_rows(gas)),
        accuracy=_table(heads["accuracy"], _accuracy_rows(accuracy)),
        worst=_worst(accuracy),
        storage=_table(heads["storage"], storage_ratios(storage)),
    )


def _table(head: Row, rows: Iterator[Row]) -> str:
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


def _accuracy_rows(accuracy: dict[str, Any]) -> Iterator[Row]:
    means = {"ours": accuracy["mean_ours"], "others": accuracy["mean_others"]}
    named = {**accuracy["sets"], f"mean of the first {accuracy['mean_over']}": means}
    for name, row in named.items():
        best, bound = best_other(row["others"]), row["others"].get(BOUND)
        yield (
            name,
            *(f"{value:.1f}" for value in row["ours"].values()),
            f"{best[0]:.1f} {best[1]}" if best else "",
            f"{bound:.1f}" if bound else "",
        )


def _worst(accuracy: dict[str, Any]) -> str:
    worst = accuracy["worst_against_majority"]
    told = [
        f"`{name}` {each['points']:+.1f} points on {each['set']}" for name, each in worst.items()
    ]
    return f"Worst against `majority`, over all these sets: {', '.join(told)}."


if __name__ == "__main__":
    main()
