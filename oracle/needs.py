"""What tasks under way need: answers that items still want, and how many items to audit.

An operator alone can say so, from answers that only operators can open; it says numbers.

    wants    which items are contested or not yet answered often enough, and for how many answers.
             Nothing of which label leads: the reply is the same when labels change places. Who has
             answered an item itself learns from it whether others made its label win clearly; by
             then that answer is committed, and a settled item is not given out any more. A ring
             that spends both answers of a round learns in the same way which side they were on.
    audits   that the crowd's lambda is below .60 so far, or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

import numpy as np

from dao_client.chain import Block
from dao_client.contracts.parameters import ParameterId
from dao_client.types import Bps, Digest, ItemIndex, Task, TaskId
from dao_client.windows import Windows
from ipfs_store import Store

from .audit_level import needed_rate
from .audits import audited_items
from .beacon import beacon_of
from .chain import OperatorChain
from .collect import collect_at, read_task_document
from .errors import NotDue, SnapshotRefused
from .judging import columns_of, histories_of
from .replies import Replies
from .rounds import wants
from .running import BoxKey, OpeningReader, read_open_task, shut_answers
from .verify import verify_evidence


@dataclass(frozen=True)
class Wants:
    """How many answers each item still wants, those with none left out."""

    task_id: TaskId
    block: Block
    of_item: Mapping[ItemIndex, int]


@dataclass(frozen=True)
class AuditNeed:
    """The share of items that jurors should audit now, and which those are."""

    task_id: TaskId
    block: Block
    rate: Bps
    items: tuple[ItemIndex, ...]


class Needs:
    """Say what tasks need, each computed once for what is on chain of it."""

    def __init__(self, chain: OperatorChain, store: Store, key: BoxKey) -> None:
        self._chain = chain
        self._store = store
        self._key = key
        lock = Lock()
        self._wants = Replies(chain, lock, check_open, self._compute_wants)
        self._audits = Replies(chain, lock, check_audited, self._compute_audits)

    def wants(self, task_id: TaskId) -> Wants:
        """Return what the items of an open task want; raise `NotDue` for any other."""
        return self._wants.of(task_id)

    def audits(self, task_id: TaskId) -> AuditNeed:
        """Return what to audit of a task in its audit window; raise `NotDue` before and after."""
        return self._audits.of(task_id)

    def _compute_wants(self, task: Task, head: Block) -> Wants:
        reader = OpeningReader(self._store, self._key)
        document = read_task_document(reader, task.task_id, self._spec(task.task_id))
        evidence = read_open_task(self._chain, reader, self._store, task, head, document)
        verified = verify_evidence(evidence, self._chain.wallets(head.number))
        workers = tuple(sorted({answer.worker for answer in verified.answers}))
        answers = columns_of(evidence, verified.answers, workers, {})
        step = self._chain.parameter(ParameterId.OVERLAP_STEP, task.task_id, head.number)
        most = document.most_answers
        found = wants(answers, *histories_of(evidence, workers), document.overlap, step, most)
        room = most - np.diff(answers.starts) - shut_answers(evidence)
        of_item = {
            ItemIndex(item): more
            for item, more in enumerate(np.minimum(found, room).tolist())
            if more > 0
        }
        return Wants(task.task_id, head, of_item)

    def _compute_audits(self, task: Task, head: Block) -> AuditNeed:
        if beacon_of(self._chain, task) is None:
            raise NotDue(
                f"the beacon of task {task.task_id} is in no final block yet: ask again later"
            )
        reader = OpeningReader(self._store, self._key)
        spec = self._spec(task.task_id)
        evidence = collect_at(self._chain, reader, task, head, spec).evidence
        verified = verify_evidence(evidence, self._chain.wallets(head.number))
        rate = needed_rate(evidence, verified)
        items = audited_items(evidence.draw.seed, evidence.rules.item_count, rate)
        return AuditNeed(task.task_id, head, rate, items)

    def _spec(self, task_id: TaskId) -> Digest:
        creation = self._chain.creation(task_id)
        if creation is None:
            raise SnapshotRefused(
                f"the node shows no event that created task {task_id}: use another node"
            )
        return creation.spec


def check_open(task: Task, head: Block) -> None:
    """Refuse a task that takes no answers any more."""
    deadline = Windows.of(task).submit_deadline
    if task.is_cancelled:
        raise NotDue(f"task {task.task_id} is cancelled: it wants no answers")
    if head.timestamp >= deadline:
        raise NotDue(
            f"task {task.task_id} took answers until {deadline}, it is {head.timestamp}: it wants "
            "no more"
        )


def check_audited(task: Task, head: Block) -> None:
    """Refuse a task whose jurors do not answer now."""
    windows = Windows.of(task)
    if not windows.takes_audits(head.timestamp):
        raise NotDue(
            f"task {task.task_id} is audited from {windows.opening_deadline} until "
            f"{windows.audit_deadline}, it is {head.timestamp}"
        )
