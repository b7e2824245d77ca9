"""Start the chain and the store, and deploy the contracts."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dao_client.chain import Chain
from dao_client.deploying import DeploymentSettings, deploy
from dao_client.deployment import System
from dao_client.encoding import method_hash
from dao_client.nodes import ChainNode, mine, start_chain, stop_chain
from dao_client.transactions import Pace, Sender
from dao_client.types import Address
from ipfs_store.node import start_node
from oracle.aggregate import TASK_METHODS
from scripts.demo.settings import DemoSettings, StoreKind
from scripts.demo.wallets import FIRST_WORKER, Wallets

POLL_SECONDS = 0.1
STOP_POLLS = 100
OWN_CHAIN = Pace(nudge=mine)
"""How to wait for transactions on the chain that the demo started itself: it may mine there.

Under load Anvil at times never mines what came in a burst, though it is ready ("block mining misses
ready transactions", https://github.com/foundry-rs/foundry/issues/10122).
"""


@dataclass(frozen=True)
class Places:
    """Where a run keeps its files."""

    out: Path

    @property
    def chain(self) -> Path:
        """State of the chain node."""
        return self.out / "chain"

    @property
    def ipfs_pid(self) -> Path:
        """Process id of an IPFS node that was left running."""
        return self.out / "ipfs.pid"

    @property
    def deployment(self) -> Path:
        """The contracts' addresses."""
        return self.out / "deployment.json"

    @property
    def store(self) -> Path:
        """Blocks of the folder store, or the repository of the IPFS node."""
        return self.out / "store"

    @property
    def keys(self) -> Path:
        """Key files of gateway and operators."""
        return self.out / "keys"


@contextmanager
def running_chain(settings: DemoSettings, places: Places, workers: int) -> Iterator[ChainNode]:
    """Start a node with a rich account for everyone; leave it running only if asked to."""
    node = start_chain(settings.chain, state_dir=places.chain, accounts=FIRST_WORKER + workers)
    with ExitStack() as stack:
        stack.callback(stop_chain, places.chain)
        yield node
        if settings.keep:
            stack.pop_all()


@contextmanager
def running_store(settings: DemoSettings, places: Places) -> Iterator[str]:
    """Give the address of a store to everyone; a node is left running only if asked to."""
    address = os.environ.get("IPFS_API")
    if settings.store is StoreKind.FOLDER:
        yield f"folder:{places.store.resolve()}"
    elif address:
        yield f"kubo:{address}"
    else:
        node = start_node(places.store)
        places.ipfs_pid.write_text(f"{node.process.pid}\n")
        with ExitStack() as stack:
            stack.callback(node.stop)
            yield f"kubo:{node.address}"
            if settings.keep:
                stack.pop_all()


def clear_away(places: Places) -> None:
    """Stop what an earlier run left running, and forget its files."""
    stop_chain(places.chain)
    _stop_ipfs(places.ipfs_pid)
    for name in ("chain", "store", "keys", "logs", "operator-*", "gateway.sqlite*"):
        for path in places.out.glob(name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    places.out.mkdir(parents=True, exist_ok=True)


def _stop_ipfs(pid_file: Path) -> None:
    """Stop a node that KEEP=1 left running, if its process id still is a node's."""
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text())
    pid_file.unlink()
    command = Path(f"/proc/{pid}/cmdline")
    if command.exists() and b"ipfs" in command.read_bytes():
        os.kill(pid, signal.SIGTERM)
        for _ in range(STOP_POLLS):
            if not command.exists():
                return
            time.sleep(POLL_SECONDS)


def deploy_contracts(chain: Chain, wallets: Wallets, places: Places) -> System:
    """Deploy everything, and a payment token to pay with; no wallet has a role afterwards."""
    deployment = deploy(
        Sender(chain, wallets.deployer, OWN_CHAIN),
        DeploymentSettings(
            methods=tuple(method_hash(each.method) for each in TASK_METHODS.values()),
            has_payment_token=True,
        ),
    )
    deployment.save(places.deployment)
    return System.connect(chain, deployment)


def payment_token(system: System) -> Address:
    """Return the token that the demo pays with; it was deployed with the rest."""
    token = system.deployment.payment_token
    assert token is not None
    return token
