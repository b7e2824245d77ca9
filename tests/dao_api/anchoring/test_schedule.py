"""When batches are opened, and that receipts promise nothing the schedule does not keep."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from dao_api.anchoring.schedule import (
    AUDIT_ANCHORS,
    MAX_ANCHORS,
    QUICK_ANCHORS,
    Room,
    Waiting,
    is_due,
    promise,
    room_of,
    wait_seconds,
)
from dao_client.types import Timestamp
from dao_client.windows import GRACE_SECONDS, Windows
from tests.dao_api.world import AUDIT_DEADLINE, OPENING_DEADLINE, World, task_facts

pytestmark = pytest.mark.unit

TASK = task_facts()
LAST_AUDIT = AUDIT_DEADLINE - 583


def test_wait_seconds__few_anchors_used__is_the_quick_one() -> None:
    room = Room(0, 10**6, 10**6, MAX_ANCHORS)

    assert wait_seconds(30, 0, 1_000, room) == 30
    assert wait_seconds(30, QUICK_ANCHORS - 1, 1_000, room) == 30


def test_wait_seconds__many_anchors_used__spreads_the_rest_over_the_time_left() -> None:
    room = Room(0, 3_000, 3_000, MAX_ANCHORS)

    assert wait_seconds(30, QUICK_ANCHORS, 0, room) == 100
    assert wait_seconds(30, MAX_ANCHORS - 2, 1_000, room) == 2_000


@given(
    st.integers(1, 600), st.integers(60, 365 * 86_400), st.lists(st.integers(0, 5_000), max_size=99)
)
def test_wait_seconds__steady_stream_of_submissions__never_spends_the_last_two_anchors(
    quick: int, open_seconds: int, delays: list[int]
) -> None:
    audits_from, end = open_seconds, 2 * open_seconds
    answers = Room(0, open_seconds, open_seconds, 52)
    audits = Room(audits_from, end, end, MAX_ANCHORS)
    clock, used, spent = 0, 0, {}
    for room in (answers, audits):
        for delay in [*delays, *[0] * 200]:
            clock += max(delay, wait_seconds(quick, used, clock, room))
            if clock >= room.deadline:
                break
            used += 1
        spent[room] = used

    assert spent[answers] <= 52 - 2
    assert spent[audits] <= MAX_ANCHORS - 2


def test_is_due__before_the_wait_is_over__is_not(world: World) -> None:
    task, waiting = world.view.tasks[1], Waiting(1, 1_000, 50.0)

    assert not is_due(waiting, task, 0, quick_seconds=30, clock=1_029, now=79.0)


@pytest.mark.parametrize(("clock", "now"), [(1_030, 50.0), (1_000, 80.0), (2_000, 50.0)])
def test_is_due__by_either_clock_or_after_the_deadline__is(
    world: World, clock: int, now: float
) -> None:
    task, waiting = world.view.tasks[1], Waiting(1, 1_000, 50.0)

    assert is_due(waiting, task, 0, quick_seconds=30, clock=clock, now=now)


def test_promise__one_anchor_before_the_slow_ones__covers_the_longer_wait(world: World) -> None:
    task = world.view.tasks[1]

    soon = promise(task, 0, quick_seconds=1, clock=1_000)
    later = promise(task, QUICK_ANCHORS - 1, quick_seconds=1, clock=1_000)

    assert soon == 1_001 + GRACE_SECONDS
    wait = wait_seconds(1, QUICK_ANCHORS, 1_000, room_of(task, 1_000))
    assert later == 1_000 + wait + GRACE_SECONDS


@given(st.integers(1, AUDIT_DEADLINE - 1), st.integers(0, 62), st.integers(0, 10**5))
def test_promise__at_any_time__is_before_the_deadline_after_which_no_anchor_counts(
    clock: int, used: int, quick: int
) -> None:
    promised = promise(TASK, used, quick_seconds=quick, clock=clock)

    assert promised < (OPENING_DEADLINE if clock < OPENING_DEADLINE else AUDIT_DEADLINE)


def test_room_of__answers_then_audits__leaves_audits_the_last_anchors(world: World) -> None:
    task = world.view.tasks[1]

    answers = Room(0, 2_000, OPENING_DEADLINE, MAX_ANCHORS - AUDIT_ANCHORS)
    audits = Room(OPENING_DEADLINE, LAST_AUDIT, AUDIT_DEADLINE, MAX_ANCHORS)
    assert [room_of(task, now) for now in (0, OPENING_DEADLINE - 1)] == [answers] * 2
    assert [room_of(task, now) for now in (OPENING_DEADLINE, AUDIT_DEADLINE)] == [audits] * 2


@pytest.mark.parametrize(("reveal", "room"), [(9_000, 583), (2_000 + 3_600, 300), (10**6, 600)])
def test_audits_until__any_window__leaves_time_to_anchor_the_last(reveal: int, room: int) -> None:
    windows = Windows.of(replace(TASK, reveal_deadline=Timestamp(reveal)))

    assert windows.audit_deadline - windows.audits_until == room


def test_is_due__audit_just_received__waits_for_company(world: World) -> None:
    task, waiting = world.view.tasks[1], Waiting(1, OPENING_DEADLINE, 50.0)

    assert not is_due(waiting, task, 3, quick_seconds=30, clock=OPENING_DEADLINE + 29, now=50.0)


@pytest.mark.parametrize("clock", [OPENING_DEADLINE + 30, LAST_AUDIT])
def test_is_due__audit_that_waited_or_the_last_audit__is(world: World, clock: int) -> None:
    task, waiting = world.view.tasks[1], Waiting(1, OPENING_DEADLINE, 50.0)

    assert is_due(waiting, task, 3, quick_seconds=30, clock=clock, now=50.0)


def test_is_due__answers_left_over_at_the_submit_deadline__do_not_wait_for_audits(
    world: World,
) -> None:
    task, waiting = world.view.tasks[1], Waiting(1, 1_999, 50.0)

    assert is_due(waiting, task, 50, quick_seconds=30, clock=2_000, now=50.0)
