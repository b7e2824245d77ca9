"""A real Ganache with our contracts, and the gateway as the process that operators run."""

import multiprocessing
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

from dao_api.__main__ import serve
from dao_api.settings import read_settings
from dao_client.chain import Chain
from dao_client.deploying import deploy
from dao_client.deployment import System
from dao_client.documents import SubmissionRequest, parse_batch
from dao_client.keys import LocalSigner
from dao_client.messages import submission_digest
from dao_client.nodes import start_chain, stop_chain
from dao_client.payloads import read_submissions
from dao_client.requester import DraftItem, Offer, TaskDraft, publish_task
from dao_client.sealing import sealing_key, sealing_secret
from dao_client.transactions import Sender
from dao_client.types import ItemIndex, TaskId, Timestamp, Wei
from dao_client.worker import SealedAnswers, build_submission, read_task
from ipfs_store import Store, cid_from_digest, open_store
from tests.deployments import TEST_SETTINGS

SEAT = Wei(10**18)
HOUR = 3_600
DEPLOYER, WORKER = LocalSigner.from_mnemonic(0), LocalSigner.from_mnemonic(2)
OPERATOR = LocalSigner.from_mnemonic(3)
GATEWAY_KEY = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"
"""The second account of the public development mnemonic."""


@dataclass(frozen=True)
class LiveChain:
    """The contracts on Ganache, and a store beside them."""

    system: System
    store: Store
    folder: Path
    url: str
    gateway: LocalSigner
    store_url: str

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
        return self.sealed(task_id, *items).request

    def sealed(self, task_id: TaskId, *items: int) -> SealedAnswers:
        answers = {ItemIndex(item): ("even", "odd")[item % 2] for item in items}
        task = read_task(self.system, self.store, task_id)
        keys = {OPERATOR.address: sealing_key(self.secret)}
        return build_submission(self.system, WORKER, task_id, task, answers, keys=keys)

    @property
    def secret(self) -> bytes:
        return sealing_secret(OPERATOR, self.system.oracle_domain)

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
        deployment = deploy(sender, TEST_SETTINGS)
        deployment.save(folder / "deployment.json")
        system = System.connect(chain, deployment)
        _seat(system, sender)
        (folder / "gateway.key").write_text(GATEWAY_KEY)
        store_url = f"folder:{folder / 'store'}"
        store = open_store(store_url)
        yield LiveChain(system, store, folder, node.url, LocalSigner(GATEWAY_KEY), store_url)
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
        self.url = f"http://127.0.0.1:{free_port()}"
        self._log = live.folder / f"{name}.log"
        self._environment = {**os.environ, **environment(live, name, self.url, anchor_seconds)}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "dao_api"]
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        wait_until(lambda: answers(self.url) or self._process.poll() is not None, 60)
        assert self._process.poll() is None, self._log.read_text()[-2_000:]

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30)

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(30)

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.url + path, timeout=30)


@contextmanager
def running_gateway(live: LiveChain, name: str) -> Iterator[GatewayProcess]:
    """Run a gateway until it is no longer needed."""
    process = GatewayProcess(live, name)
    process.start()
    try:
        yield process
    finally:
        process.close()


class MortalGateway:
    """The same program, forked from a process that has imported it: quick to start and to kill."""

    def __init__(self, live: LiveChain, name: str, anchor_seconds: float = 1) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self.settings = read_settings(environment(live, name, self.url, anchor_seconds))
        self._server = multiprocessing.get_context("forkserver")
        self._server.set_forkserver_preload(["dao_api.__main__"])

    def start(self) -> None:
        self._process = self._server.Process(target=serve, args=(self.settings,))
        self._process.start()
        wait_until(lambda: answers(self.url), 60)

    def kill(self) -> None:
        """End it between any two instructions."""
        self._process.kill()
        self._process.join()


def environment(live: LiveChain, name: str, url: str, anchor_seconds: float) -> dict[str, str]:
    return {
        "TESSERA_RPC": live.url,
        "TESSERA_DEPLOYMENT": str(live.folder / "deployment.json"),
        "TESSERA_STORE": live.store_url,
        "TESSERA_DATABASE": f"sqlite:///{live.folder / name}.sqlite",
        "TESSERA_GATEWAY_KEY_FILE": str(live.folder / "gateway.key"),
        "TESSERA_GATEWAY_LISTEN": url.removeprefix("http://"),
        "TESSERA_ANCHOR_SECONDS": str(anchor_seconds),
        "TESSERA_POLL_SECONDS": "0.05",
    }


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str) -> bool:
    try:
        return httpx.get(url + "/openapi.json", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def wait_until(condition: Callable[[], object], seconds: float) -> None:
    """Look until a condition holds; fail loudly when it does not."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.02)
