"""Rows and plot of what aggregation costs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.drawing import canvas, save

Figures = dict[str, Any]
Row = Sequence[str]
MEGABYTE = 10**6
THEIRS = "crowd-kit"

SIZE_HEADING: Row = (
    *("answers", "method", "program", "CPU s", "ratio", "peak MB", "ratio"),
    *("iterations", "ln likelihood"),
)
GROWTH_HEADING: Row = (
    *("grows", "answers", "workers", "labels", "passes", "CPU s"),
    *("ns per answer and pass", "peak MB"),
)


def size_rows(speed: Figures) -> Iterator[Row]:
    """Give one row per size, method and program; ratios are ours divided by crowd-kit's."""
    for size, methods in speed["sizes"].items():
        for method, runs in methods.items():
            for program, costs in runs.items():
                theirs = runs.get(THEIRS) if program != THEIRS else None
                likelihood = costs.get("log_likelihood")
                yield (
                    f"{size}M",
                    f"`{method}`",
                    program,
                    f"{costs['cpu_seconds']:.2f}",
                    _ratio(costs, theirs, "cpu_seconds"),
                    f"{costs['peak_rss_bytes'] / MEGABYTE:,.0f}",
                    _ratio(costs, theirs, "peak_rss_bytes"),
                    str(costs["iterations"]),
                    f"{likelihood:,.1f}" if likelihood else "",
                )


def growth_rows(speed: Figures) -> Iterator[Row]:
    """Give one row per crowd."""
    for what, crowds in speed["growth"].items():
        for costs in crowds:
            yield (
                what,
                *(f"{costs[key]:,}" for key in ("answers", "workers", "labels")),
                str(costs["passes"]),
                f"{costs['cpu_seconds']:.2f}",
                f"{costs['nanoseconds_per_answer_and_pass']:.0f}",
                f"{costs['peak_rss_bytes'] / MEGABYTE:,.0f}",
            )


def draw_speed(speed: Figures, path: Path) -> None:
    """Show CPU time against answers, for both programs."""
    figure, axes = canvas(4.6, 4.2)
    for method in ("dawid_skene", "majority"):
        for program, style in (("ours, answers", "-o"), ("ours, table", ":o"), (THEIRS, "--s")):
            points = [
                (int(size) * 10**6, methods[method][program]["cpu_seconds"])
                for size, methods in speed["sizes"].items()
                if program in methods[method]
            ]
            axes.plot(*zip(*points, strict=True), style, markersize=4, label=f"{method}, {program}")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("answers")
    axes.set_ylabel("CPU seconds")
    axes.legend(fontsize=7)
    save(figure, path)


def _ratio(costs: Figures, theirs: Figures | None, key: str) -> str:
    return f"{costs[key] / theirs[key]:.3f}" if theirs else ""
