"""Who may judge: nobody who works on the task by an own signature, nobody who runs it."""

from dataclasses import replace

import pytest

from dao_client.contracts.staking import Unbonding
from dao_client.types import Timestamp, Wei
from oracle.collect import collect
from tests.oracle.fake_chain import BLOCK, DUE, OPERATORS, VOTED
from tests.oracle.tasks import SEAT, TASK_ID, answers_of, honest_worker, lazy_worker
from tests.oracle.worlds import anchored, entry_of, settled_world, task_with

pytestmark = pytest.mark.unit

CHALLENGE = VOTED[1]


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


def jury_of(world):
    return collect(*world, TASK_ID).evidence.draw.jury


def list_only(world, *entries):
    chain, store = world
    chain.anchored = [anchored(store, list(entries))]
    chain.found_task = task_with(chain.anchored)


def test_draw_audits__gateway_lists_an_operator_who_never_signed__it_still_judges(world):
    operator = OPERATORS[0]
    entry = entry_of(world[1], operator, answers_of({0: "cat"}))
    list_only(world, replace(entry, signature=bytes(65)))

    assert operator.address in jury_of(world).members


def test_draw_audits__operator_who_works_on_the_task__does_not_judge_it(world):
    operator = OPERATORS[0]
    list_only(world, entry_of(world[1], operator, answers_of({0: "cat"})))

    assert operator.address not in jury_of(world).members


@pytest.mark.parametrize("role", ["requester", "gateway"])
def test_draw_audits__operator_who_runs_the_task__does_not_judge_it(world, role):
    chain, _ = world
    chain.found_task = replace(chain.found_task, **{role: OPERATORS[1].address})

    assert OPERATORS[1].address not in jury_of(world).members


def test_draw_audits__anchored_in_the_beacons_block__is_too_late(world):
    draw = collect(*world, TASK_ID).evidence.draw

    assert draw.answers_by == draw.audits_by == BLOCK.number


@pytest.mark.parametrize(("ends_at", "held"), [(DUE + CHALLENGE, SEAT), (DUE + CHALLENGE - 1, 0)])
def test_collect__worker_who_unstaked_in_between__is_seated_while_a_slash_can_reach_it(
    world, ends_at, held
):
    chain, _ = world
    chain.stakes_held[lazy_worker.address] = Wei(0)
    chain.leaving = {lazy_worker.address: Unbonding(SEAT, Timestamp(ends_at))}

    stakes = collect(*world, TASK_ID).evidence.stakes

    assert stakes[lazy_worker.address] == held
    assert stakes[honest_worker.address] == SEAT
