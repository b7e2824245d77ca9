"""Take the answers inside a submission that this gateway has, once everybody may see them."""

from dao_api.chain import ChainView
from dao_api.database import SubmissionRow
from dao_api.errors import (
    AnswersRefused,
    OpeningEarly,
    SubmissionMismatched,
    SubmissionUnknown,
)
from dao_api.submissions.repository import SubmissionRepository
from dao_api.submissions.sealed import canonical_document
from dao_api.tasks.service import TaskService
from dao_client.documents import parse_answers, parse_sealed
from dao_client.errors import MalformedDocument
from dao_client.moments import write_moment
from dao_client.types import TaskId
from dao_client.windows import Windows
from ipfs_store import Cid, Store, cid_from_digest, cid_of


class OpeningService:
    """Keeps answers that a worker reveals alone; nothing is kept, or said, before its time."""

    def __init__(
        self, view: ChainView, store: Store, tasks: TaskService, submissions: SubmissionRepository
    ) -> None:
        self._view = view
        self._store = store
        self._tasks = tasks
        self._submissions = submissions

    def open(self, task_id: TaskId, answers: dict[str, object]) -> Cid:
        """Store an answers document that a sealed one names; the same again changes nothing.

        Whether it has the signed commitments is for operators to judge: it is evidence either way.
        """
        block = canonical_document(answers)
        row = self._find(task_id, block)
        self._check_time(row)
        sealed = self._sealed_answers(row)
        if cid_of(block) != sealed:
            raise SubmissionMismatched(
                f"the answers are block {cid_of(block)}, assignment {row.assignment_id} of "
                f"{row.worker} sealed {sealed}: send the document that was kept, unchanged"
            )
        return self._store.put_block(block)

    def _find(self, task_id: TaskId, block: bytes) -> SubmissionRow:
        try:
            document = parse_answers(block)
        except MalformedDocument as error:
            raise AnswersRefused(str(error)) from error
        if document.task_id != task_id:
            raise SubmissionMismatched(
                f"the answers are for task {document.task_id}, the address for task {task_id}"
            )
        row = self._submissions.of_assignment(task_id, document.worker, document.assignment_id)
        if row is None:
            raise SubmissionUnknown(
                f"this gateway holds no submission of task {task_id}, assignment "
                f"{document.assignment_id} by {document.worker}: put the answers into a store that "
                "operators read instead"
            )
        return row

    def _check_time(self, row: SubmissionRow) -> None:
        task = self._tasks.task(TaskId(row.task_id))
        due, clock = Windows.of(task).opens_at(row.deadline), self._view.clock()
        if clock < due:
            raise OpeningEarly(
                f"such answers of task {row.task_id} are anchored until {write_moment(due)}, the "
                f"chain's clock says {write_moment(clock)}: opened now, everybody could copy them; "
                "nothing was kept"
            )

    def _sealed_answers(self, row: SubmissionRow) -> Cid:
        block = self._store.get_block(cid_from_digest(row.sealed_digest))
        return parse_sealed(block).answers  # it was read before its receipt was given
