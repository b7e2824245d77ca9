"""Write a batch's evidence to the store: pages of submissions, and the document that links them."""

from collections.abc import Sequence
from dataclasses import dataclass

from dao_api.database import SubmissionRow
from dao_client.canonical import digest_of
from dao_client.documents.batch import BatchDocument, build_batch
from dao_client.documents.submissions import SubmissionEntry, build_submissions
from dao_client.encoding import submissions_tree
from dao_client.merkle import StandardMerkleTree
from dao_client.types import (
    Address,
    Digest,
    Receipt,
    Submission,
    SubmissionLeaf,
    TaskId,
    Timestamp,
)
from ipfs_store import Store


@dataclass(frozen=True, slots=True)
class WrittenBatch:
    """What an anchor says of a batch."""

    root: Digest
    answers: int
    document: Digest


def write_batch(store: Store, task_id: TaskId, members: Sequence[SubmissionRow]) -> WrittenBatch:
    """Store the evidence of a batch; the same members give the same blocks."""
    pages = [store.put_block(page) for page in build_submissions(map(entry_of, members))]
    answers = sum(member.answers for member in members)
    document = build_batch(BatchDocument(task_id, answers, tuple(pages)))
    store.put_block(document)
    return WrittenBatch(batch_tree(members).root, answers, digest_of(document))


def batch_tree(members: Sequence[SubmissionRow]) -> StandardMerkleTree:
    """Build the tree whose root is anchored; leaves stand in receipt order."""
    return submissions_tree(
        SubmissionLeaf(
            TaskId(member.task_id),
            index,
            Address(member.worker),
            member.answers,
            Digest(member.submission_hash),
        )
        for index, member in enumerate(members)
    )


def entry_of(row: SubmissionRow) -> SubmissionEntry:
    """Return a submission as the pages of a batch hold it."""
    return SubmissionEntry(
        submission=submission_of(row),
        signature=row.signature,
        receipt=receipt_of(row),
        receipt_signature=row.receipt_signature,
        answer_count=row.answers,
    )


def submission_of(row: SubmissionRow) -> Submission:
    """Return the message that the worker signed."""
    return Submission(
        task_id=TaskId(row.task_id),
        assignment_id=row.assignment_id,
        worker=Address(row.worker),
        commitments_root=Digest(row.commitments_root),
        sealed_digest=Digest(row.sealed_digest),
        deadline=Timestamp(row.deadline),
    )


def receipt_of(row: SubmissionRow) -> Receipt:
    """Return the message that the gateway signed."""
    return Receipt(
        submission_hash=Digest(row.submission_hash),
        received_at=Timestamp(row.received_at),
        anchor_by=Timestamp(row.anchor_by),
    )
