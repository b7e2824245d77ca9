"""The command `tessera`. Packages above this one plug their commands in as entry points."""

import sys
from importlib.metadata import entry_points

import typer

from dao_client.cli import chain, dispute, operator, stake, store, task, task_ending, wallet
from dao_client.cli.answer import answer
from dao_client.cli.claim import claim
from dao_client.cli.output import say
from dao_client.errors import TesseraError
from ipfs_store import IpfsStoreError

__all__ = ["build_app", "main"]

PLUG_INS = "tessera.commands"
"""Entry points of this group name a function that takes the app and adds commands to it."""


def build_app() -> typer.Typer:
    """Return the whole command, plug-ins included."""
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="Tessera: post tasks, answer them, decide them, and check what was decided.",
    )
    task_ending.register(task.app)
    app.add_typer(task.app, name="task")
    app.command()(answer)
    app.command()(claim)
    app.add_typer(stake.app, name="stake")
    app.add_typer(operator.app, name="operator")
    app.add_typer(dispute.app, name="dispute")
    app.add_typer(store.app, name="store")
    app.add_typer(wallet.app, name="wallet")
    app.add_typer(chain.app, name="chain")
    _plug_in(app)
    return app


def _plug_in(app: typer.Typer) -> None:
    """Add the commands of other packages; one whose libraries are missing costs only itself."""
    for entry in sorted(entry_points(group=PLUG_INS), key=lambda each: each.name):
        try:
            register = entry.load()
        except ImportError as error:
            say(f"warning: the commands of `{entry.name}` are left out: {error}")
            continue
        register(app)


def main() -> None:
    """Run one command; what went wrong is one line on stderr and exit code 1."""
    try:
        build_app()()
    except (TesseraError, IpfsStoreError, OSError) as error:
        say(f"error: {error}")
        sys.exit(1)
