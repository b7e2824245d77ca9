"""Decide when a task's waiting submissions are anchored, and what a receipt may promise.

A task takes at most 64 anchors. Half of them follow each other as quickly as the gateway is set to;
from then on what is left is spread over the time until the submit deadline, with two kept for what
comes in last. After the deadline nothing waits.

    anchors used   0 ───────────── 31 │ 32 ──────────────────────── 61 │ 62 63
    wait                quick         │ time left / anchors left       │ until the deadline
"""

from dataclasses import dataclass

from dao_client.types import Task, Timestamp

MAX_ANCHORS = 64
QUICK_ANCHORS = 32
SPARE_ANCHORS = 2
GRACE_SECONDS = 600
"""Room in a receipt's promise for a transaction to be mined."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task's submissions that are in no batch: how many, and since when the oldest waits."""

    count: int
    received_at: int
    stored_at: float


def wait_seconds(quick_seconds: int, used: int, clock: int, submit_deadline: int) -> int:
    """How long the oldest submission waits for company when `used` anchors are spent."""
    if used < QUICK_ANCHORS:
        return quick_seconds
    left = MAX_ANCHORS - SPARE_ANCHORS - used
    remaining = max(0, submit_deadline - clock)
    spread = -(-remaining // left) if left > 0 else remaining
    return max(quick_seconds, spread)


def is_due(
    waiting: Waiting, task: Task, used: int, *, quick_seconds: int, clock: int, now: float
) -> bool:
    """Whether to anchor now; ages count by the chain's clock and by ours, whichever is older."""
    if clock >= task.submit_deadline:
        return True
    age = max(clock - waiting.received_at, now - waiting.stored_at)
    return age >= wait_seconds(quick_seconds, used, clock, task.submit_deadline)


def promise(task: Task, used: int, *, quick_seconds: int, clock: int) -> Timestamp:
    """Until when a submission received now is anchored, also if another batch goes first."""
    wait = max(
        wait_seconds(quick_seconds, spent, clock, task.submit_deadline)
        for spent in (used, used + 1)
    )
    return Timestamp(min(task.reveal_deadline, clock + wait + GRACE_SECONDS))
