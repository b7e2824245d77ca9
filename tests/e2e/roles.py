"""Real programs and the command `tessera`, for a test that plays every role from the outside."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from dao_client.keys import LocalSigner
from scripts.demo.processes import Processes
from scripts.demo.stages.programs import free_ports
from scripts.demo.wallets import write_key_file

TESSERA = str(Path(sys.executable).with_name("tessera"))
REQUESTER, GATEWAY, OPERATORS, IGNORED = 0, 1, (2, 3, 4), 5
"""Accounts whose keys the node holds, by their places in its list."""
WORKER = "worker.json"
"""A wallet of its own."""
WAIT_SECONDS = 300.0


@dataclass(frozen=True)
class Ended:
    """What one command came to."""

    code: int
    out: str
    error: str

    @property
    def record(self) -> Any:
        """Its output, one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True)
class World:
    """A folder in which people type commands; programs run beside it."""

    folder: Path
    rpc: str
    gateway_port: int
    programs: Processes

    def environment(self, **more: str) -> dict[str, str]:
        """Return what every program here is told."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TESSERA")}
        return {
            **kept,
            "TESSERA_RPC": self.rpc,
            "TESSERA_DEPLOYMENT": str(self.folder / "deployments" / "1337.json"),
            "TESSERA_STORE": f"folder:{self.folder / 'store'}",
            "TESSERA_GATEWAY": self.gateway_url,
            "TESSERA_PASSWORD": "correct horse",
            **more,
        }

    def begin(self, *words: object, wallet: int | str | None = None) -> "subprocess.Popen[str]":
        """Start a command; a wallet is a keystore's name or an account of the node."""
        named = [] if wallet is None else ["--account", str(wallet)]
        if isinstance(wallet, str):
            named = ["--keystore", wallet]
        return subprocess.Popen(
            [TESSERA, *map(str, words), *named, "--json"],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: object, wallet: int | str | None = None) -> Ended:
        """Run a command to its end."""
        return finish(self.begin(*words, wallet=wallet))

    def tell(self, *words: object, wallet: int | str | None = None) -> Any:
        """Run a command that must succeed and return its record."""
        return told(self.begin(*words, wallet=wallet))

    def await_task(self, task_id: int, condition: Callable[[Any], bool]) -> Any:
        """Look at a task until it is as it should become."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not condition(found := self.tell("task", "show", task_id)):
            self.programs.check()
            assert time.monotonic() < deadline, f"still {found}"
            time.sleep(0.3)
        return found

    @property
    def gateway_url(self) -> str:
        """Where the gateway listens."""
        return f"http://127.0.0.1:{self.gateway_port}"

    def ask_gateway(self, path: str) -> Any:
        """Read from the gateway, which follows the chain a moment behind."""
        deadline = time.monotonic() + WAIT_SECONDS
        while (
            answer := httpx.get(self.gateway_url + path, timeout=60)
        ).status_code != httpx.codes.OK:
            assert time.monotonic() < deadline, answer.text
            time.sleep(0.3)
        return answer.json()

    def start_gateway(self) -> None:
        """Run a gateway with the key that tasks name."""
        command = [sys.executable, "-m", "dao_api"]
        environment = self.environment(
            TESSERA_GATEWAY_KEY_FILE=str(self._key_file(GATEWAY)),
            TESSERA_GATEWAY_LISTEN=f"127.0.0.1:{self.gateway_port}",
            TESSERA_DATABASE=f"sqlite:///{self.folder / 'gateway.sqlite'}",
            TESSERA_ANCHOR_SECONDS="1",
        )
        self.programs.start("gateway", command, environment)

    def start_operators(self) -> None:
        """Run three operators that know each other."""
        ports = dict(zip(OPERATORS, free_ports(len(OPERATORS)), strict=True))
        for key in OPERATORS:
            peers = [f"http://127.0.0.1:{ports[each]}" for each in OPERATORS if each != key]
            environment = self.environment(
                TESSERA_OPERATOR_KEY_FILE=str(self._key_file(key)),
                TESSERA_ORACLE_DATA=str(self.folder / f"operator-{key}"),
                TESSERA_ORACLE_LISTEN=f"127.0.0.1:{ports[key]}",
                TESSERA_PEERS=",".join(peers),
                TESSERA_ORACLE_POLL_SECONDS="1",
                TESSERA_ORACLE_STAGGER_SECONDS="2",
            )
            self.programs.start(f"operator-{key}", [sys.executable, "-m", "oracle"], environment)

    def _key_file(self, position: int) -> Path:
        return write_key_file(self.folder, f"key-{position}", position)


def address_of(position: int) -> str:
    """Return the address of an account that the node holds."""
    return str(LocalSigner.from_mnemonic(position).address)


def finish(process: "subprocess.Popen[str]") -> Ended:
    """Wait for a command; no command may end in a traceback."""
    out, error = process.communicate(timeout=WAIT_SECONDS)
    assert "Traceback" not in error, error
    return Ended(process.returncode, out, error)


def told(process: "subprocess.Popen[str]") -> Any:
    """Wait for a command that must succeed and return its record."""
    ended = finish(process)
    assert ended.code == 0, ended.error
    return ended.record
