"""Run `tessera` in this process, as a shell would."""

import io
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from dao_client.cli import main
from tests.integration.sdk_world import SdkWorld


@dataclass(frozen=True)
class CommandLine:
    """A shell with the variables of one world."""

    variables: Mapping[str, str]

    def __call__(self, *arguments: object) -> Any:
        """Run one command; return its JSON, or its error's text when it fails."""
        code, out, err = self.run(*arguments, "--json")
        if code:
            assert "Traceback" not in err
            return err.splitlines()[-1] if err else json.loads(out)
        return json.loads(out)

    def shown(self, *arguments: object) -> str:
        """Run one command; return what people see."""
        code, out, err = self.run(*arguments)
        assert code == 0, err
        return out

    def run(self, *words: object) -> tuple[int, str, str]:
        """Run one command; return its exit code, its output and its remarks."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name, value in self.variables.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["tessera", *map(str, words)])
            with pytest.raises(SystemExit) as ended:
                main()
        return int(ended.value.code or 0), out.getvalue(), err.getvalue()


class Terminal(io.StringIO):
    """Where a person types."""

    def isatty(self) -> bool:
        return True


class Place(Protocol):
    """A chain with our contracts, its folder, and a store."""

    @property
    def url(self) -> str: ...

    @property
    def folder(self) -> Path: ...

    @property
    def store_url(self) -> str: ...


def command_line_at(place: Place, **variables: object) -> CommandLine:
    """Return a shell that knows a place, and more variables: `gateway=…` is TESSERA_GATEWAY."""
    known = {
        "TESSERA_RPC": place.url,
        "TESSERA_DEPLOYMENT": str(place.folder / "deployment.json"),
        "TESSERA_STORE": place.store_url,
    }
    more = {f"TESSERA_{name.upper()}": str(value) for name, value in variables.items()}
    return CommandLine(known | more)


def command_line(world: SdkWorld) -> CommandLine:
    """Return a shell that knows the node, the contracts and the store."""
    return CommandLine(
        {
            "TESSERA_RPC": world.node.url,
            "TESSERA_DEPLOYMENT": str(world.deployment_file),
            "TESSERA_STORE": f"folder:{world.deployment_file.parent / 'store'}",
            "TESSERA_ANSWERS": str(world.deployment_file.parent / "answers"),
        }
    )
