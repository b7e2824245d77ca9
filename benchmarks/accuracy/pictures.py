"""Draw the figures of accuracy; the same figures give the same bytes."""

from pathlib import Path
from typing import Any

from matplotlib.axes import Axes

from benchmarks.accuracy.tables import SHORT, THEIRS, is_ours
from benchmarks.drawing import canvas, save

Figures = dict[str, Any]
OURS = "anchored"


def draw_accuracy(choice: Figures, path: Path) -> None:
    """Show each method's gain over our majority on every set, `anchored` in front."""
    figure, axes = canvas(9, 4.2)
    names = list(choice["sets"])
    for method in choice["means"]:
        if "audits" not in method and method not in ("majority", "stake_weighted"):
            _draw_gains(axes, choice, names, method)
    axes.axhline(0, color="black", linewidth=0.8)
    axes.axhline(-1, color="grey", linewidth=0.8, linestyle=":")
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right", fontsize=8)
    axes.set_ylabel("points above majority")
    axes.legend(fontsize=7, ncol=2)
    save(figure, path)


def draw_reliability(choice: Figures, path: Path) -> None:
    """Show how often labels of a given confidence are right, over all sets."""
    figure, axes = canvas(4.6, 4.2)
    axes.plot([0, 1], [0, 1], color="black", linewidth=0.8)
    shown = [OURS, "majority", "dawid_skene", f"{THEIRS}dawid_skene", f"{THEIRS}glad"]
    for method in shown:
        bins = choice["reliability"].get(method, [])
        axes.plot(
            [each["confidence"] for each in bins],
            [each["accuracy"] for each in bins],
            marker="o",
            markersize=3,
            linewidth=2 if method == OURS else 1,
            label=_label(method),
        )
    axes.set_xlabel("confidence")
    axes.set_ylabel("share of labels that are right")
    axes.legend(fontsize=7)
    save(figure, path)


def _draw_gains(axes: Axes, choice: Figures, names: list[str], method: str) -> None:
    found = [choice["sets"][name]["methods"] for name in names]
    gains = [each[method]["accuracy"] - each["majority"]["accuracy"] for each in found]
    if method == OURS:
        axes.plot(gains, "D", color="crimson", markersize=7, label=OURS, zorder=3)
    elif not is_ours(method):
        axes.plot(gains, ".", markersize=7, alpha=0.7, label=_label(method))


def _label(method: str) -> str:
    bare = method.removeprefix(THEIRS)
    return f"{'' if is_ours(method) else THEIRS}{SHORT.get(bare, bare)}"
