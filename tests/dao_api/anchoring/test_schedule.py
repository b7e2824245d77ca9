"""When batches are opened, and that receipts promise nothing the schedule does not keep."""

import pytest
from hypothesis import given, strategies as st

from dao_api.anchoring.schedule import (
    GRACE_SECONDS,
    MAX_ANCHORS,
    QUICK_ANCHORS,
    Waiting,
    is_due,
    promise,
    wait_seconds,
)
from tests.dao_api.world import World

pytestmark = pytest.mark.unit


def test_wait_seconds__few_anchors_used__is_the_quick_one() -> None:
    assert wait_seconds(30, 0, 1_000, 10**6) == 30
    assert wait_seconds(30, QUICK_ANCHORS - 1, 1_000, 10**6) == 30


def test_wait_seconds__many_anchors_used__spreads_the_rest_over_the_time_left() -> None:
    assert wait_seconds(30, QUICK_ANCHORS, 0, 3_000) == 100
    assert wait_seconds(30, MAX_ANCHORS - 2, 1_000, 3_000) == 2_000


@given(
    st.integers(1, 600), st.integers(60, 365 * 86_400), st.lists(st.integers(0, 5_000), max_size=99)
)
def test_wait_seconds__steady_stream_of_submissions__never_spends_the_last_two_anchors(
    quick: int, open_seconds: int, delays: list[int]
) -> None:
    clock, used = 0, 0
    for delay in [*delays, *[0] * 200]:
        clock += max(delay, wait_seconds(quick, used, clock, open_seconds))
        if clock >= open_seconds:
            break
        used += 1

    assert used <= MAX_ANCHORS - 2


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
    assert later == 1_000 + wait_seconds(1, QUICK_ANCHORS, 1_000, 2_000) + GRACE_SECONDS
