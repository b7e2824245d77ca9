"""Move past each deadline and let the operators do their work."""

from collections.abc import Callable, Sequence

from dao_client.contracts.events import VerdictPosted
from dao_client.contracts.parameters import ParameterId
from dao_client.deployment import System
from dao_client.types import Phase, TaskId, Timestamp
from dao_client.windows import Windows
from scripts.demo.clock import travel_to
from scripts.demo.processes import Processes

TIMEOUT_SECONDS = 120.0


def pass_deadline(
    system: System, task_ids: Sequence[TaskId], deadline: Callable[[Windows], Timestamp]
) -> None:
    """Move to the moment at which all these tasks are past one of their deadlines."""
    tasks = system.task_escrow.tasks(list(task_ids))
    travel_to(system.chain, max(deadline(Windows.of(task)) for task in tasks))


def await_verdicts(
    system: System, processes: Processes, task_ids: Sequence[TaskId]
) -> list[VerdictPosted]:
    """Move past each reveal deadline and wait until the operators agree and one of them posts."""
    return [_await_verdict(system, processes, task_id) for task_id in task_ids]


def _await_verdict(system: System, processes: Processes, task_id: TaskId) -> VerdictPosted:
    pass_deadline(system, [task_id], lambda windows: windows.reveal_deadline)

    def posted() -> VerdictPosted | None:
        events = system.verdict_oracle.posted(task_id, system.first_block)
        return events[0] if events else None

    return processes.wait_until(posted, "a verdict of the operators", TIMEOUT_SECONDS)


def await_finality(system: System, processes: Processes, task_ids: Sequence[TaskId]) -> None:
    """Move past each challenge window and wait until an operator makes the verdict final."""
    for task_id in task_ids:
        _await_finality(system, processes, task_id)


def _await_finality(system: System, processes: Processes, task_id: TaskId) -> None:
    posted_at = system.verdict_oracle.record(task_id).posted_at
    window = system.parameters.value_for_task(ParameterId.CHALLENGE_SECONDS, task_id)
    travel_to(system.chain, posted_at + window + 1)

    def is_final() -> bool | None:
        return True if system.verdict_oracle.phases([task_id]) == [Phase.FINAL] else None

    processes.wait_until(is_final, "the end of the challenge window", TIMEOUT_SECONDS)
