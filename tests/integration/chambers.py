"""A world in which somebody has the stake to decide, and the steps of a decision."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dao_client.nodes import advance
from tests.integration.commands import CommandLine, command_line
from tests.integration.sdk_world import DAY, REQUESTER, SdkWorld, sdk_world

WHALE = REQUESTER
"""Holds half of all TES on the first day; stakes and locks enough for any quorum of stake."""
STAKE = 20_000_000
TES = 10**18


@dataclass(frozen=True)
class Chamber:
    """A world, its command line, and where to put files."""

    world: SdkWorld
    tessera: CommandLine
    folder: Path

    def file(self, title: str, *changes: str) -> Path:
        """Write a proposal file."""
        path = self.folder / f"{title.replace(' ', '_')}.yaml"
        listed = "\n".join(f"  - {change}" for change in changes)
        path.write_text(f"title: {title}\ndescription: |\n  Because.\nchanges:\n{listed}\n")
        return path

    def propose(self, title: str, *changes: str) -> str:
        """Propose as the whale; return the id."""
        made = self.tessera("gov", "propose", self.file(title, *changes), *whale())
        assert isinstance(made, dict), made
        return str(made["proposal"])

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        advance(self.world.system.chain, seconds)

    def decide(self, proposal: str) -> Any:
        """Take a proposal of the whale's from Pending to the end of its vote; return it."""
        self.wait(2 * DAY + 60)
        self.tessera("gov", "vote", proposal, "for", *whale())
        self.wait(5 * DAY)
        return self.tessera("gov", "show", proposal)

    def enact(self, title: str, *changes: str) -> Any:
        """Take a proposal through all its steps; return what executing it told."""
        proposal = self.propose(title, *changes)
        assert self.decide(proposal)["state"] == "SUCCEEDED"
        self.tessera("gov", "queue", proposal, "--account", 1)
        self.wait(7 * DAY)
        return self.tessera("gov", "execute", proposal, "--account", 1)


def whale() -> tuple[str, str]:
    """Name the whale's wallet."""
    return ("--account", WHALE.address)


@contextmanager
def chamber(folder: Path) -> Iterator[Chamber]:
    """Start a world on Ganache and let the whale stake."""
    with sdk_world("ganache", folder) as world:
        tessera = command_line(world)
        tessera("stake", "deposit", STAKE, "--token", "tes", *whale())
        tessera("gov", "lock", "365d", *whale())
        advance(world.system.chain, 60)
        yield Chamber(world, tessera, folder)
