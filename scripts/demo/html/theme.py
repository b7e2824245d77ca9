"""Colours that follow the page: matplotlib draws in markers, the page decides what they are."""

import io
import re
from enum import StrEnum
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure


class Colour(StrEnum):
    """Marker colours; each becomes the CSS variable of its name."""

    INK = "#000001"
    MUTED = "#000002"
    LINE = "#000003"
    OURS = "#000004"
    OTHER = "#000005"
    BAD = "#000006"
    SURFACE = "#000007"
    PLAIN = "#000008"


STYLE: dict[Any, object] = {
    "svg.fonttype": "none",
    "font.size": 10,
    "text.color": Colour.INK.value,
    "axes.labelcolor": Colour.MUTED.value,
    "axes.edgecolor": Colour.LINE.value,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": Colour.LINE.value,
    "grid.linewidth": 0.7,
    "xtick.color": Colour.LINE.value,
    "ytick.color": Colour.LINE.value,
    "xtick.labelcolor": Colour.MUTED.value,
    "ytick.labelcolor": Colour.INK.value,
    "legend.frameon": False,
}


def new_chart(name: str, width: float, height: float) -> tuple[Figure, Axes]:
    """Open a transparent figure; `name` keeps the identifiers of two charts in one page apart."""
    matplotlib.rcParams.update({**STYLE, "svg.hashsalt": name})
    figure = Figure(figsize=(width, height), layout="constrained")
    figure.patch.set_alpha(0)
    axes = figure.add_subplot()
    axes.patch.set_alpha(0)
    return figure, axes


def svg_of(figure: Figure, alternative: str) -> str:
    """Draw a figure as inline SVG that scales with the page and takes its colours from it."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None})
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    for colour in Colour:
        text = text.replace(colour.value, f"var(--{colour.name.lower()})")
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"font: ([0-9.]+px) [^;\"]*", r"font-size: \1", text)
    text = re.sub(r'<svg ([^>]*?)height="[^"]*"', r"<svg \1", text, count=1)
    text = re.sub(r'<svg ([^>]*?)width="[^"]*"', r"<svg \1", text, count=1)
    return text.replace("<svg ", f'<svg role="img" aria-label="{alternative}" ', 1)
