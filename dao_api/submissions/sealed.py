"""Compare a sealed document with what was signed, and with what the task asks."""

from dao_api.errors import AnswersRefused, SubmissionMismatched
from dao_client.canonical import digest_of, to_canonical
from dao_client.documents import SealedDocument, TaskDocument, parse_sealed
from dao_client.errors import MalformedDocument
from dao_client.sealing import sealed_length
from dao_client.types import Submission


def canonical_document(document: dict[str, object]) -> bytes:
    """Write a document as the one block whose digest was signed."""
    try:
        return to_canonical(document)
    except MalformedDocument as error:
        raise AnswersRefused(str(error)) from error


def read_sealed(submission: Submission, block: bytes, task: TaskDocument) -> SealedDocument:
    """Refuse a sealed document that was not signed, or that no answers to the task can be in."""
    digest = digest_of(block)
    if digest != submission.sealed_digest:
        raise SubmissionMismatched(
            f"the sealed document has digest 0x{digest.hex()}, the submission was signed for "
            f"0x{submission.sealed_digest.hex()}"
        )
    try:
        sealed = parse_sealed(block)
    except MalformedDocument as error:
        raise AnswersRefused(str(error)) from error
    named = (sealed.task_id, sealed.assignment_id, sealed.worker)
    signed = (submission.task_id, submission.assignment_id, submission.worker)
    if named != signed:
        raise SubmissionMismatched(
            f"the sealed document is of (task, assignment, worker) {named}, the submission of "
            f"{signed}"
        )
    if sealed.items[-1] >= task.item_count:
        raise AnswersRefused(
            f"item {sealed.items[-1]} is unknown: the task has {task.item_count}, counted from 0"
        )
    _check_length(sealed, task)
    return sealed


def _check_length(sealed: SealedDocument, task: TaskDocument) -> None:
    """Refuse another length than all answers to these items have: it could tell which they are."""
    expected = sealed_length(sealed, task) if sealed.boxes else 0
    if len(sealed.ciphertext) != expected:
        raise AnswersRefused(
            f"the ciphertext has {len(sealed.ciphertext)} bytes, answers to {len(sealed.items)} "
            f"items sealed to {len(sealed.boxes)} operators have {expected}: pad them as "
            "`tessera answer` does"
        )
