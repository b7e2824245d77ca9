"""Let wallets sign answers, seal them, and hand them in at the gateway, over HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from dao_client.deployment import System
from dao_client.documents import TaskDocument
from dao_client.gateway import GatewayClient
from dao_client.keys import LocalSigner
from dao_client.operators import keys_to_seal_to
from dao_client.types import Address, ItemIndex, Json, TaskId
from dao_client.worker import Answers, build_submission, read_task, submit
from ipfs_store import Cid, Store, cid_of
from scripts.demo.clock import bury
from scripts.demo.crowd import Crowd, CrowdWorker
from scripts.demo.journal import Step
from scripts.demo.processes import Processes

AT_ONCE = 2
"""Wallets that sign and send at the same time: one signs while the gateway reads another."""
ANSWERS_AT_ONCE = 2_000
"""Answers in one assignment: its document must fit one block of 1 MiB."""
ANCHOR_TIMEOUT_SECONDS = 120.0
OPENING_TIMEOUT_SECONDS = 120.0

Assignment = tuple[LocalSigner, Answers]


@dataclass(frozen=True)
class Desk:
    """Where answers to one task go, and what they are sealed with."""

    system: System
    gateway: GatewayClient
    task_id: TaskId
    task: TaskDocument
    keys: Mapping[Address, bytes]

    @classmethod
    def at(cls, system: System, store: Store, gateway: GatewayClient, task_id: TaskId) -> "Desk":
        """Read the task and the operators' keys once for everybody."""
        task = read_task(system, store, task_id)
        return cls(system, gateway, task_id, task, keys_to_seal_to(system))


def assignments_of(signers: Sequence[LocalSigner], crowd: Crowd) -> list[Assignment]:
    """Return every worker's answers, cut into assignments."""
    return [
        (signer, answers)
        for signer, worker in zip(signers, crowd.workers, strict=False)
        for answers in _cut(worker)
    ]


def hand_in(desk: Desk, work: Sequence[Assignment], step: Step) -> tuple[Cid, ...]:
    """Seal, sign and send, and check every receipt; return what must be opened later."""

    def hand_in_one(part: Assignment) -> Cid:
        signer, answers = part
        sealed = build_submission(
            desk.system, signer, desk.task_id, desk.task, answers, keys=desk.keys
        )
        submit(desk.system, desk.gateway, sealed.request)
        return cid_of(sealed.answers)

    documents = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for document in pool.map(hand_in_one, work):
            documents.append(document)
            step.advance(len(documents), len(work))
    return tuple(documents)


def await_anchors(
    system: System, processes: Processes, expected: Mapping[TaskId, int], step: Step
) -> None:
    """Wait until so many answers of each task are under anchored roots, for good."""
    escrow, total = system.task_escrow, sum(expected.values())

    def is_anchored() -> bool | None:
        anchored = sum(task.anchored_answers for task in escrow.tasks(list(expected)))
        step.advance(anchored, total)
        return True if anchored >= total else None

    processes.wait_until(is_anchored, "the anchor of the last answer", ANCHOR_TIMEOUT_SECONDS)
    bury(system.chain)
    anchors = sum(task.anchors for task in escrow.tasks(list(expected)))
    step.outcome = f"{total:,} answers under {anchors} {'root' if anchors == 1 else 'roots'}"


def await_openings(
    store: Store, processes: Processes, documents: Sequence[Cid], step: Step
) -> None:
    """Wait until operators have opened what was sealed: then its documents are in the store."""
    sealed = list(documents)

    def is_open() -> bool | None:
        while sealed and store.has(sealed[-1]):  # one look at a time: js-ipfs thinks for a second
            sealed.pop()
        step.advance(len(documents) - len(sealed), len(documents))
        return None if sealed else True

    processes.wait_until(is_open, "the opening of the last answers", OPENING_TIMEOUT_SECONDS)
    step.outcome = f"{len(documents)} documents, by operators"


def _cut(worker: CrowdWorker) -> Iterator[Answers]:
    for first in range(0, len(worker.answers), ANSWERS_AT_ONCE):
        chunk = worker.answers[first : first + ANSWERS_AT_ONCE]
        answers: dict[ItemIndex, Json] = {ItemIndex(item): label for item, label in chunk}
        yield answers
