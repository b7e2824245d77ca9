"""A real chain with our contracts, everybody's stake, and tasks for operators to decide."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dao_client.canonical import digest_of
from dao_client.chain import Chain
from dao_client.deploying import deploy
from dao_client.deployment import System
from dao_client.documents import (
    BatchDocument,
    SubmissionEntry,
    SubmissionRequest,
    build_batch,
    build_submissions,
    parse_sealed,
)
from dao_client.encoding import submissions_tree
from dao_client.keys import LocalSigner
from dao_client.messages import submission_digest
from dao_client.nodes import advance, mine, start_chain, stop_chain
from dao_client.requester import DraftItem, Offer, TaskDraft, publish_task
from dao_client.sealing import sealing_key, sealing_secret
from dao_client.staker import deposit_calls
from dao_client.transactions import Sender, transfer_coin
from dao_client.types import (
    Address,
    Anchor,
    Bps,
    ItemIndex,
    Receipt,
    SubmissionLeaf,
    TaskId,
    Timestamp,
    Wei,
)
from dao_client.worker import Answers, SealedAnswers, build_submission, force, read_task
from ipfs_store import Store, open_store
from oracle.chain import SystemChain
from oracle.opening import Opener
from tests.deployments import TEST_SETTINGS

TES = 10**18
SEAT = Wei(TES)
PRICE = Wei(10**15)
HOUR = 3_600
DEPLOYER, GATEWAY, LAZY, *WORKERS = (LocalSigner.from_mnemonic(place) for place in range(6))
KEYS = [f"0x{number:064x}" for number in (0xA1, 0xA2, 0xA3)]
OPERATORS = [LocalSigner(key) for key in KEYS]


@dataclass(frozen=True)
class World:
    """The contracts on a node, and a store beside them."""

    system: System
    store: Store
    folder: Path
    url: str
    store_url: str

    def publish(self, items: int = 6, error_limit: Bps | None = None) -> TaskId:
        """Post a task about the parity of numbers."""
        draft = TaskDraft(
            title="Parity",
            instructions="Is the number even?",
            labels=("even", "odd"),
            items=tuple(DraftItem(str(each), text=str(each)) for each in range(items)),
            overlap=5,
            seat_size=SEAT,
            error_limit=error_limit,
        )
        offer = Offer(
            token=self.system.deployment.payment_token,
            gateway=GATEWAY.address,
            price=PRICE,
            budget=Wei(TES),
            submit_deadline=Timestamp(self.system.chain.clock() + HOUR),
            reveal_seconds=HOUR,
            verdict_seconds=2 * HOUR,
        )
        sender = Sender(self.system.chain, DEPLOYER)
        return publish_task(self.system, sender, self.store, draft, offer).task_id

    def answer(self, task_id: TaskId, items: int = 6) -> None:
        """Let three workers answer through an anchored batch and a lazy one around the gateway.

        Without any one of the three the other two still outvote the lazy one: with two alone, lots
        that the beacon draws would decide the odd items, and pay would differ from run to run.
        """
        right = {ItemIndex(each): ("even", "odd")[each % 2] for each in range(items)}
        lazy = dict.fromkeys(right, "even")
        sealed = [self.sealed(worker, task_id, right) for worker in WORKERS]
        self.anchor(task_id, [each.request for each in sealed])
        outside = self.sealed(LAZY, task_id, lazy).request
        force(self.system, Sender(self.system.chain, LAZY), self.store, outside)

    def sealed(
        self,
        worker: LocalSigner,
        task_id: TaskId,
        answers: Answers,
        keys: Mapping[Address, bytes] | None = None,
    ) -> SealedAnswers:
        """Seal a worker's answers, to all operators unless the test gives keys."""
        task = read_task(self.system, self.store, task_id)
        return build_submission(self.system, worker, task_id, task, answers, keys=keys)

    def open_answers(self, task_id: TaskId) -> None:
        """Let the first operator open what is sealed to it and due."""
        operator = OPERATORS[0]
        secret = sealing_secret(operator, self.system.oracle_domain)
        chain = SystemChain(self.system)
        Opener(chain, self.store, operator.address, secret).open_task(task_id)

    def pass_time(self, seconds: int) -> None:
        """Move the clock, and far enough on for blocks to be final."""
        advance(self.system.chain, seconds)
        mine(self.system.chain, 3)

    def anchor(self, task_id: TaskId, requests: list[SubmissionRequest]) -> None:
        entries = [self._entry(request) for request in requests]
        pages = tuple(self.store.put_block(page) for page in build_submissions(entries))
        total = sum(entry.answer_count for entry in entries)
        block = build_batch(BatchDocument(task_id, total, pages))
        self.store.put_block(block)
        leaves = [
            SubmissionLeaf(
                task_id,
                index,
                entry.submission.worker,
                entry.answer_count,
                entry.receipt.submission_hash,
            )
            for index, entry in enumerate(entries)
        ]
        anchor = Anchor(submissions_tree(leaves).root, total)
        call = self.system.task_escrow.anchor_submissions(task_id, anchor, digest_of(block))
        Sender(self.system.chain, GATEWAY).send(call)

    def _entry(self, request: SubmissionRequest) -> SubmissionEntry:
        self.store.put_block(request.sealed)
        now = self.system.chain.clock()
        digest = submission_digest(request.submission, self.system.escrow_domain)
        receipt = Receipt(digest, now, Timestamp(now + HOUR))
        count = len(parse_sealed(request.sealed).items)
        return SubmissionEntry(request.submission, request.signature, receipt, bytes(65), count)


@contextmanager
def open_world(folder: Path, kind: str) -> Iterator[World]:
    """Start a node on a free port, deploy, and give everybody their stake."""
    node = start_chain(kind, state_dir=folder / "chain", accounts=6)
    try:
        chain = Chain.connect(node.url)
        deployment = deploy(Sender(chain, DEPLOYER), TEST_SETTINGS)
        deployment.save(folder / "deployment.json")
        system = System.connect(chain, deployment)
        _stake(system)
        store_url = f"folder:{folder / 'store'}"
        yield World(system, open_store(store_url), folder, node.url, store_url)
    finally:
        stop_chain(folder / "chain")


def _stake(system: System) -> None:
    deployer = Sender(system.chain, DEPLOYER)
    coin = system.token(system.deployment.payment_token)
    amount = Wei(1_000 * TES)
    for worker in (LAZY, *WORKERS):
        deployer.send(coin.transfer(worker.address, SEAT))
        for call in deposit_calls(system, coin, worker.address, SEAT):
            Sender(system.chain, worker).send(call)
    for operator in OPERATORS:
        deployer.send(transfer_coin(operator.address, Wei(TES)))
        deployer.send(system.work_token.transfer(operator.address, amount))
        sender = Sender(system.chain, operator)
        for call in deposit_calls(system, system.work_token, operator.address, amount):
            sender.send(call)
        sender.send(system.verdict_oracle.register_operator(amount))
        key = sealing_key(sealing_secret(operator, system.oracle_domain))
        sender.send(system.verdict_oracle.set_sealing_key(key))
