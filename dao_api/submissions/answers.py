"""Compare an answers document with what was signed, and with what the task asks."""

from dao_api.errors import AnswersRefused, CommitmentMismatched, SubmissionMismatched
from dao_client.canonical import digest_of, to_canonical
from dao_client.documents import AnswersDocument, TaskDocument, check_answers, parse_answers
from dao_client.encoding import commitments_tree
from dao_client.errors import MalformedDocument
from dao_client.types import Submission


def canonical_answers(answers: dict[str, object]) -> bytes:
    """Write the answers as the one block whose digest was signed."""
    try:
        return to_canonical(answers)
    except MalformedDocument as error:
        raise AnswersRefused(str(error)) from error


def read_answers(submission: Submission, block: bytes, task: TaskDocument) -> AnswersDocument:
    """Refuse answers that were not signed, do not fit the task, or were not committed to."""
    digest = digest_of(block)
    if digest != submission.sealed_digest:
        raise SubmissionMismatched(
            f"the answers have digest 0x{digest.hex()}, the submission was signed for "
            f"0x{submission.sealed_digest.hex()}"
        )
    try:
        answers = parse_answers(block)
        check_answers(answers, task)
    except MalformedDocument as error:
        raise AnswersRefused(str(error)) from error
    named = (answers.task_id, answers.assignment_id, answers.worker)
    signed = (submission.task_id, submission.assignment_id, submission.worker)
    if named != signed:
        raise SubmissionMismatched(
            f"the answers are of (task, assignment, worker) {named}, the submission of {signed}"
        )
    root = commitments_tree(submission.task_id, submission.worker, answers.answers).root
    if root != submission.commitments_root:
        raise CommitmentMismatched(
            f"the answers and salts give commitments root 0x{root.hex()}, the submission was "
            f"signed for 0x{submission.commitments_root.hex()}"
        )
    return answers
