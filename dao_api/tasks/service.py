"""Join what the index, the chain and the store know of a task."""

from dao_api.chain import ChainView
from dao_api.errors import TaskUnknown
from dao_api.payloads import Payloads
from dao_api.tasks.repository import TaskRepository
from dao_client.documents.task import TaskDocument
from dao_client.types import Digest, Phase, Task, TaskId


class TaskService:
    """Answers what a task is; a task too new for the index is looked up on the chain."""

    def __init__(self, view: ChainView, payloads: Payloads, tasks: TaskRepository) -> None:
        self._view = view
        self._payloads = payloads
        self._tasks = tasks

    def task(self, task_id: TaskId) -> Task:
        """Return what the escrow holds of a task."""
        task = self._view.task(task_id)
        if task is None:
            raise TaskUnknown(f"there is no task {task_id} on this chain; GET /tasks lists them")
        return task

    def document(self, task_id: TaskId) -> TaskDocument:
        """Return what the requester asks."""
        row = self._tasks.find(task_id)
        spec = Digest(row.spec) if row else self._view.spec(task_id)
        if spec is None:
            raise TaskUnknown(f"there is no task {task_id} on this chain; GET /tasks lists them")
        return self._payloads.task(spec)

    def phase(self, task_id: TaskId) -> Phase:
        """Return a task's phase by the chain's clock."""
        self.task(task_id)
        return self._view.phases([task_id])[0]
