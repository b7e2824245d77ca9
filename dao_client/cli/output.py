"""Print what a command found: for people as tables, for programs as JSON; progress to stderr."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dao_client.moments import write_moment

Row = Mapping[str, Any]

MOMENTS = ("_at", "_by", "_from", "_deadline", "clock")
"""Fields that end so hold seconds since 1970."""
NAME_WIDTH = 22
"""What stands in the first column of a table is not folded if it is no longer."""


def show(value: Row | Sequence[Row], *, as_json: bool) -> None:
    """Print one record, or a list of records with the same fields."""
    if as_json:
        typer.echo(json.dumps(value, indent=2))
        return
    console = Console()
    rows = [value] if isinstance(value, Mapping) else value
    if not rows:
        console.print("nothing found")
    elif len(rows) == 1:
        _print_record(console, rows[0])
    else:
        console.print(_table(rows))


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Show on a terminal that something takes a while; programs that read stderr see nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(what):
        yield


def say(text: str) -> None:
    """Print a remark on stderr, where it disturbs no program that reads the output."""
    Console(stderr=True, soft_wrap=True).print(text, markup=False, highlight=False)


def _print_record(console: Console, record: Row) -> None:
    """Print a line for each field, never folded: addresses and hashes are there to be copied."""
    width = max(map(len, record))
    for key, value in record.items():
        line = Text(f"{key.replace('_', ' '):<{width}}  ", style="bold")
        console.print(line.append(Text(_field(key, value), style="not bold")), soft_wrap=True)


def _table(records: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, key in enumerate(records[0]):
        widest = max(len(_field(key, record[key])) for record in records)
        least = 0 if place else min(widest, NAME_WIDTH)
        table.add_column(key.replace("_", " "), overflow="fold", min_width=least)
    for record in records:
        table.add_row(*(Text(_field(key, value)) for key, value in record.items()))
    return table


def _field(key: str, value: Any) -> str:  # noqa: ANN401
    """Write a value; a field whose name says so is a moment."""
    if isinstance(value, int) and key.endswith(MOMENTS):
        return write_moment(value)
    return _text(value)


def _text(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value)) or "-"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_text(each)}" for key, each in value.items()) or "-"
    return str(value)
