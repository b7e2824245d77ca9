"""Three operators as real processes that can be killed and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from socket import socket

from dao_client.types import TaskId
from tests.integration.oracle_world import KEYS, World


class Operators:
    """`python -m oracle`, three times; each can be killed and started again."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._urls = [f"127.0.0.1:{_free_port()}" for _ in KEYS]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def environment(self, number: int) -> dict[str, str]:
        """Return what an operator's program is told."""
        folder = self._world.folder
        key = folder / f"key-{number}"
        key.write_text(KEYS[number])
        others = [url for place, url in enumerate(self._urls) if place != number]
        return {
            **os.environ,
            "TESSERA_RPC": self._world.url,
            "TESSERA_DEPLOYMENT": str(folder / "deployment.json"),
            "TESSERA_STORE": self._world.store_url,
            "TESSERA_OPERATOR_KEY_FILE": str(key),
            "TESSERA_ORACLE_DATA": str(self.folder(number)),
            "TESSERA_ORACLE_LISTEN": self._urls[number],
            "TESSERA_PEERS": ",".join(f"http://{url}" for url in others),
            "TESSERA_ORACLE_POLL_SECONDS": "0.2",
            "TESSERA_ORACLE_STAGGER_SECONDS": "1",
        }

    def folder(self, number: int) -> Path:
        """Return where an operator keeps what it signed."""
        return self._world.folder / f"operator-{number}"

    def start(self, number: int) -> None:
        with (self._world.folder / f"operator-{number}.log").open("ab") as log:
            self._processes[number] = subprocess.Popen(
                [sys.executable, "-m", "oracle"],
                env=self.environment(number),
                stdout=log,
                stderr=log,
            )

    def kill(self, number: int) -> None:
        """End an operator as a power cut does."""
        process = self._processes.pop(number)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        for number in list(self._processes):
            self.kill(number)

    def has_signed(self, number: int, task_id: TaskId) -> bool:
        return any(self.folder(number).rglob(f"{task_id}-*.json"))

    def log(self, number: int) -> str:
        return (self._world.folder / f"operator-{number}.log").read_text()

    def run_once(
        self, number: int, *options: str, **changes: str
    ) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "oracle", *options]
        environment = {**self.environment(number), **changes}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )


def wait_until(is_so: Callable[[], object], what: str, seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"{what} did not happen in {seconds} s"
        time.sleep(0.2)


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
