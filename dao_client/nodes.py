"""Start, find and stop the chain nodes of development, and move their clocks.

A node runs on its own after the program that started it has ended; a file in the state folder
remembers it.
"""

import contextlib
import json
import os
import signal
import socket
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from dao_client.chain import Chain
from dao_client.errors import ChainUnreachable, NodeFailed
from dao_client.node_programs import HOST, ChainKind, chain_program
from dao_client.types import Timestamp

STOP_SECONDS = 10.0
POLL_SECONDS = 0.05
SETTLING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class ChainNode:
    """A development node that was started."""

    kind: ChainKind
    pid: int
    port: int
    accounts: int
    log: str

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"


def start_chain(
    kind: ChainKind | str,
    *,
    state_dir: Path,
    port: int | None = None,
    accounts: int = 10,
    block_seconds: int = 0,
    wait_seconds: float = 60.0,
) -> ChainNode:
    """Start a node with `accounts` rich accounts of `DEV_MNEMONIC` and wait until it answers.

    With `block_seconds` 0 each transaction is mined at once and the clock stands still in between;
    otherwise blocks come at that pace.
    """
    if (running := chain_status(state_dir)) is not None:
        raise NodeFailed(
            f"{running.kind} already runs at {running.url} (process {running.pid}): "
            "stop it with `tessera chain down`"
        )
    kind = ChainKind(kind)
    chosen = _free_port() if port is None else _checked(port)
    state_dir.mkdir(parents=True, exist_ok=True)
    log = state_dir / "chain.log"
    program = chain_program(kind, chosen, accounts, block_seconds, state_dir)
    node = ChainNode(kind, _spawn(program, log), chosen, accounts, str(log))
    _state_file(state_dir).write_text(json.dumps(asdict(node)) + "\n", "utf-8")
    try:
        _wait_until_it_answers(node, wait_seconds)
    except NodeFailed:
        stop_chain(state_dir)
        raise
    return node


def chain_status(state_dir: Path) -> ChainNode | None:
    """Return the node that was started with this state folder, none when it does not run."""
    try:
        found = json.loads(_state_file(state_dir).read_text("utf-8"))
        node = ChainNode(**{**found, "kind": ChainKind(found["kind"])})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise NodeFailed(f"{_state_file(state_dir)} is malformed: delete it") from error
    return node if _is_alive(node) else None


def stop_chain(state_dir: Path) -> ChainNode | None:
    """Stop the node of this state folder and return it, none when there was nothing to stop."""
    node = chain_status(state_dir)
    _state_file(state_dir).unlink(missing_ok=True)
    if node is None:
        return None
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(node.pid, number)
        if _has_ended(node, STOP_SECONDS):
            return node
    raise NodeFailed(f"process {node.pid} ({node.kind}) does not end: stop it by hand")


def advance(chain: Chain, seconds: int) -> Timestamp:
    """Move a development chain's clock ahead, mine a block, and return the new time.

    While others send, a block that was begun before may be the latest for a moment. So the clock is
    looked at again before it is moved a second time: it would jump by as much again.
    """
    target = chain.clock() + seconds
    while (now := chain.clock()) < target:
        chain.rpc.call("evm_increaseTime", target - now)
        _mine_until(chain, target)
    return now


def _mine_until(chain: Chain, target: int) -> None:
    """Mine until the clock is there, for as long as a busy node may take to show it."""
    chain.rpc.call("evm_mine")
    deadline = time.monotonic() + SETTLING_SECONDS
    while chain.clock() < target and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        chain.rpc.call("evm_mine")


def mine(chain: Chain, blocks: int = 1) -> None:
    """Mine empty blocks on a development chain: Anvil finalises two blocks late."""
    for _ in range(blocks):
        chain.rpc.call("evm_mine")


def _spawn(program: list[str], log: Path) -> int:
    """Start a process of its own that outlives us, and return its id."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log), flags, 0o644),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(program[0], program, os.environ, file_actions=actions, setpgroup=0)


def _wait_until_it_answers(node: ChainNode, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            Chain.connect(node.url, timeout=5.0)
        except ChainUnreachable as error:
            if _has_ended(node, 0):
                raise NodeFailed(f"{node.kind} ended at once: {_tail(node)}") from error
            if time.monotonic() > deadline:
                raise NodeFailed(
                    f"{node.kind} does not answer at {node.url} in {seconds:.0f} s: {_tail(node)}"
                ) from error
            time.sleep(POLL_SECONDS)
        else:
            return


def _is_alive(node: ChainNode) -> bool:
    """Tell whether the process still runs and still is the node (ids are used again)."""
    if _has_ended(node, 0):
        return False
    command = Path(f"/proc/{node.pid}/cmdline")
    return not command.exists() or str(node.port).encode() in command.read_bytes().split(b"\0")


def _has_ended(node: ChainNode, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(node.pid, os.WNOHANG)
        try:
            os.kill(node.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL_SECONDS)


def _tail(node: ChainNode) -> str:
    lines = Path(node.log).read_text("utf-8", errors="replace").strip().splitlines()
    return " | ".join(lines[-5:]) or f"it said nothing, see {node.log}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _checked(port: int) -> int:
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise NodeFailed(f"port {port} is taken: choose another with --port")
    return port


def _state_file(state_dir: Path) -> Path:
    return state_dir / "chain.json"
