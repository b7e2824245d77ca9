"""Print what a command found: for people as tables, for programs as JSON; progress to stderr."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = Mapping[str, Any]


def show(value: Row | Sequence[Row], *, as_json: bool) -> None:
    """Print one record, or a list of records with the same fields."""
    console = Console(soft_wrap=True)
    if as_json:
        typer.echo(json.dumps(value, indent=2))
    elif isinstance(value, Mapping):
        console.print(_grid(value))
    elif value:
        console.print(_table(value))
    else:
        console.print("nothing found")


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Show on stderr that something takes a while; a plain line where there is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(what):
        yield


def say(text: str) -> None:
    """Print a remark on stderr, where it disturbs no program that reads the output."""
    Console(stderr=True, soft_wrap=True).print(text, markup=False, highlight=False)


def _grid(record: Row) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for key, value in record.items():
        grid.add_row(key.replace("_", " "), Text(_text(value)))
    return grid


def _table(records: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in records[0]:
        table.add_column(key.replace("_", " "), overflow="fold")
    for record in records:
        table.add_row(*(Text(_text(value)) for value in record.values()))
    return table


def _text(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_text(each)}" for key, each in value.items())
    return str(value)
