"""All SQL of tasks."""

from collections.abc import Sequence

from sqlalchemy import func, select

from dao_api.database import AnchorRow, Sessions, TaskRow
from dao_client.types import Address, TaskId


class TaskRepository:
    """Tasks and anchors, as the index has them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def page(
        self, gateway: Address | None, offset: int, limit: int
    ) -> tuple[int, Sequence[TaskRow]]:
        """Return how many tasks there are, and some of them, newest first."""
        wanted = [] if gateway is None else [TaskRow.gateway == gateway]
        query = select(TaskRow).where(*wanted).order_by(TaskRow.task_id.desc())
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(TaskRow).where(*wanted))
            return total or 0, session.scalars(query.offset(offset).limit(limit)).all()

    def find(self, task_id: TaskId) -> TaskRow | None:
        """Return one task."""
        with self._sessions() as session:
            return session.scalar(select(TaskRow).where(TaskRow.task_id == task_id))

    def anchors(self, task_id: TaskId) -> Sequence[AnchorRow]:
        """Return the anchors of a task, in the order of the chain."""
        query = (
            select(AnchorRow)
            .where(AnchorRow.task_id == task_id)
            .order_by(AnchorRow.block_number, AnchorRow.log_index)
        )
        with self._sessions() as session:
            return session.scalars(query).all()
