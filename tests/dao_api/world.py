"""One gateway over a fake chain: a task of ten items and a worker with a seat; the rest is real."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import httpx
from sqlalchemy import select

from dao_api.app import create_app
from dao_api.context import Context, build_context
from dao_api.database import Sessions, TaskRow, open_database
from dao_api.submissions.service import ReceiptTerms
from dao_client.canonical import digest_of, from_canonical
from dao_client.documents import (
    AnswersDocument,
    ChoiceAnswer,
    Item,
    SubmissionRequest,
    TaskDocument,
    Text,
    build_answers,
    build_items,
    build_request,
    build_task,
)
from dao_client.encoding import commitments_tree
from dao_client.keys import LocalSigner
from dao_client.messages import Domain, submission_message
from dao_client.sealing import seal, sealing_key, sealing_secret
from dao_client.types import (
    Address,
    Answer,
    Digest,
    ItemIndex,
    Method,
    Submission,
    Task,
    TaskId,
    Timestamp,
    Wei,
)
from ipfs_store import FolderStore
from tests.dao_api.fakes import NO_DIGEST, FakeView
from tests.dao_api.http import AppClient

TOKEN = Address("0x" + "11" * 20)
ESCROW = Address("0x" + "22" * 20)
DOMAIN = Domain(1337, ESCROW)
VERDICT_DOMAIN = Domain(1337, Address("0x" + "44" * 20))
SEAT = 100
SUBMIT_DEADLINE = 2_000
REVEAL_DEADLINE = 9_000
ITEMS = 10
GATEWAY = LocalSigner.from_mnemonic(0)
WORKER = LocalSigner.from_mnemonic(1)
STRANGER = LocalSigner.from_mnemonic(2)
OPERATOR = LocalSigner.from_mnemonic(3)
SECRET = sealing_secret(OPERATOR, VERDICT_DOMAIN)
ANSWER = ChoiceAnswer(("yes", "no"))
OPENING_DEADLINE, AUDIT_DEADLINE = 4_333, 6_666


@dataclass
class World:
    """What a test looks at and changes."""

    view: FakeView
    store: FolderStore
    sessions: Sessions
    context: Context
    http: AppClient
    wall: list[float]
    folder: Path

    def post(self, body: dict[str, object], task_id: int = 1) -> httpx.Response:
        return self.http.post(f"/tasks/{task_id}/submissions", json=body)

    def open(self, answers: bytes, task_id: int = 1) -> httpx.Response:
        return self.http.post(f"/tasks/{task_id}/openings", json=from_canonical(answers))

    def change_task(self, **changes: object) -> None:
        """Let task 1 ask something else."""
        spec = store_task(self.store, **changes)
        self.view.specs[1] = spec
        with self.sessions.begin() as session:
            session.scalars(select(TaskRow).where(TaskRow.task_id == 1)).one().spec = spec


def make_world(folder: Path) -> World:
    store = FolderStore(folder / "store")
    sessions = open_database(f"sqlite:///{folder / 'gateway.sqlite'}")
    view, wall = FakeView(), [50.0]
    spec = store_task(store)
    add_task(view, sessions, 1, spec)
    view.stakes[(TOKEN, WORKER.address)] = SEAT
    terms = ReceiptTerms(GATEWAY, DOMAIN, 30, lambda: wall[0])
    context = build_context(view, store, sessions, terms, VERDICT_DOMAIN, lambda: 0)
    http = AppClient(create_app(context))
    return World(view, store, sessions, context, http, wall, folder)


def store_task(store: FolderStore, **changes: object) -> Digest:
    pages = build_items([Item(f"item-{each}", Text(f"text {each}")) for each in range(ITEMS)])
    task = TaskDocument(
        title="Digits",
        instructions="Which digit is it?",
        answer=ANSWER,
        overlap=3,
        item_count=ITEMS,
        pages=tuple(store.put_block(page) for page in pages),
        method=Method("majority", "1", {}),
        seat_size=Wei(SEAT),
    )
    document = build_task(replace(task, **changes))
    store.put_block(document)
    return digest_of(document)


def add_task(
    view: FakeView, sessions: Sessions, task_id: int, spec: Digest, gateway: str = GATEWAY.address
) -> None:
    view.specs[task_id] = spec
    view.tasks[task_id] = task_facts(task_id, gateway)
    with sessions.begin() as session:
        session.add(
            TaskRow(
                block_number=task_id,
                log_index=0,
                block_hash=bytes(32),
                task_id=task_id,
                requester=STRANGER.address,
                token=TOKEN,
                gateway=gateway,
                price=5,
                budget=10**27,
                spec=spec,
                submit_deadline=SUBMIT_DEADLINE,
                reveal_deadline=REVEAL_DEADLINE,
                verdict_deadline=20_000,
            )
        )


def task_facts(task_id: int = 1, gateway: str = GATEWAY.address) -> Task:
    """Say what the escrow knows of a task."""
    return Task(
        task_id=TaskId(task_id),
        requester=STRANGER.address,
        token=TOKEN,
        gateway=Address(gateway),
        price=Wei(5),
        claimable=Wei(10**27),
        refundable=Wei(0),
        submit_deadline=Timestamp(SUBMIT_DEADLINE),
        reveal_deadline=Timestamp(REVEAL_DEADLINE),
        verdict_deadline=Timestamp(20_000),
        anchored_answers=0,
        anchors=0,
        anchor_head=bytes(32),
        has_forced=False,
        payouts_root=NO_DIGEST,
        flat_price=Wei(0),
        is_cancelled=False,
        is_expired=False,
    )


@dataclass(frozen=True)
class Work:
    """A submission to be, every part of which a test can falsify."""

    items: tuple[int, ...] = (0, 1)
    answer: object = "yes"
    worker: LocalSigner = WORKER
    signer: LocalSigner | None = None
    task_id: int = 1
    assignment_id: int = 77
    deadline: int = SUBMIT_DEADLINE
    domain: Domain = DOMAIN
    is_alone: bool = False

    def document(self) -> AnswersDocument:
        answers = tuple(
            Answer(ItemIndex(item), self.answer, bytes([item]) * 32) for item in self.items
        )
        return AnswersDocument(
            TaskId(self.task_id), self.assignment_id, self.worker.address, answers
        )

    def answers(self) -> bytes:
        """The block inside the seal."""
        return build_answers(self.document())

    def block(self) -> bytes:
        """The sealed block; sealing is random, so each work is sealed once."""
        return sealed_block(self)

    def submission(self, block: bytes | None = None, root: Digest | None = None) -> Submission:
        document = self.document()
        tree = commitments_tree(document.task_id, document.worker, document.answers)
        return Submission(
            task_id=TaskId(self.task_id),
            assignment_id=self.assignment_id,
            worker=self.worker.address,
            commitments_root=root or tree.root,
            sealed_digest=digest_of(block or self.block()),
            deadline=Timestamp(self.deadline),
        )

    def body(self, block: bytes | None = None, root: Digest | None = None) -> dict[str, object]:
        """Write the request; `block` and `root` take the place of the true ones, signed."""
        block = block or self.block()
        submission = self.submission(block, root)
        signer = self.signer or self.worker
        signature = signer.sign_typed(submission_message(submission, self.domain))
        return build_request(SubmissionRequest(submission, signature, block))


@cache
def sealed_block(work: Work) -> bytes:
    keys = {} if work.is_alone else {OPERATOR.address: sealing_key(SECRET)}
    task = TaskDocument("", "", ANSWER, 3, ITEMS, (), Method("majority", "1", {}), Wei(SEAT))
    return seal(work.answers(), task, keys)
