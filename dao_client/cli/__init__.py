"""The command `tessera`. Packages above this one plug their commands in as entry points."""

import sys
import warnings
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points

from dao_client.cli.lazy import LazyGroup, lazy_group
from dao_client.cli.output import say

__all__ = ["build_app", "main"]

PLUG_INS = "tessera.commands"
"""Entry points of this group name a command, and the function or `typer.Typer` behind it."""

COMMANDS = {
    "task": "dao_client.cli.task:app",
    "next": "dao_client.cli.next:next_items",
    "answer": "dao_client.cli.answer:answer",
    "reveal": "dao_client.cli.reveal:reveal",
    "claim": "dao_client.cli.claim:claim",
    "stake": "dao_client.cli.stake:app",
    "operator": "dao_client.cli.operator:app",
    "dispute": "dao_client.cli.dispute:app",
    "gov": "dao_client.cli.gov:app",
    "params": "dao_client.cli.params:app",
    "fees": "dao_client.cli.fees:app",
    "earn": "dao_client.cli.earn:app",
    "treasury": "dao_client.cli.treasury:app",
    "store": "dao_client.cli.store:app",
    "wallet": "dao_client.cli.wallet:app",
    "chain": "dao_client.cli.chain:app",
}
EXPECTED = "dao_client.cli.failures:EXPECTED"
ABOUT = "Tessera: post tasks, answer them, decide them, and check what was decided."


def build_app() -> LazyGroup:
    """Return the whole command, plug-ins included."""
    return lazy_group(_entries(), ABOUT)


def _entries() -> Iterator[EntryPoint]:
    for name, place in COMMANDS.items():
        yield EntryPoint(name, place, PLUG_INS)
    yield from sorted(entry_points(group=PLUG_INS), key=lambda each: each.name)


def main() -> None:
    """Run one command; what went wrong is one line on stderr and exit code 1."""
    warnings.filterwarnings("ignore", category=FutureWarning, module="urllib3")  # of ipfshttpclient
    try:
        build_app()()
    except Exception as error:
        if not isinstance(error, EntryPoint("failures", EXPECTED, PLUG_INS).load()):
            raise
        say(f"error: {_text(error)}")
        sys.exit(1)


def _text(error: Exception) -> str:
    """Return an error's own text; the system's names a file and why it does not serve."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)
