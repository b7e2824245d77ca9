"""Figures of accuracy as rows of text, for the page and the terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

WIDTH = 200
SHORT = {
    "majority": "MV",
    "stake_weighted": "stake",
    "wawa": "Wawa",
    "zero_based_skill": "ZBS",
    "dawid_skene": "DS",
    "one_coin": "one-coin",
    "glad": "GLAD",
    "mace": "MACE",
    "gold_majority": "gold MV",
    "gold_dawid_skene": "DS",
}
THEIRS = "crowd-kit "
AUDITED = " + audits"
OURS_FIRST = "anchored"

Figures = dict[str, Any]
Row = Sequence[str]


def is_ours(name: str) -> bool:
    return not name.startswith(THEIRS)


def order(choice: Figures) -> list[str]:
    """Name the methods: `anchored`, the rest of ours, then crowd-kit's."""
    return sorted(
        choice["means"],
        key=lambda name: (not is_ours(name), AUDITED in name, not name.startswith(OURS_FIRST)),
    )


def choice_heading(choice: Figures, ours: bool, audited: bool = False) -> Row:
    return "set", *(_short(name) for name in _chosen(choice, ours, audited))


def choice_rows(choice: Figures, key: str, ours: bool, audited: bool = False) -> Iterator[Row]:
    """Give one row per set and one of means; `key` is a figure's name."""
    names = _chosen(choice, ours, audited)
    for name, found in choice["sets"].items():
        yield name, *_cells(found["methods"], names, key)
    yield "**mean**", *_cells(choice["means"], names, key)


def kind_rows(kinds: Figures) -> Iterator[Row]:
    """Give one row per set of every other kind of answer: ours, then others."""
    for kind, found in kinds.items():
        for name, results in found["sets"].items():
            ours = [each for each in results if is_ours(each) and " " not in each]
            others = [each for each in results if each not in ours]
            yield (
                name,
                f"{kind}: {found['measure']}",
                ", ".join(f"{_short(each)} {results[each]:.4g}" for each in ours),
                ", ".join(f"{_short(each)} {results[each]:.4g}" for each in others),
            )


def compare_rows(choice: Figures) -> Iterator[Row]:
    """Give each method: mean accuracy, worst against majority, calibration, CPU time."""
    for name in order(choice):
        means, worst = choice["means"][name], choice["worst_against_majority"].get(name)
        yield (
            _short(name) if is_ours(name) else f"crowd-kit {_short(name)}",
            f"{means['accuracy']:.2f}",
            f"{worst['points']:+.1f} {worst['set']}" if worst else "",
            f"{means['ece_bps']:.0f}",
            f"{means['cpu_seconds']:.3f}",
        )


def print_figures(report: Figures) -> None:
    """Print what matters most."""
    console = Console(width=WIDTH)
    choice = report["choice"]
    methods = ("method", "accuracy %", "worst against majority", "ECE, bps", "CPU s")
    console.print(_rich("means over the sets", methods, compare_rows(choice)))
    for ours in (True, False):
        rows = choice_rows(choice, "accuracy", ours)
        title = "accuracy, ours" if ours else "accuracy, crowd-kit"
        console.print(_rich(title, choice_heading(choice, ours), rows))
    kinds = ("set", "measure", "ours", "others")
    console.print(_rich("other kinds", kinds, kind_rows(report["kinds"])))
    console.print(choice["gain_by_audits"])


def _rich(title: str, heads: Row, rows: Iterator[Row]) -> Table:
    table = Table(title=title)
    for place, column in enumerate(heads):
        table.add_column(column, justify="right" if place else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _chosen(choice: Figures, ours: bool, audited: bool) -> list[str]:
    return [
        name for name in order(choice) if is_ours(name) == ours and (AUDITED in name) == audited
    ]


def _cells(methods: Figures, names: Sequence[str], key: str) -> Iterator[str]:
    for name in names:
        value = methods[name].get(key)
        digits = 0 if key == "ece_bps" else 1
        yield f"{value:.{digits}f}" if value is not None else ""


def _short(name: str) -> str:
    bare = name.removeprefix(THEIRS).removesuffix(AUDITED)
    return f"{SHORT.get(bare, bare)}{' + audits' if name.endswith(AUDITED) else ''}"
