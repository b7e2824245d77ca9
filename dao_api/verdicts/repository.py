"""All SQL of verdicts."""

from sqlalchemy import select

from dao_api.database import Sessions, VerdictRow
from dao_client.types import TaskId


class VerdictRepository:
    """Posted verdicts, as the index has them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def newest(self, task_id: TaskId) -> VerdictRow | None:
        """Return the verdict that was posted last for a task."""
        query = (
            select(VerdictRow)
            .where(VerdictRow.task_id == task_id)
            .order_by(VerdictRow.block_number.desc(), VerdictRow.log_index.desc())
            .limit(1)
        )
        with self._sessions() as session:
            return session.scalar(query)
