"""Decide whether a submission is taken, and give a receipt for it.

The order of the checks: gateway and time, answers and commitments, signature, stake, doubles. A
receipt leaves only after the answers are in the store and the row is committed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dao_api.anchoring.schedule import promise
from dao_api.chain import ChainView
from dao_api.database import SubmissionRow
from dao_api.errors import (
    ForeignGateway,
    SeatMissing,
    SignatureExpired,
    SignatureRefused,
    SubmissionLate,
)
from dao_api.submissions.answers import canonical_answers, read_answers
from dao_api.submissions.repository import Received, SubmissionRepository
from dao_api.tasks.service import TaskService
from dao_client import errors as sdk
from dao_client.documents import AnswersDocument, TaskDocument
from dao_client.keys import Signer
from dao_client.messages import Domain, receipt_message, submission_digest, verify
from dao_client.types import Digest, Receipt, Submission, Task, Timestamp
from ipfs_store import Store


@dataclass(frozen=True, slots=True)
class Offer:
    """What a worker sent: a signed submission and its answers as JSON."""

    submission: Submission
    signature: bytes
    answers: dict[str, object]


@dataclass(frozen=True, slots=True)
class ReceiptTerms:
    """Who signs receipts, for which escrow, and how soon is anchored."""

    signer: Signer
    domain: Domain
    anchor_seconds: int
    now: Callable[[], float]


class SubmissionService:
    """Takes submissions of the tasks that name this gateway."""

    def __init__(
        self,
        view: ChainView,
        store: Store,
        tasks: TaskService,
        submissions: SubmissionRepository,
        terms: ReceiptTerms,
    ) -> None:
        self._view = view
        self._store = store
        self._tasks = tasks
        self._submissions = submissions
        self._terms = terms

    def accept(self, offer: Offer) -> tuple[SubmissionRow, bool]:
        """Check and keep a submission; the second value tells whether it is new."""
        submission = offer.submission
        submission_hash = submission_digest(submission, self._terms.domain)
        known = self._submissions.find(submission_hash)
        if known is not None:
            return known, False
        clock = self._view.clock()
        task = self._tasks.task(submission.task_id)
        self._check_place_and_time(submission, task, clock)
        document = self._tasks.document(submission.task_id)
        block = canonical_answers(offer.answers)
        answers = read_answers(submission, block, document)
        self._check_signature(submission, submission_hash, offer.signature)
        self._check_stake(submission, task, document)
        received = self._receive(offer, submission_hash, answers, task, clock)
        self._submissions.refuse_conflicts(received)
        self._store.put_block(block)
        return self._submissions.add(received)

    def _check_place_and_time(self, submission: Submission, task: Task, clock: Timestamp) -> None:
        if task.gateway != self._terms.signer.address:
            raise ForeignGateway(
                f"task {task.task_id} names gateway {task.gateway}, this one is "
                f"{self._terms.signer.address}; send the submission there"
            )
        if task.is_cancelled or clock >= task.submit_deadline:
            raise SubmissionLate(
                f"task {task.task_id} took answers until {task.submit_deadline}, the chain's clock "
                f"says {clock}" + ("; the task is cancelled" if task.is_cancelled else "")
            )
        if clock > submission.deadline:
            raise SignatureExpired(
                f"the submission was signed until {submission.deadline}, the chain's clock says "
                f"{clock}; sign again with a later deadline"
            )

    def _check_signature(
        self, submission: Submission, submission_hash: Digest, signature: bytes
    ) -> None:
        try:
            verify(submission.worker, submission_hash, signature, self._view.has_accepted)
        except sdk.SignatureRefused as error:
            raise SignatureRefused(str(error)) from error

    def _check_stake(self, submission: Submission, task: Task, document: TaskDocument) -> None:
        stake = self._view.stake(task.token, submission.worker)
        if stake < document.seat_size:
            raise SeatMissing(
                f"{submission.worker} has {stake} wei of {task.token} staked, a seat needs "
                f"{document.seat_size}; deposit into Staking and send the submission again"
            )

    def _receive(
        self,
        offer: Offer,
        submission_hash: Digest,
        answers: AnswersDocument,
        task: Task,
        clock: Timestamp,
    ) -> Received:
        terms = self._terms
        used = task.anchors + self._submissions.unfinished_batches(task.task_id)
        anchor_by = promise(task, used, quick_seconds=terms.anchor_seconds, clock=clock)
        receipt = Receipt(submission_hash, clock, anchor_by)
        return Received(
            submission=offer.submission,
            submission_hash=submission_hash,
            signature=offer.signature,
            items=tuple(answer.item for answer in answers.answers),
            receipt=receipt,
            receipt_signature=terms.signer.sign_typed(receipt_message(receipt, terms.domain)),
            stored_at=terms.now(),
        )
