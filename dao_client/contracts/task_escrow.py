"""The only holder of rewards."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.contracts.events import SubmissionForced, SubmissionsAnchored, TaskCreated
from dao_client.types import (
    Address,
    Anchor,
    Digest,
    PayoutLeaf,
    SubmissionLeaf,
    Task,
    TaskId,
    TaskTerms,
    Timestamp,
    Wei,
)

CLAIMS_AT_ONCE = 16
"""`claim_many` takes no more."""


@dataclass(frozen=True, slots=True)
class SettlementTerms:
    """When a verdict may come, and the most it may pay."""

    reveal_deadline: Timestamp
    verdict_deadline: Timestamp
    payable: Wei


class TaskEscrow:
    """Rewards of tasks."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "TaskEscrow", address)
        self.address = address

    def task(self, task_id: TaskId, block: BlockTag = "latest") -> Task:
        """Return what the escrow holds of a task."""
        return Task(task_id, *self.contract.read("task_of", task_id, block=block))

    def tasks(self, task_ids: Sequence[TaskId], block: BlockTag = "latest") -> list[Task]:
        """Return many tasks, in few requests."""
        found = self.contract.read_many("task_of", [(each,) for each in task_ids], block)
        return [Task(each, *row) for each, row in zip(task_ids, found, strict=True)]

    def task_count(self, block: BlockTag = "latest") -> int:
        """Return how many tasks exist: their ids are 1 to this number."""
        return int(self.contract.read("task_count", block=block))

    def settlement_terms(
        self, task_id: TaskId, fee_bps: int, block: BlockTag = "latest"
    ) -> SettlementTerms:
        """Return when a verdict may come and what it may pay with a fee; refused after the end."""
        return SettlementTerms(
            *self.contract.read("settlement_terms", task_id, fee_bps, block=block)
        )

    def is_claimed(self, task_id: TaskId, index: int, block: BlockTag = "latest") -> bool:
        """Return whether a payout leaf has been paid."""
        return bool(self.contract.read("is_claimed", task_id, index, block=block))

    def are_claimed(self, leaves: Sequence[PayoutLeaf], block: BlockTag = "latest") -> list[bool]:
        """Return which payout leaves have been paid, in few requests."""
        rows = [(leaf.task_id, leaf.index) for leaf in leaves]
        return self.contract.read_many("is_claimed", rows, block)

    def is_flat_claimed(
        self, task_id: TaskId, position: int, index: int, block: BlockTag = "latest"
    ) -> bool:
        """Return whether a leaf of an anchored batch has been paid the flat price."""
        return bool(self.contract.read("is_flat_claimed", task_id, position, index, block=block))

    def fees_of(self, token: Address, block: BlockTag = "latest") -> Wei:
        """Return the fees that wait for their recipient."""
        return Wei(self.contract.read("fees_of", token, block=block))

    def creation(self, task_id: TaskId, first: int = 0) -> TaskCreated | None:
        """Return the event that created a task."""
        return next(self.contract.events(TaskCreated, first=first, task_id=task_id), None)

    def anchors(
        self, task_id: TaskId, first: int = 0, last: int | None = None
    ) -> list[SubmissionsAnchored]:
        """Return the anchored batches of a task in order."""
        kind = SubmissionsAnchored
        return list(self.contract.events(kind, first=first, last=last, task_id=task_id))

    def forced(
        self, task_id: TaskId, first: int = 0, last: int | None = None
    ) -> list[SubmissionForced]:
        """Return the submissions that went around the gateway, in order."""
        kind = SubmissionForced
        return list(self.contract.events(kind, first=first, last=last, task_id=task_id))

    def create_task(self, terms: TaskTerms) -> Call:
        """Move the approved budget in and start a task."""
        return self.contract.write("create_task", astuple(terms))

    def top_up(self, task_id: TaskId, amount: Wei) -> Call:
        """Add approved budget to a task."""
        return self.contract.write("top_up", task_id, amount)

    def cancel_task(self, task_id: TaskId) -> Call:
        """Take a task back before any answer."""
        return self.contract.write("cancel_task", task_id)

    def anchor_submissions(self, task_id: TaskId, anchor: Anchor, evidence: Digest) -> Call:
        """Anchor a batch; `evidence` is the digest of the batch document."""
        return self.contract.write(
            "anchor_submissions", task_id, anchor.root, anchor.answers, evidence
        )

    def force_submission(
        self, task_id: TaskId, assignment_id: int, commitments_root: Digest, payload: Digest
    ) -> Call:
        """Submit around the gateway; `payload` is the digest of the answers document."""
        return self.contract.write(
            "force_submission", task_id, assignment_id, commitments_root, payload
        )

    def claim(self, leaf: PayoutLeaf, proof: Sequence[bytes]) -> Call:
        """Pay one payout leaf to its worker."""
        row = (leaf.task_id, leaf.index, leaf.worker, leaf.amount)
        return self.contract.write("claim", *row, list(proof))

    def claim_many(
        self, worker: Address, claims: Sequence[tuple[PayoutLeaf, Sequence[bytes]]]
    ) -> Call:
        """Pay up to `CLAIMS_AT_ONCE` payout leaves of one worker."""
        rows = [(leaf.task_id, leaf.index, leaf.amount, list(proof)) for leaf, proof in claims]
        return self.contract.write("claim_many", worker, rows)

    def claim_flat(
        self,
        anchors: Sequence[Anchor],
        position: int,
        leaf: SubmissionLeaf,
        proof: Sequence[bytes],
    ) -> Call:
        """Pay one anchored submission of an expired task the flat price."""
        return self.contract.write(
            "claim_flat",
            leaf.task_id,
            [astuple(anchor) for anchor in anchors],
            position,
            leaf.index,
            leaf.worker,
            leaf.answers,
            leaf.submission_hash,
            list(proof),
        )

    def refund(self, task_id: TaskId) -> Call:
        """Send the requester what is left."""
        return self.contract.write("refund", task_id)

    def collect_fees(self, token: Address) -> Call:
        """Send the fees to their recipient."""
        return self.contract.write("collect_fees", token)
