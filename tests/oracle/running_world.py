"""A task that still takes answers: sealed submissions on a fake chain, and one operator's key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dao_client.chain import Block
from dao_client.contracts.events import TaskCreated
from dao_client.documents import (
    AnswersDocument,
    ChoiceAnswer,
    SubmissionEntry,
    TaskDocument,
    build_answers,
    build_items,
    build_task,
    parse_task,
)
from dao_client.encoding import commitments_tree
from dao_client.keys import LocalSigner
from dao_client.messages import submission_digest, submission_message
from dao_client.sealing import seal, sealing_key, sealing_secret
from dao_client.types import (
    BlockNumber,
    Digest,
    Receipt,
    Submission,
    TaskId,
    Timestamp,
    Wei,
)
from ipfs_store import FolderStore, cid_from_digest, digest_of_cid
from oracle.aggregate import TASK_METHODS
from oracle.running import BoxKey
from tests.oracle.fake_chain import DUE, ORACLE_DOMAIN, PLACE, REVEAL, SUBMIT, FakeChain
from tests.oracle.tasks import DOMAIN, NOBODY, PRICE, SEAT, TASK_ID, answers_of
from tests.oracle.test_history import HALF, row
from tests.oracle.test_read_histories import final_verdict
from tests.oracle.worlds import ITEMS, anchored, task_with

OPERATOR = LocalSigner(b"\x51" * 32)
SECRET = sealing_secret(OPERATOR, ORACLE_DOMAIN)
KEY = BoxKey(OPERATOR.address, SECRET)
KEYS = {OPERATOR.address: sealing_key(SECRET)}
CROWD = tuple(LocalSigner(bytes([number] * 32)) for number in range(0x61, 0x6D))
LABELS = ("cat", "dog")


def block(number: int, timestamp: int) -> Block:
    return Block(BlockNumber(number), Digest(bytes([number] * 32)), Timestamp(timestamp), Wei(0))


@dataclass
class RunningChain(FakeChain):
    """A chain whose head a test moves; it counts how often anchors are read."""

    latest: Block = field(default_factory=lambda: block(20, 900))
    readings: int = 0

    def head(self):
        return self.latest

    def anchors(self, task_id, block):
        self.readings += 1
        return self.anchored

    def first_final_block_at(self, timestamp):
        return self.latest if self.latest.timestamp >= timestamp else None


@dataclass
class RunningWorld:
    """What a test looks at and changes."""

    chain: RunningChain
    store: FolderStore
    document: TaskDocument

    def hand_in(
        self,
        rows: Sequence[str],
        labels: Sequence[str] = LABELS,
        keys: Mapping[str, bytes] = KEYS,
        received_at: int = 900,
        crowd: Sequence[LocalSigner] = CROWD,
    ) -> None:
        """Anchor a batch: a row for each item, in it a label for each worker, `.` for none."""
        entries = []
        for place, worker in enumerate(crowd[: max(map(len, rows))]):
            said = {
                item: labels[int(answers[place])]
                for item, answers in enumerate(rows)
                if place < len(answers) and answers[place] != "."
            }
            if said:
                entries.append(self._entry(worker, said, keys, received_at))
        self.chain.anchored = [*self.chain.anchored, anchored(self.store, entries)]
        self.chain.found_task = task_with(self.chain.anchored)

    def _entry(self, worker, said, keys, received_at) -> SubmissionEntry:
        assignment = len(self.chain.anchored) + 1
        answers = answers_of(said)
        document = AnswersDocument(TASK_ID, assignment, worker.address, answers)
        sealed = self.store.put_block(seal(build_answers(document), self.document, keys))
        submission = Submission(
            TaskId(TASK_ID),
            assignment,
            worker.address,
            commitments_tree(TASK_ID, worker.address, answers).root,
            Digest(digest_of_cid(sealed)),
            Timestamp(SUBMIT if received_at < SUBMIT else 1_666),
        )
        digest = submission_digest(submission, DOMAIN)
        receipt = Receipt(digest, Timestamp(received_at), Timestamp(1_900))
        signature = worker.sign_typed(submission_message(submission, DOMAIN))
        return SubmissionEntry(submission, signature, receipt, bytes(65), len(answers))

    def remember(self, *known: LocalSigner) -> None:
        """Let an earlier task say that these workers are good."""
        rows = [row(worker.address, 20, 20 * HALF) for worker in known]
        self.chain.ended = [final_verdict(self.store, 3, rows, week=0)]


def running_world(folder: Path, **changes: object) -> RunningWorld:
    """Open a task of three items, five answers first and eleven at most, by a crowd of twelve."""
    store = FolderStore(folder)
    document = TaskDocument(
        **{
            "title": "Pets",
            "instructions": "Name it.",
            "answer": ChoiceAnswer(LABELS),
            "overlap": 5,
            "item_count": 3,
            "pages": tuple(map(store.put_block, build_items(ITEMS))),
            "method": TASK_METHODS["majority"].method,
            "seat_size": SEAT,
            "overlap_most": 11,
            **changes,
        }
    )
    spec = Digest(digest_of_cid(store.put_block(build_task(document))))
    created = TaskCreated(
        PLACE, TASK_ID, NOBODY, NOBODY, NOBODY, PRICE, Wei(1_000), spec, SUBMIT, REVEAL, DUE
    )
    chain = RunningChain(created, task_with([]), [])
    chain.stakes_held = {worker.address: SEAT for worker in CROWD}
    return RunningWorld(chain, store, parse_task(store.get_block(cid_from_digest(spec))))
