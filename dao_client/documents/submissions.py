"""Pages of a batch: signed submissions with their receipts, in the order of the leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from dao_client.documents.pages import paginate
from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.documents.values import address, digest_from_hex, from_hex, to_hex
from dao_client.types import Receipt, Submission, TaskId, Timestamp


@dataclass(frozen=True, slots=True)
class SubmissionEntry:
    """One submission of a batch; the digest that it signs names its sealed document."""

    submission: Submission
    signature: bytes
    receipt: Receipt
    receipt_signature: bytes
    answer_count: int


def build_submissions(entries: Iterable[SubmissionEntry]) -> tuple[bytes, ...]:
    """Write the submissions of a batch as pages."""
    pages = paginate([_write_entry(entry) for entry in entries])
    return tuple(write(Kind.SUBMISSIONS, {"submissions": list(page)}) for page in pages)


def parse_submissions(block: bytes) -> tuple[SubmissionEntry, ...]:
    """Read one page of submissions."""
    return tuple(_read_entry(entry) for entry in read(Kind.SUBMISSIONS, block)["submissions"])


def join_submissions(
    pages: Iterable[tuple[SubmissionEntry, ...]], answers: int
) -> tuple[SubmissionEntry, ...]:
    """Put all pages of a batch together; refuse another number of answers than the batch has."""
    entries = tuple(chain.from_iterable(pages))
    counted = sum(entry.answer_count for entry in entries)
    if counted != answers:
        refuse(Kind.SUBMISSIONS, "all pages", counted, f"the batch document says {answers} answers")
    return entries


def write_submission(submission: Submission) -> dict[str, Any]:
    """Write a submission as JSON."""
    return {
        "taskId": submission.task_id,
        "assignmentId": str(submission.assignment_id),
        "worker": submission.worker,
        "commitmentsRoot": to_hex(submission.commitments_root),
        "sealedDigest": to_hex(submission.sealed_digest),
        "deadline": submission.deadline,
    }


def read_submission(members: Mapping[str, Any]) -> Submission:
    """Read a submission that the schema has checked."""
    return Submission(
        task_id=TaskId(members["taskId"]),
        assignment_id=int(members["assignmentId"]),
        worker=address(members["worker"]),
        commitments_root=digest_from_hex(members["commitmentsRoot"]),
        sealed_digest=digest_from_hex(members["sealedDigest"]),
        deadline=Timestamp(members["deadline"]),
    )


def write_receipt(receipt: Receipt) -> dict[str, Any]:
    """Write a receipt as JSON."""
    return {
        "submissionHash": to_hex(receipt.submission_hash),
        "receivedAt": receipt.received_at,
        "anchorBy": receipt.anchor_by,
    }


def read_receipt(members: Mapping[str, Any]) -> Receipt:
    """Read a receipt that the schema has checked."""
    return Receipt(
        submission_hash=digest_from_hex(members["submissionHash"]),
        received_at=Timestamp(members["receivedAt"]),
        anchor_by=Timestamp(members["anchorBy"]),
    )


def _write_entry(entry: SubmissionEntry) -> dict[str, Any]:
    return {
        "submission": write_submission(entry.submission),
        "signature": to_hex(entry.signature),
        "receipt": write_receipt(entry.receipt),
        "receipt_signature": to_hex(entry.receipt_signature),
        "answer_count": entry.answer_count,
    }


def _read_entry(entry: Mapping[str, Any]) -> SubmissionEntry:
    return SubmissionEntry(
        submission=read_submission(entry["submission"]),
        signature=from_hex(entry["signature"]),
        receipt=read_receipt(entry["receipt"]),
        receipt_signature=from_hex(entry["receipt_signature"]),
        answer_count=entry["answer_count"],
    )
