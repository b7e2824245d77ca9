"""Decide when a task's waiting submissions are anchored, and what a receipt may promise.

A task takes at most 64 anchors: answers get 52 of them, audits what is left then. Half of all
follow each other as quickly as the gateway is set to; from then on what is left is spread over the
time that they come in, two kept for what comes in last. After that nothing waits.

    anchors used   0 ───────────── 31 │ 32 ──────────────────────── 49 │ 50 51
    wait                quick         │ time left / anchors left       │ until the submit deadline
    audits                            │                            61  │ 62 63, the last audit

What is anchored later than `Room.anchored_before` counts for nobody, so nobody anchors it:

    submit ──── answers left ────▶ opening ──── audits ──── last audit ── audits left ──▶ audit
    deadline                       deadline                                               deadline
"""

from dataclasses import dataclass

from dao_client.types import Task, Timestamp
from dao_client.windows import GRACE_SECONDS, Windows

MAX_ANCHORS = 64
QUICK_ANCHORS = 32
SPARE_ANCHORS = 2
AUDIT_ANCHORS = 12
"""Anchors that answers leave to audits."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task's submissions that are in no batch: how many, and since when the oldest waits."""

    count: int
    received_at: int
    stored_at: float


@dataclass(frozen=True, slots=True)
class Room:
    """What came in during one window: until when it does, anchors for it, and when they count.

    `received_from` and `deadline` bound the receipts, `anchored_before` the blocks of the anchors.
    """

    received_from: int
    deadline: int
    anchored_before: int
    anchors: int


def room_of(task: Task, clock: int) -> Room:
    """Return the room of the answers until they are opened, later that of the audits."""
    windows = Windows.of(task)
    submit, opening = windows.submit_deadline, windows.opening_deadline
    if clock < opening:
        return Room(0, submit, opening, MAX_ANCHORS - AUDIT_ANCHORS)
    return Room(opening, windows.audits_until, windows.audit_deadline, MAX_ANCHORS)


def wait_seconds(quick_seconds: int, used: int, clock: int, room: Room) -> int:
    """How long the oldest submission waits for company when `used` anchors are spent."""
    if used < QUICK_ANCHORS:
        return quick_seconds
    left = room.anchors - SPARE_ANCHORS - used
    remaining = max(0, room.deadline - clock)
    spread = -(-remaining // left) if left > 0 else remaining
    return max(quick_seconds, spread)


def is_due(
    waiting: Waiting, task: Task, used: int, *, quick_seconds: int, clock: int, now: float
) -> bool:
    """Whether to anchor now; ages count by the chain's clock and by ours, whichever is older."""
    room = room_of(task, clock)
    if clock >= room.deadline:
        return True
    age = max(clock - waiting.received_at, now - waiting.stored_at)
    return age >= wait_seconds(quick_seconds, used, clock, room)


def promise(task: Task, used: int, *, quick_seconds: int, clock: int) -> Timestamp:
    """Until when a submission received now is anchored, also if another batch goes first.

    Never later than in the last second in which its anchor counts.
    """
    room = room_of(task, clock)
    wait = max(wait_seconds(quick_seconds, spent, clock, room) for spent in (used, used + 1))
    return Timestamp(min(room.anchored_before - 1, clock + wait + GRACE_SECONDS))
