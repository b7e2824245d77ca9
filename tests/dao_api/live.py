"""A real Ganache with our contracts, and the gateway as the process that operators run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import httpx

from dao_client.chain import Chain
from dao_client.deployment import DeploymentSettings, System, deploy
from dao_client.documents import SubmissionRequest, parse_batch
from dao_client.keys import LocalSigner
from dao_client.messages import submission_digest
from dao_client.nodes import start_chain, stop_chain
from dao_client.payloads import read_submissions
from dao_client.requester import DraftItem, Offer, TaskDraft, publish_task
from dao_client.transactions import Sender
from dao_client.types import ItemIndex, TaskId, Timestamp, Wei
from dao_client.worker import build_submission
from ipfs_store import FolderStore, cid_from_digest

SEAT = Wei(10**18)
HOUR = 3_600
KEYS = ["0x" + f"{each:064x}" for each in range(1, 5)]
DEPLOYER, WORKER = LocalSigner.from_mnemonic(0), LocalSigner.from_mnemonic(2)
GATEWAY_POSITION = 1


@dataclass(frozen=True)
class LiveChain:
    """The contracts on Ganache, and a store beside them."""

    system: System
    store: FolderStore
    folder: Path
    url: str
    gateway: LocalSigner

    def publish(self, items: int, seat_size: int = SEAT) -> TaskId:
        draft = TaskDraft(
            title="Parity",
            instructions="Is the number even?",
            labels=("even", "odd"),
            items=tuple(DraftItem(str(each), text=str(each)) for each in range(items)),
            overlap=3,
            seat_size=Wei(seat_size),
        )
        offer = Offer(
            token=self.system.deployment.payment_token,
            gateway=self.gateway.address,
            price=Wei(10**15),
            budget=Wei(10**18),
            submit_deadline=Timestamp(self.system.chain.clock() + HOUR),
            reveal_seconds=HOUR,
            verdict_seconds=HOUR,
        )
        sender = Sender(self.system.chain, DEPLOYER)
        return publish_task(self.system, sender, self.store, draft, offer).task_id

    def work(self, task_id: TaskId, *items: int) -> SubmissionRequest:
        answers = {ItemIndex(item): ("even", "odd")[item % 2] for item in items}
        return build_submission(self.system, WORKER, task_id, answers)

    def anchored(self, task_id: TaskId) -> list[bytes]:
        """Every submission hash that is under a root on the chain, as often as it is."""
        found = []
        for event in self.system.task_escrow.anchors(task_id):
            document = parse_batch(self.store.get_block(cid_from_digest(event.evidence)))
            found += [
                submission_digest(entry.submission, self.system.escrow_domain)
                for entry in read_submissions(self.store, document)
            ]
        return found


@contextmanager
def live_chain(folder: Path) -> Iterator[LiveChain]:
    """Start Ganache on a free port, deploy, and give the worker a seat."""
    node = start_chain("ganache", state_dir=folder / "chain", accounts=4)
    try:
        chain = Chain.connect(node.url)
        sender = Sender(chain, DEPLOYER)
        deployment = deploy(sender, DeploymentSettings(has_payment_token=True))
        deployment.save(folder / "deployment.json")
        system = System.connect(chain, deployment)
        _seat(system, sender)
        gateway = LocalSigner.from_mnemonic(GATEWAY_POSITION)
        gateway.save_keystore(folder / "gateway.json", "secret")
        yield LiveChain(system, FolderStore(folder / "store"), folder, node.url, gateway)
    finally:
        stop_chain(folder / "chain")


def _seat(system: System, deployer: Sender) -> None:
    token = system.token(system.deployment.payment_token)
    worker = Sender(system.chain, WORKER)
    deployer.send(token.transfer(WORKER.address, SEAT))
    worker.send(token.approve(system.staking.address, SEAT))
    worker.send(system.staking.deposit(token.address, SEAT))


class GatewayProcess:
    """`python -m dao_api` with its own database; it can be killed and started again."""

    def __init__(self, live: LiveChain, name: str, anchor_seconds: float = 1) -> None:
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.database = live.folder / f"{name}.sqlite"
        self._log = (live.folder / f"{name}.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **os.environ,
            "TESSERA_RPC": live.url,
            "TESSERA_DEPLOYMENT": str(live.folder / "deployment.json"),
            "TESSERA_STORE": f"folder:{live.folder / 'store'}",
            "TESSERA_DATABASE": f"sqlite:///{self.database}",
            "TESSERA_GATEWAY_KEYSTORE": str(live.folder / "gateway.json"),
            "TESSERA_GATEWAY_PASSWORD": "secret",
            "TESSERA_GATEWAY_LISTEN": f"127.0.0.1:{port}",
            "TESSERA_ANCHOR_SECONDS": str(anchor_seconds),
            "TESSERA_POLL_SECONDS": "0.05",
        }

    def start(self) -> None:
        command = [sys.executable, "-m", "dao_api"]
        self._process = subprocess.Popen(
            command, env=self._environment, stdout=self._log, stderr=self._log
        )
        wait_until(lambda: self._answers() or self._process.poll() is not None, 60)
        assert self._process.poll() is None, Path(self._log.name).read_text()[-2_000:]

    def kill(self) -> None:
        """End it between any two instructions."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        return self._end(signal.SIGTERM)

    def close(self) -> None:
        if self._process is not None:
            self.kill()
        self._log.close()

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.url + path, timeout=30)

    def _answers(self) -> bool:
        try:
            return httpx.get(self.url + "/openapi.json", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def _end(self, number: int) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        code = self._process.wait(30)
        self._process = None
        return code


def wait_until(condition: Callable[[], object], seconds: float) -> None:
    """Look until a condition holds; fail loudly when it does not."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)
