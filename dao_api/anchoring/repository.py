"""All SQL of batches: what waits, what is under way, what is anchored."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, select, update

from dao_api.anchoring.schedule import Waiting
from dao_api.database import AnchorRow, BatchRow, Sessions, SubmissionRow, writing
from dao_api.errors import BatchOvertaken


@dataclass(frozen=True, slots=True)
class SignedAnchor:
    """A transaction that anchors one batch, ready to be broadcast any number of times."""

    raw: bytes
    hash: bytes


class BatchRepository:
    """Batches in the database."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def waiting(self) -> dict[int, int]:
        """Return how many submissions in no batch each task has, of those that have any."""
        query = (
            select(SubmissionRow.task_id, func.count())
            .where(SubmissionRow.batch_id.is_(None))
            .group_by(SubmissionRow.task_id)
            .order_by(SubmissionRow.task_id)
        )
        with self._sessions() as session:
            return {row[0]: row[1] for row in session.execute(query)}

    def waiting_since(self, task_id: int, received_from: int) -> Waiting:
        """Return how many submissions received from a moment on are in no batch."""
        query = select(
            func.count(), func.min(SubmissionRow.received_at), func.min(SubmissionRow.stored_at)
        ).where(*_is_waiting(task_id, received_from))
        with self._sessions() as session:
            count, received_at, stored_at = session.execute(query).one()
        return Waiting(count, received_at or 0, stored_at or 0.0)

    def waiting_of(self, task_id: int, received_from: int, limit: int) -> Sequence[SubmissionRow]:
        """Return submissions received from a moment on that are in no batch, oldest first."""
        query = (
            select(SubmissionRow)
            .where(*_is_waiting(task_id, received_from))
            .order_by(SubmissionRow.id)
            .limit(limit)
        )
        with self._sessions() as session:
            return session.scalars(query).all()

    def unfinished(self) -> Sequence[BatchRow]:
        """The batches that are not seen on the chain, in the order of their nonces."""
        anchored = select(AnchorRow.root)
        query = select(BatchRow).where(BatchRow.root.not_in(anchored)).order_by(BatchRow.nonce)
        with self._sessions() as session:
            return session.scalars(query).all()

    def add(
        self,
        batch: BatchRow,
        signed: SignedAnchor,
        signed_at: int,
        submissions: Sequence[SubmissionRow],
    ) -> None:
        """Keep a batch with its transaction and its submissions, in one commit."""
        batch.raw_transaction, batch.transaction_hash = signed.raw, signed.hash
        batch.signed_at = signed_at
        with self._sessions.begin() as session:
            writing(session).add(batch)
            session.flush()
            for index, submission in enumerate(submissions):
                taken = session.execute(
                    update(SubmissionRow)
                    .where(SubmissionRow.id == submission.id, SubmissionRow.batch_id.is_(None))
                    .values(batch_id=batch.id, leaf_index=index)
                    .returning(SubmissionRow.id)
                )
                if taken.one_or_none() is None:
                    raise BatchOvertaken(
                        f"submission {submission.id} is in another batch already: does a second "
                        "gateway process use this database?"
                    )

    def replace_transaction(self, batch_id: int, signed: SignedAnchor, signed_at: int) -> None:
        """Keep another transaction of the same nonce for a batch, before it is broadcast."""
        with self._sessions.begin() as session:
            writing(session).execute(
                update(BatchRow)
                .where(BatchRow.id == batch_id)
                .values(
                    raw_transaction=signed.raw,
                    transaction_hash=signed.hash,
                    signed_at=signed_at,
                    raises=BatchRow.raises + 1,
                )
            )

    def dissolve(self, batch_id: int) -> None:
        """Forget a batch whose transaction cannot be mined any more: its submissions wait again."""
        with self._sessions.begin() as session:
            writing(session).execute(
                update(SubmissionRow)
                .where(SubmissionRow.batch_id == batch_id)
                .values(batch_id=None, leaf_index=None)
            )
            session.execute(delete(BatchRow).where(BatchRow.id == batch_id))


def _is_waiting(task_id: int, received_from: int) -> tuple[ColumnElement[bool], ...]:
    return (
        SubmissionRow.task_id == task_id,
        SubmissionRow.batch_id.is_(None),
        SubmissionRow.received_at >= received_from,
    )


def signed_anchor(batch: BatchRow) -> SignedAnchor:
    """Return the transaction that a batch is kept with."""
    return SignedAnchor(batch.raw_transaction, batch.transaction_hash)
