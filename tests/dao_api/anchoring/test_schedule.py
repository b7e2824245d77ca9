"""When batches are opened, and that receipts promise nothing the schedule does not keep."""

import pytest
from hypothesis import given, strategies as st

from dao_api.anchoring.schedule import (
    AUDIT_ANCHORS,
    GRACE_SECONDS,
    MAX_ANCHORS,
    QUICK_ANCHORS,
    Room,
    Waiting,
    is_due,
    promise,
    room_of,
    wait_seconds,
)
from tests.dao_api.world import AUDIT_DEADLINE, OPENING_DEADLINE, World

pytestmark = pytest.mark.unit


def test_wait_seconds__few_anchors_used__is_the_quick_one() -> None:
    room = Room(10**6, MAX_ANCHORS)

    assert wait_seconds(30, 0, 1_000, room) == 30
    assert wait_seconds(30, QUICK_ANCHORS - 1, 1_000, room) == 30


def test_wait_seconds__many_anchors_used__spreads_the_rest_over_the_time_left() -> None:
    room = Room(3_000, MAX_ANCHORS)

    assert wait_seconds(30, QUICK_ANCHORS, 0, room) == 100
    assert wait_seconds(30, MAX_ANCHORS - 2, 1_000, room) == 2_000


@given(
    st.integers(1, 600), st.integers(60, 365 * 86_400), st.lists(st.integers(0, 5_000), max_size=99)
)
def test_wait_seconds__steady_stream_of_submissions__never_spends_the_last_two_anchors(
    quick: int, open_seconds: int, delays: list[int]
) -> None:
    answers, audits = Room(open_seconds, 52), Room(2 * open_seconds, MAX_ANCHORS)
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
    assert later == 1_000 + wait_seconds(1, QUICK_ANCHORS, 1_000, Room(2_000, 52)) + GRACE_SECONDS


def test_room_of__answers_then_audits__leaves_audits_the_last_anchors(world: World) -> None:
    task = world.view.tasks[1]

    assert room_of(task, 1_999) == Room(2_000, MAX_ANCHORS - AUDIT_ANCHORS)
    assert room_of(task, 2_000) == Room(AUDIT_DEADLINE, MAX_ANCHORS)


def test_is_due__audit_just_received__waits_for_company(world: World) -> None:
    task, waiting = world.view.tasks[1], Waiting(1, OPENING_DEADLINE, 50.0)

    assert not is_due(waiting, task, 3, quick_seconds=30, clock=OPENING_DEADLINE + 29, now=50.0)


@pytest.mark.parametrize("clock", [OPENING_DEADLINE + 30, AUDIT_DEADLINE])
def test_is_due__audit_that_waited_or_the_audit_deadline__is(world: World, clock: int) -> None:
    task, waiting = world.view.tasks[1], Waiting(1, OPENING_DEADLINE, 50.0)

    assert is_due(waiting, task, 3, quick_seconds=30, clock=clock, now=50.0)


def test_is_due__answers_left_over_at_the_submit_deadline__do_not_wait_for_audits(
    world: World,
) -> None:
    task, waiting = world.view.tasks[1], Waiting(1, 1_999, 50.0)

    assert is_due(waiting, task, 50, quick_seconds=30, clock=2_000, now=50.0)
