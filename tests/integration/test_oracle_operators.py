"""Three operators, three keys, three folders: one is killed between steps, one is down for ever."""

import json

import pytest

from dao_client.contracts.events import TaskExpired, VerdictFinalised
from dao_client.types import Phase
from tests.integration.operators import Operators, wait_until
from tests.integration.oracle_world import HOUR, PRICE, open_world

pytestmark = pytest.mark.integration

DAY = 24 * HOUR


@pytest.fixture(scope="module", params=["ganache", "anvil"])
def world(request, tmp_path_factory):
    with open_world(tmp_path_factory.mktemp(request.param), request.param) as found:
        yield found


@pytest.fixture
def operators(world):
    found = Operators(world)
    yield found
    found.kill_all()


@pytest.fixture
def answered_task(world):
    task_id = world.publish()
    world.answer(task_id)
    world.pass_time(2 * HOUR)
    return task_id


def phase(world, task_id):
    return world.system.verdict_oracle.phase(task_id)


def test_operators__killed_between_steps_and_one_down__post_and_finalise_once(
    world, operators, answered_task
):
    task_id = answered_task
    operators.start(0)
    wait_until(lambda: operators.has_signed(0, task_id), "the first signature")
    operators.kill(0)
    operators.start(1)
    wait_until(lambda: operators.has_signed(1, task_id), "the second signature")
    assert phase(world, task_id) is Phase.SETTLING, "one of three is no quorum"

    operators.start(0)
    wait_until(lambda: phase(world, task_id) is Phase.CHALLENGE, "the verdict")
    operators.kill_all()
    operators.start(0)
    operators.start(1)
    world.pass_time(DAY)
    wait_until(lambda: phase(world, task_id) is Phase.FINAL, "the end")

    (posted,) = world.system.verdict_oracle.posted(task_id)
    finals = world.system.verdict_oracle.contract.events(VerdictFinalised, task_id=task_id)
    assert posted.total_payout == (6 + 6 + 6) * PRICE, "who always says even is not paid for luck"
    assert len(list(finals)) == 1
    assert world.system.task_escrow.task(task_id).payouts_root == posted.payouts_root


def test_operators__all_silent__one_expires_the_task(world, operators, answered_task):
    world.pass_time(2 * HOUR + DAY)

    result = operators.run_once(2, "--once", "--task", str(answered_task))

    assert json.loads(result.stdout) == {str(answered_task): "expired"}, result.stderr
    (event,) = world.system.task_escrow.contract.events(TaskExpired, task_id=answered_task)
    assert event.flat_price == PRICE


def test_operators__dry_run__computes_and_changes_nothing(world, operators, answered_task):
    world.open_answers(answered_task)
    before = world.system.chain.block().number

    result = operators.run_once(0, "--once", "--dry-run", "--task", str(answered_task))

    assert json.loads(result.stdout) == {str(answered_task): "computed, dry run"}, result.stderr
    assert "payouts_root" in result.stderr
    assert not operators.has_signed(0, answered_task)
    assert world.system.chain.block().number == before


def test_operators__node_away__says_so_and_stops(operators):
    result = operators.run_once(0, "--once", TESSERA_RPC="http://127.0.0.1:1")

    assert result.returncode == 1
    assert result.stderr.startswith("ChainUnreachable: ")
