"""Read the documents behind one anchor or one forced submission; a fault is kept, not raised."""

from collections.abc import Container
from dataclasses import dataclass

from dao_client.contracts.events import SubmissionForced, SubmissionsAnchored
from dao_client.documents import (
    SubmissionEntry,
    join_submissions,
    parse_answers,
    parse_batch,
    parse_sealed,
    parse_submissions,
)
from dao_client.errors import MalformedDocument
from dao_client.types import Address, Anchor, BlockNumber, ItemIndex, Submission, TaskId, Timestamp
from ipfs_store import Cid, cid_from_digest

from .evidence_reader import EvidenceReader
from .types import Batch, Candidate, Payload, Reason


@dataclass(frozen=True, slots=True)
class Listing:
    """What an anchored batch says it holds, or why it cannot be read."""

    position: int
    anchor: Anchor
    block_number: BlockNumber
    entries: tuple[SubmissionEntry, ...]
    fault: Reason | None = None


def read_listing(
    reader: EvidenceReader, task_id: TaskId, position: int, event: SubmissionsAnchored
) -> Listing:
    """Read a batch document and its pages, not yet the answers behind them."""
    anchor = Anchor(event.root, event.answers)
    entries = _entries(reader, task_id, position, event)
    if isinstance(entries, Reason):
        return Listing(position, anchor, event.place.block_number, (), entries)
    return Listing(position, anchor, event.place.block_number, entries)


def read_batch(reader: EvidenceReader, listing: Listing, seated: Container[Address]) -> Batch:
    """Read the sealed documents of a batch's submissions by `seated` workers, and the answers."""
    candidates = tuple(
        _candidate(reader, entry, (0, listing.position, leaf), seated)
        for leaf, entry in enumerate(listing.entries)
    )
    return Batch(listing.position, listing.anchor, listing.block_number, candidates, listing.fault)


def read_forced_submission(
    reader: EvidenceReader, event: SubmissionForced, seated: Container[Address]
) -> Candidate:
    """Read the answers of a `seated` worker's submission that went straight to the contract."""
    submission = forced_submission(event)
    what = f"of forced submission {event.assignment_id} of worker {event.worker}"
    payload, items = _payload(reader, submission, what, seated)
    return Candidate(
        position=(1, event.place.block_number, event.place.log_index),
        submission=submission,
        payload=payload,
        sealed_items=items,
    )


def forced_submission(event: SubmissionForced) -> Submission:
    """Return what a worker handed in by its own transaction."""
    return Submission(
        task_id=event.task_id,
        assignment_id=event.assignment_id,
        worker=event.worker,
        commitments_root=event.commitments_root,
        sealed_digest=event.payload,
        deadline=Timestamp(0),
    )


def _entries(
    reader: EvidenceReader, task_id: TaskId, position: int, event: SubmissionsAnchored
) -> tuple[SubmissionEntry, ...] | Reason:
    block = reader.read(cid_from_digest(event.evidence), f"document of batch {position}")
    if block is None:
        return Reason.MISSING_PAYLOAD
    try:
        batch = parse_batch(block)
        if batch.task_id != task_id:
            return Reason.WRONG_TASK
        pages = []
        for number, cid in enumerate(batch.pages):
            page = reader.read(cid, f"page {number} of batch {position}")
            if page is None:
                return Reason.MISSING_PAYLOAD
            pages.append(parse_submissions(page))
        return join_submissions(pages, batch.answers)
    except MalformedDocument:
        return Reason.MALFORMED


def _candidate(
    reader: EvidenceReader,
    entry: SubmissionEntry,
    position: tuple[int, int, int],
    seated: Container[Address],
) -> Candidate:
    submission = entry.submission
    what = (
        f"of submission {submission.assignment_id} of worker {submission.worker} "
        f"(batch {position[1]}, leaf {position[2]})"
    )
    payload, items = _payload(reader, submission, what, seated)
    return Candidate(
        position=position,
        submission=submission,
        payload=payload,
        sealed_items=items,
        signature=entry.signature,
        receipt=entry.receipt,
        answer_count=entry.answer_count,
    )


def _payload(
    reader: EvidenceReader, submission: Submission, what: str, seated: Container[Address]
) -> tuple[Payload | Reason, tuple[int, ...]]:
    """Read what a submission sealed, and the items; a worker without a seat is not worth a look.

    Anyone may force submissions for the price of an event, and each block that no store has costs
    a timeout: only workers with something at stake may make operators wait.

    Who signed for a block that is no sealed document of this assignment committed to no items.
    """
    if submission.worker not in seated:
        return Reason.NO_SEAT, ()
    block = reader.read(cid_from_digest(submission.sealed_digest), f"sealed document {what}")
    if block is None:
        return Reason.MISSING_PAYLOAD, ()
    try:
        sealed = parse_sealed(block)
    except MalformedDocument:
        return Reason.MALFORMED, ()
    said = (sealed.task_id, sealed.assignment_id, sealed.worker)
    if said != (submission.task_id, submission.assignment_id, submission.worker):
        return Reason.WRONG_PAYLOAD, ()
    return _answers(reader, sealed.answers, sealed.items, what), sealed.items


def _answers(
    reader: EvidenceReader, answers: Cid, items: tuple[ItemIndex, ...], what: str
) -> Payload | Reason:
    """Read the answers that somebody opened; only who sealed them could keep them shut."""
    block = reader.read(answers, f"answers {what}")
    if block is None:
        return Reason.NOT_REVEALED
    try:
        document = parse_answers(block)
    except MalformedDocument:
        return Reason.MALFORMED
    if tuple(answer.item for answer in document.answers) != items:
        return Reason.WRONG_ITEMS
    return Payload(
        task_id=document.task_id,
        assignment_id=document.assignment_id,
        worker=document.worker,
        answers=document.answers,
    )
