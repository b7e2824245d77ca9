"""POST and GET /tasks/{task_id}/submissions, GET /tasks/{task_id}/submissions/{submission_hash}."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from dao_api import errors
from dao_api.anchoring.documents import batch_tree, receipt_of
from dao_api.context import Context, Gateway
from dao_api.database import SubmissionRow
from dao_api.problems import refusals
from dao_api.schemas import AddressText, Limit, Offset, Page, hexadecimal
from dao_api.submissions.repository import Progress
from dao_api.submissions.schemas import (
    Inclusion,
    ReceiptMessage,
    ReceiptOut,
    SubmissionDetail,
    SubmissionIn,
    SubmissionOut,
    SubmissionState,
)
from dao_api.submissions.service import Offer
from dao_api.tasks.endpoints import CHAIN, STORE, TaskIdPath
from dao_client.documents.submissions import read_submission, write_receipt
from dao_client.documents.values import from_hex
from dao_client.types import Address, TaskId
from ipfs_store import cid_from_digest

router = APIRouter(prefix="/tasks/{task_id}/submissions", tags=["submissions"])
SubmissionHash = Annotated[str, Path(pattern=r"^0x[0-9a-f]{64}$")]
REFUSED = (
    errors.TaskUnknown,
    errors.RequestTooLarge,
    errors.ForeignGateway,
    errors.SeatMissing,
    errors.SignatureRefused,
    errors.SubmissionLate,
    errors.SignatureExpired,
    errors.ItemAnsweredBefore,
    errors.ItemFull,
    errors.AuditsFull,
    errors.AssignmentReused,
    errors.SubmissionMismatched,
    errors.AnswersRefused,
)
SAME_AGAIN: dict[int | str, dict[str, Any]] = {
    200: {"model": ReceiptOut, "description": "The same submission again: the receipt it got first"}
}


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    responses={**SAME_AGAIN, **refusals(*REFUSED, *CHAIN, *STORE)},
)
def post_submission(
    gateway: Gateway, response: Response, task_id: TaskIdPath, body: SubmissionIn
) -> ReceiptOut:
    """Take a signed submission and answer with a signed receipt, once it is stored for good."""
    if body.submission.taskId != task_id:
        raise errors.SubmissionMismatched(
            f"the submission is for task {body.submission.taskId}, the address for task {task_id}"
        )
    submission = read_submission(body.submission.model_dump())
    offer = Offer(submission, from_hex(body.signature), body.sealed)
    row, is_new = gateway.submissions.accept(offer)
    if not is_new:
        response.status_code = HTTPStatus.OK
    return _receipt(row)


@router.get("", responses=refusals(errors.TaskUnknown, *CHAIN))
def list_submissions(
    gateway: Gateway,
    task_id: TaskIdPath,
    worker: Annotated[AddressText | None, Query(description="only this worker's")] = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> Page[SubmissionOut]:
    """List what this gateway received for a task, in receipt order."""
    gateway.tasks.task(TaskId(task_id))
    wanted = Address(worker) if worker else None
    total, found = gateway.submission_rows.progress(TaskId(task_id), wanted, offset, limit)
    rows = [SubmissionOut(**_progress(each)) for each in found]
    return Page(total=total, offset=offset, limit=limit, rows=rows)


@router.get("/{submission_hash}", responses=refusals(errors.SubmissionUnknown, *CHAIN))
def show_submission(
    gateway: Gateway, task_id: TaskIdPath, submission_hash: SubmissionHash
) -> SubmissionDetail:
    """Show a submission with its receipt and, once anchored, the proof that it is in the batch."""
    found = gateway.submission_rows.progress_of(TaskId(task_id), from_hex(submission_hash))
    if found is None:
        raise errors.SubmissionUnknown(
            f"this gateway holds no submission {submission_hash} of task {task_id}"
        )
    return SubmissionDetail(
        **_progress(found),
        receipt=_receipt(found.submission),
        inclusion=_inclusion(gateway, found),
    )


def _receipt(row: SubmissionRow) -> ReceiptOut:
    return ReceiptOut(
        submission_hash=hexadecimal(row.submission_hash),
        receipt=ReceiptMessage(**write_receipt(receipt_of(row))),
        receipt_signature=hexadecimal(row.receipt_signature),
    )


def _progress(found: Progress) -> dict[str, Any]:
    row, batch, anchor = found.submission, found.batch, found.anchor
    return {
        "submission_hash": hexadecimal(row.submission_hash),
        "assignment_id": str(row.assignment_id),
        "worker": row.worker,
        "answers": row.answers,
        "document": cid_from_digest(row.sealed_digest),
        "state": _state(found),
        "received_at": row.received_at,
        "anchor_by": row.anchor_by,
        "batch_root": hexadecimal(batch.root) if batch else None,
        "batch_document": cid_from_digest(batch.document) if batch else None,
        "transaction_hash": hexadecimal(batch.transaction_hash) if batch else None,
        "block_number": anchor.block_number if anchor else None,
    }


def _state(found: Progress) -> SubmissionState:
    if found.anchor is not None:
        return SubmissionState.ANCHORED
    return SubmissionState.RECEIVED if found.batch is None else SubmissionState.BATCHED


def _inclusion(gateway: Context, found: Progress) -> Inclusion | None:
    row, batch, anchor = found.submission, found.batch, found.anchor
    if batch is None or anchor is None or row.leaf_index is None:
        return None
    tree = batch_tree(gateway.submission_rows.batch_members(batch.id))
    roots = [each.root for each in gateway.task_rows.anchors(TaskId(row.task_id))]
    return Inclusion(
        position=roots.index(batch.root),
        index=row.leaf_index,
        answers=row.answers,
        root=hexadecimal(batch.root),
        proof=[hexadecimal(sibling) for sibling in tree.proof(row.leaf_index)],
    )
