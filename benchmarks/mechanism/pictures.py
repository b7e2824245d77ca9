"""Draw what the simulator found; the same figures give the same bytes.

All take records, as they stand in `benchmarks/results/mechanism.json`.
"""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.drawing import canvas, save

Record = dict[str, Any]
COLOURS = {
    "K2-balanced": "tab:blue",
    "K2-skew80": "tab:orange",
    "K4-balanced": "tab:green",
    "K5-skew": "tab:red",
}


def draw_strategies(rows: list[Record], path: Path) -> None:
    """Show what every strategy nets, one mark for each kind of task, with its interval."""
    figure, axes = canvas(8, 5)
    names = list(dict.fromkeys(row["strategy"] for row in rows))
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    for place, kind in enumerate(kinds):
        own = [row for row in rows if row["kind"] == kind]
        heights = [names.index(row["strategy"]) + 0.15 * (place - 1.5) for row in own]
        axes.errorbar(
            [row["net"] for row in own],
            heights,
            xerr=[row["net_pm"] for row in own],
            fmt="o",
            markersize=4,
            color=COLOURS[kind],
            label=kind,
        )
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("net per answer, nominal prices")
    axes.legend(fontsize=7)
    save(figure, path)


def draw_overlaps(rows: list[Record], path: Path) -> None:
    """Show what honest work and the best spammer net at every fixed overlap."""
    figure, axes = canvas(6, 4)
    for kind, colour in COLOURS.items():
        for strategy, style in (("honest", "-"), ("best spammer", "--")):
            own = [row for row in rows if (row["kind"], row["strategy"]) == (kind, strategy)]
            axes.plot(
                [row["overlap"] for row in own],
                [row["net"] for row in own],
                style,
                marker=".",
                color=colour,
                label=f"{strategy}, {kind}",
            )
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set_xlabel("answers per item")
    axes.set_ylabel("net per answer, nominal prices")
    axes.legend(fontsize=6, ncol=2)
    save(figure, path)


def draw_rings(rows: list[Record], path: Path) -> None:
    """Show how often labels are right by the share of a ring: newcomers, and the last epoch."""
    figure, axes = canvas(6, 4)
    for (kind, colour), (epoch, style) in (
        (each, line) for each in COLOURS.items() for line in ((1, ":"), (4, "-"))
    ):
        own = [row for row in rows if (row["kind"], row["epoch"]) == (kind, epoch)]
        axes.plot(
            [row["share"] for row in own],
            [row["accuracy"] for row in own],
            style,
            marker=".",
            color=colour,
            label=f"{kind}, epoch {epoch}",
        )
    bounds = [(0.0, 0.95), (0.4, 0.92), (0.5, 0.90), (0.6, 0.87)]
    axes.plot(*zip(*bounds, strict=True), "v", color="black", label="must be above")
    axes.set_xlabel("share of the ring")
    axes.set_ylabel("share of labels that are right")
    axes.legend(fontsize=6, ncol=2)
    save(figure, path)


def draw_dynamics(courses: dict[str, list[float]], path: Path) -> None:
    """Show the share of honest workers from generation to generation."""
    figure, axes = canvas(6, 3.5)
    for kind, course in courses.items():
        axes.plot(np.arange(len(course)), course, color=COLOURS[kind], label=kind)
    axes.axhline(0.95, color="grey", linewidth=0.8, linestyle=":")
    axes.set_xlabel("generation")
    axes.set_ylabel("share of honest workers")
    axes.legend(fontsize=7)
    save(figure, path)


def draw_goals(record: Record, folder: Path, prefix: str = "") -> list[Path]:
    """Draw everything that goals were measured by; return the files."""
    paths = [folder / f"{prefix}{name}.svg" for name in ("overlaps", "rings", "dynamics")]
    draw_overlaps(record["overlaps"], paths[0])
    draw_rings(record["rings"], paths[1])
    draw_dynamics(record["dynamics"], paths[2])
    return paths
