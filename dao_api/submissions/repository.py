"""All SQL of submissions; the two unique keys make double answers impossible, whatever races."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Select, case, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dao_api.database import (
    AnchorRow,
    AnsweredItemRow,
    BatchRow,
    Sessions,
    SubmissionRow,
    writing,
)
from dao_api.errors import AssignmentReused, AuditsFull, ItemAnsweredBefore, ItemFull
from dao_client.types import Address, Digest, Receipt, Submission, TaskId, Timestamp

ITEMS_AT_ONCE = 500
"""Databases take only so many values in one query."""


@dataclass(frozen=True, slots=True)
class Received:
    """A submission that passed every check, with its receipt; `items` are those answered.

    An item takes `most_answers`; a juror's answers (none) are not counted, but a juror takes no
    more than `most_items` of a task. The limit is each juror's own: were it one for all, whoever
    hands in first could leave no room to those who were drawn.
    """

    submission: Submission
    submission_hash: Digest
    signature: bytes
    items: tuple[int, ...]
    receipt: Receipt
    receipt_signature: bytes
    stored_at: float
    most_answers: int | None = None
    most_items: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A submission, and how far it got: into a batch, and onto the chain."""

    submission: SubmissionRow
    batch: BatchRow | None
    anchor: AnchorRow | None


class SubmissionRepository:
    """Submissions in the database."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def find(self, submission_hash: bytes) -> SubmissionRow | None:
        """Return the submission with this hash."""
        with self._sessions() as session:
            return _find(session, submission_hash)

    def of_assignment(
        self, task_id: TaskId, worker: Address, assignment_id: int
    ) -> SubmissionRow | None:
        """Return the submission of an assignment."""
        query = select(SubmissionRow).where(
            SubmissionRow.task_id == task_id,
            SubmissionRow.worker == worker,
            SubmissionRow.assignment_id == assignment_id,
        )
        with self._sessions() as session:
            return session.scalar(query)

    def refuse_conflicts(self, received: Received) -> None:
        """Refuse what could not be added, before anything is stored."""
        with self._sessions() as session:
            _refuse_conflicts(session, received)

    def add(self, received: Received) -> tuple[SubmissionRow, bool]:
        """Add a submission, durably when this returns; the second value tells whether it is new."""
        try:
            return self._add(received)
        except IntegrityError:  # another process was first: now it can be seen who
            return self._add(received)

    def progress(
        self, task_id: TaskId, worker: Address | None, offset: int, limit: int
    ) -> tuple[int, list[Progress]]:
        """Return how many submissions there are, and some of them in receipt order."""
        wanted = [SubmissionRow.task_id == task_id]
        if worker is not None:
            wanted.append(SubmissionRow.worker == worker)
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(SubmissionRow).where(*wanted))
            query = _progress().where(*wanted).order_by(SubmissionRow.id)
            rows = session.execute(query.offset(offset).limit(limit)).all()
        return total or 0, [Progress(row[0], row[1], row[2]) for row in rows]

    def progress_of(self, task_id: TaskId, submission_hash: bytes) -> Progress | None:
        """Return one submission of a task."""
        query = _progress().where(
            SubmissionRow.task_id == task_id, SubmissionRow.submission_hash == submission_hash
        )
        with self._sessions() as session:
            row = session.execute(query).one_or_none()
        return Progress(row[0], row[1], row[2]) if row else None

    def batch_members(self, batch_id: int) -> Sequence[SubmissionRow]:
        """Return the submissions of a batch in leaf order."""
        query = (
            select(SubmissionRow)
            .where(SubmissionRow.batch_id == batch_id)
            .order_by(SubmissionRow.leaf_index)
        )
        with self._sessions() as session:
            return session.scalars(query).all()

    def answers_of_items(
        self, task_id: TaskId, before: Timestamp
    ) -> Sequence[tuple[int, int, int]]:
        """Return each answered item, ascending: answers received before a moment, and on chain."""
        is_anchored = case((BatchRow.root.in_(select(AnchorRow.root)), 1), else_=0)
        query = (
            select(AnsweredItemRow.item, func.count(), func.sum(is_anchored))
            .join(SubmissionRow, SubmissionRow.id == AnsweredItemRow.submission_id)
            .outerjoin(BatchRow, BatchRow.id == SubmissionRow.batch_id)
            .where(AnsweredItemRow.task_id == task_id, SubmissionRow.received_at < before)
            .group_by(AnsweredItemRow.item)
            .order_by(AnsweredItemRow.item)
        )
        with self._sessions() as session:
            return [(row[0], row[1], int(row[2])) for row in session.execute(query)]

    def items_of_worker(self, task_id: TaskId, worker: Address) -> Sequence[int]:
        """Return the items that a worker has answered or audited, ascending."""
        query = (
            select(AnsweredItemRow.item)
            .where(AnsweredItemRow.task_id == task_id, AnsweredItemRow.worker == worker)
            .order_by(AnsweredItemRow.item)
        )
        with self._sessions() as session:
            return session.scalars(query).all()

    def unfinished_batches(self, task_id: TaskId) -> int:
        """Count a task's batches that are not seen on the chain."""
        query = select(func.count()).select_from(BatchRow)
        unseen = BatchRow.root.not_in(select(AnchorRow.root))
        with self._sessions() as session:
            return session.scalar(query.where(BatchRow.task_id == task_id, unseen)) or 0

    def _add(self, received: Received) -> tuple[SubmissionRow, bool]:
        with self._sessions.begin() as session:
            writing(session)
            known = _find(session, received.submission_hash)
            if known is not None:
                return known, False
            _refuse_conflicts(session, received)
            row = _row(received)
            session.add(row)
            session.flush()
            session.add_all(
                AnsweredItemRow(
                    task_id=row.task_id, worker=row.worker, item=item, submission_id=row.id
                )
                for item in received.items
            )
            return row, True


def _find(session: Session, submission_hash: bytes) -> SubmissionRow | None:
    query = select(SubmissionRow).where(SubmissionRow.submission_hash == submission_hash)
    return session.scalar(query)


def _refuse_conflicts(session: Session, received: Received) -> None:
    """Refuse what contradicts another submission; the same one, kept meanwhile, is no conflict."""
    conflict = (
        _answered_before(session, received)
        or _audits_full(session, received)
        or _assignment_reused(session, received)
        or _item_full(session, received)
    )
    if conflict is not None and _find(session, received.submission_hash) is None:
        raise conflict


def _answered_before(session: Session, received: Received) -> ItemAnsweredBefore | None:
    submission = received.submission
    answered = session.scalars(
        select(AnsweredItemRow.item).where(
            AnsweredItemRow.task_id == submission.task_id,
            AnsweredItemRow.worker == submission.worker,
        )
    )
    again = sorted(set(answered) & set(received.items))
    if not again:
        return None
    return ItemAnsweredBefore(
        f"{submission.worker} has answered item {again[0]} of task {submission.task_id} "
        "before; the first answer counts, leave the item out"
    )


def _assignment_reused(session: Session, received: Received) -> AssignmentReused | None:
    submission = received.submission
    reused = session.scalar(
        select(SubmissionRow.submission_hash).where(
            SubmissionRow.task_id == submission.task_id,
            SubmissionRow.worker == submission.worker,
            SubmissionRow.assignment_id == submission.assignment_id,
        )
    )
    if reused is None:
        return None
    return AssignmentReused(
        f"assignment {submission.assignment_id} of {submission.worker} already has submission "
        f"0x{reused.hex()}; use another assignment id"
    )


def _audits_full(session: Session, received: Received) -> AuditsFull | None:
    if received.most_items is None:
        return None
    worker, task_id = received.submission.worker, received.submission.task_id
    query = select(func.count()).select_from(AnsweredItemRow)
    own = (AnsweredItemRow.task_id == task_id, AnsweredItemRow.worker == worker)
    count = (session.scalar(query.where(*own)) or 0) + len(received.items)
    if count <= received.most_items:
        return None
    return AuditsFull(
        f"with these {worker} would have answered {count} items of task {task_id}, a juror is "
        f"drawn for at most {received.most_items}; send those of `tessera audit items` alone"
    )


def _item_full(session: Session, received: Received) -> ItemFull | None:
    if received.most_answers is None:
        return None
    task_id = received.submission.task_id
    for first in range(0, len(received.items), ITEMS_AT_ONCE):
        full = (
            select(AnsweredItemRow.item)
            .where(
                AnsweredItemRow.task_id == task_id,
                AnsweredItemRow.item.in_(received.items[first : first + ITEMS_AT_ONCE]),
            )
            .group_by(AnsweredItemRow.item)
            .having(func.count() >= received.most_answers)
            .order_by(AnsweredItemRow.item)
        )
        item = session.scalar(full.limit(1))
        if item is not None:
            return ItemFull(
                f"item {item} of task {task_id} has its {received.most_answers} answers; leave it "
                "out"
            )
    return None


def _row(received: Received) -> SubmissionRow:
    return SubmissionRow(
        **asdict(received.submission),
        submission_hash=received.submission_hash,
        signature=received.signature,
        answers=len(received.items),
        received_at=received.receipt.received_at,
        anchor_by=received.receipt.anchor_by,
        receipt_signature=received.receipt_signature,
        stored_at=received.stored_at,
    )


def _progress() -> Select[SubmissionRow, BatchRow, AnchorRow]:
    return (
        select(SubmissionRow, BatchRow, AnchorRow)
        .outerjoin(BatchRow, BatchRow.id == SubmissionRow.batch_id)
        .outerjoin(AnchorRow, AnchorRow.root == BatchRow.root)
    )
