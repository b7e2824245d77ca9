"""Move past each deadline and let the operators do their work."""

from collections.abc import Sequence

from dao_client.contracts.events import VerdictPosted
from dao_client.deployment import DEFAULT_ORACLE, System
from dao_client.types import Phase, TaskId
from scripts.demo.clock import travel_to
from scripts.demo.processes import Processes

TIMEOUT_SECONDS = 120.0


def await_verdicts(
    system: System, processes: Processes, task_ids: Sequence[TaskId]
) -> list[VerdictPosted]:
    """Move past the reveal deadlines and wait until the operators agree and one of them posts."""
    deadlines = [task.reveal_deadline for task in system.task_escrow.tasks(task_ids)]
    travel_to(system.chain, max(deadlines))

    def posted() -> list[VerdictPosted] | None:
        found = [system.verdict_oracle.posted(each, system.first_block) for each in task_ids]
        return [events[0] for events in found] if all(found) else None

    return processes.wait_until(posted, "a verdict of the operators", TIMEOUT_SECONDS)


def await_finality(system: System, processes: Processes, task_ids: Sequence[TaskId]) -> None:
    """Move past the challenge window and wait until an operator makes the verdicts final."""
    records = [system.verdict_oracle.record(task_id) for task_id in task_ids]
    over = max(record.posted_at for record in records) + DEFAULT_ORACLE.challenge_seconds + 1
    travel_to(system.chain, over)

    def are_final() -> bool | None:
        return True if {*system.verdict_oracle.phases(task_ids)} == {Phase.FINAL} else None

    processes.wait_until(are_final, "the end of the challenge window", TIMEOUT_SECONDS)
