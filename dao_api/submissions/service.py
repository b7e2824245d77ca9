"""Decide whether a submission is taken, and give a receipt for it.

The order of the checks: gateway and time, sealed document, signature, stake, doubles and overlap. A
receipt leaves only after the sealed document is in the store and the row is committed. What is
inside is never seen here before everybody may see it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

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
from dao_api.submissions.repository import Received, SubmissionRepository
from dao_api.submissions.sealed import canonical_document, read_sealed
from dao_api.tasks.service import TaskService
from dao_client import errors as sdk
from dao_client.audit_rates import most_audited_items
from dao_client.documents import SealedDocument, TaskDocument
from dao_client.keys import Signer
from dao_client.messages import Domain, receipt_message, submission_digest, verify
from dao_client.moments import write_moment
from dao_client.types import Digest, Receipt, Submission, Task, Timestamp
from dao_client.windows import Windows
from ipfs_store import Store


@dataclass(frozen=True, slots=True)
class Offer:
    """What a worker sent: a signed submission and its sealed document as JSON."""

    submission: Submission
    signature: bytes
    sealed: dict[str, object]


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
        is_audit = not Windows.of(task).takes_answers(clock)
        document = self._tasks.document(submission.task_id)
        block = canonical_document(offer.sealed)
        sealed = read_sealed(submission, block, document)
        self._check_signature(submission, submission_hash, offer.signature)
        self._check_stake(submission, task, document, is_audit=is_audit)
        receipt = self._receipt(submission_hash, task, clock)
        received = self._received(offer, sealed, receipt)
        if is_audit:
            received = replace(received, most_items=most_audited_items(document.item_count))
        else:
            received = replace(received, most_answers=document.most_answers)
        self._submissions.refuse_conflicts(received)
        self._store.put_block(block)
        return self._submissions.add(received)

    def _check_place_and_time(self, submission: Submission, task: Task, clock: Timestamp) -> None:
        if task.gateway != self._terms.signer.address:
            raise ForeignGateway(
                f"task {task.task_id} names gateway {task.gateway}, this one is "
                f"{self._terms.signer.address}; send the submission there"
            )
        windows = Windows.of(task)
        takes_audits = windows.opening_deadline <= clock < windows.audits_until
        is_open = windows.takes_answers(clock) or takes_audits
        if task.is_cancelled or not is_open:
            raise SubmissionLate(
                f"task {task.task_id} takes answers until {write_moment(windows.submit_deadline)}, "
                f"audits from {write_moment(windows.opening_deadline)} until "
                f"{write_moment(windows.audits_until)}, the chain's clock says "
                f"{write_moment(clock)}" + ("; the task is cancelled" if task.is_cancelled else "")
            )
        if clock > submission.deadline:
            raise SignatureExpired(
                f"the submission was signed until {write_moment(submission.deadline)}, the chain's "
                f"clock says {write_moment(clock)}; sign again with a later deadline"
            )

    def _check_signature(
        self, submission: Submission, submission_hash: Digest, signature: bytes
    ) -> None:
        try:
            verify(submission.worker, submission_hash, signature, self._view.has_accepted)
        except sdk.SignatureRefused as error:
            raise SignatureRefused(str(error)) from error

    def _check_stake(
        self, submission: Submission, task: Task, document: TaskDocument, *, is_audit: bool
    ) -> None:
        """Let in who has something to lose; whether a juror was drawn is for operators to check."""
        if document.has_entry and not is_audit:
            return
        stake = self._view.stake(task.token, submission.worker)
        if stake >= document.seat_size:
            return
        if not (is_audit and self._view.is_operator(submission.worker)):
            raise SeatMissing(
                f"{submission.worker} has {stake} wei of {task.token} staked, a seat needs "
                f"{document.seat_size}; deposit into Staking and send the submission again"
            )

    def _receipt(self, submission_hash: Digest, task: Task, clock: Timestamp) -> Receipt:
        terms = self._terms
        used = task.anchors + self._submissions.unfinished_batches(task.task_id)
        anchor_by = promise(task, used, quick_seconds=terms.anchor_seconds, clock=clock)
        return Receipt(submission_hash, clock, anchor_by)

    def _received(self, offer: Offer, sealed: SealedDocument, receipt: Receipt) -> Received:
        terms = self._terms
        return Received(
            submission=offer.submission,
            submission_hash=receipt.submission_hash,
            signature=offer.signature,
            items=sealed.items,
            receipt=receipt,
            receipt_signature=terms.signer.sign_typed(receipt_message(receipt, terms.domain)),
            stored_at=terms.now(),
        )
