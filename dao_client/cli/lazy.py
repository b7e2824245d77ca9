"""Load a command only when it is run: `tessera --help` and typing errors should cost nothing.

Each command is named as entry points name objects, `package.module:name`. The overview takes its
line from the source text: a function's docstring, or the `help` that a `typer.Typer` is made with.
"""

import ast
from collections.abc import Iterable
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from dao_client.cli.output import say


class LazyCommand(TyperCommand):
    """A command's name and what it is for; the rest is loaded when it is run."""

    def __init__(self, entry: EntryPoint) -> None:
        super().__init__(entry.name, help=read_help(entry))
        self.entry = entry


class LazyGroup(TyperGroup):
    """Commands of which only the chosen one is loaded."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Return the chosen command, loaded."""
        name, command, rest = super().resolve_command(ctx, args)
        if isinstance(command, LazyCommand):
            return name, load_command(command.entry), rest
        return name, command, rest


def lazy_group(entries: Iterable[EntryPoint], text: str) -> LazyGroup:
    """Return a group of commands, in this order."""
    commands = [LazyCommand(entry) for entry in entries]
    return LazyGroup(name="tessera", commands=commands, help=text, no_args_is_help=True)


def load_command(entry: EntryPoint) -> Any:  # noqa: ANN401
    """Import a command: a function becomes one, a `typer.Typer` is one or a group of them."""
    try:
        found = entry.load()
    except ImportError as error:
        say(f"error: `tessera {entry.name}` is not installed completely: {error}")
        raise SystemExit(1) from error
    if isinstance(found, typer.Typer):
        app = found
    else:
        app = typer.Typer(add_completion=False)
        app.command(entry.name)(found)
    command = typer.main.get_command(app)
    command.name = entry.name
    return command


def read_help(entry: EntryPoint) -> str:
    """Return what a command is for, without running its module."""
    source = _source(entry.module)
    if source is None:
        return ""
    for node in ast.parse(source.read_bytes()).body:
        if isinstance(node, ast.FunctionDef) and node.name == entry.attr:
            return (ast.get_docstring(node) or "").partition("\n\n")[0]
        if isinstance(node, ast.Assign) and entry.attr in map(ast.unparse, node.targets):
            return _keyword(node.value, "help")
    return ""


def _source(module: str) -> Path | None:
    """Find a module's file; only top packages are looked up, so nothing is imported."""
    top, *rest = module.split(".")
    spec = find_spec(top)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0], *rest).with_suffix(".py")
    return path if path.exists() else None


def _keyword(call: ast.expr, name: str) -> str:
    keywords = call.keywords if isinstance(call, ast.Call) else []
    values = [each.value for each in keywords if each.arg == name]
    return str(ast.literal_eval(values[0])) if values else ""
