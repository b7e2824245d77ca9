"""Plots as SVG whose bytes depend on the figures alone."""

from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """Return an empty plot; sizes in inches."""
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    axes: Axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def save(figure: Figure, path: Path) -> None:
    """Write the plot without date and random ids."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context({"svg.hashsalt": "tessera", "svg.fonttype": "none"}):
        figure.savefig(path, format="svg", metadata={"Date": None})
