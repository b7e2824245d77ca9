"""Answers that their worker does not reveal, or reveals alone, decided by real operators."""

import json
import subprocess
import sys

import pytest

from dao_client.contracts import posted_verdict
from dao_client.documents import parse_verdict
from dao_client.payloads import read_payouts, read_refusals
from dao_client.revealing import reveal
from dao_client.staker import deposit_calls
from dao_client.transactions import Sender
from dao_client.types import Address, ItemIndex, Phase, Wei
from ipfs_store import cid_from_digest
from tests.integration.operators import Operators, wait_until
from tests.integration.oracle_world import DEPLOYER, HOUR, OPERATORS, SEAT, WORKERS, open_world

pytestmark = pytest.mark.integration

DAY = 24 * HOUR
RIGHT = {ItemIndex(item): ("even", "odd")[item % 2] for item in range(6)}
WRONG_KEY = b"\x42" * 32


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with open_world(tmp_path_factory.mktemp("withheld"), "anvil") as found:
        yield found


@pytest.fixture
def operators(world):
    found = Operators(world)
    yield found
    found.kill_all()


def answered(world, keys: dict[Address, bytes] | None):
    """Let two workers seal to the operators and the third as the test says, none for as they do."""
    task_id = world.publish()
    sealed = [world.sealed(worker, task_id, RIGHT) for worker in WORKERS[:2]]
    sealed.append(world.sealed(WORKERS[2], task_id, RIGHT, keys))
    world.anchor(task_id, [each.request for each in sealed])
    return task_id, sealed[2]


def settle(world, operators, task_id):
    """Let two operators post the verdict; return its document."""
    for number in (0, 1):
        operators.start(number)
    oracle = world.system.verdict_oracle
    wait_until(lambda: oracle.phase(task_id) is Phase.CHALLENGE, "the verdict")
    (posted,) = oracle.posted(task_id)
    return parse_verdict(world.store.get_block(cid_from_digest(posted.document)))


def stake(world, worker) -> int:
    return world.system.staking.stake_of(world.system.deployment.payment_token, worker.address)


def fill_seat(world, worker) -> None:
    """Give back what an earlier slash has taken."""
    lost = SEAT - stake(world, worker)
    coin = world.system.token(world.system.deployment.payment_token)
    Sender(world.system.chain, DEPLOYER).send(coin.transfer(worker.address, lost))
    for call in deposit_calls(world.system, coin, worker.address, lost):
        Sender(world.system.chain, worker).send(call)


def test_operators__box_for_the_wrong_key__the_worker_reveals_and_is_paid(world, operators):
    task_id, own = answered(world, {OPERATORS[0].address: WRONG_KEY})
    world.pass_time(2 * HOUR)
    reveal(world.system, world.store, own)

    document = settle(world, operators, task_id)

    paid = {row.worker for row in read_payouts(world.store, document.payouts)}
    assert paid == {worker.address for worker in WORKERS}
    assert document.refusals == ()


def test_operators__withheld_until_half_time__is_refused_and_slashed_on_chain(world, operators):
    task_id, _ = answered(world, {})
    world.pass_time(2 * HOUR)
    early = operators.run_once(0, "--once", "--task", str(task_id))
    assert "waiting for evidence" in early.stdout, early.stderr
    world.pass_time(HOUR)

    document = settle(world, operators, task_id)
    world.pass_time(DAY)
    wait_until(lambda: stake(world, WORKERS[2]) < SEAT, "the slash")

    (refused,) = read_refusals(world.store, document.refusals)
    (slashed,) = read_payouts(world.store, document.slashes)
    paid = {row.worker for row in read_payouts(world.store, document.payouts)}
    assert (refused.worker, refused.reason) == (WORKERS[2].address, "answers were not revealed")
    assert slashed.worker == WORKERS[2].address
    assert stake(world, WORKERS[2]) == SEAT - slashed.amount
    assert paid == {worker.address for worker in WORKERS[:2]}
    assert [stake(world, worker) for worker in WORKERS[:2]] == [SEAT, SEAT]


def test_slash__by_anybody_after_the_operators_are_gone__is_carried_out_once(world, operators):
    fill_seat(world, WORKERS[2])
    task_id, _ = answered(world, {})
    world.pass_time(3 * HOUR)
    settle(world, operators, task_id)
    operators.kill_all()
    early = slash(world, task_id)
    world.pass_time(DAY)
    (posted,) = world.system.verdict_oracle.posted(task_id)
    finalise = world.system.verdict_oracle.finalise(posted_verdict(posted))
    Sender(world.system.chain, DEPLOYER).send(finalise)
    before = stake(world, WORKERS[2])

    first, again = slash(world, task_id), slash(world, task_id)

    assert "is CHALLENGE: only a final verdict slashes, wait for it" in early.stderr
    (row,) = json.loads(first.stdout)
    assert (row["worker"], row["outcome"]) == (WORKERS[2].address, "slashed")
    assert stake(world, WORKERS[2]) == before - int(row["amount"])
    assert json.loads(again.stdout) == []


def test_operators__worker_unstakes_after_handing_in__is_opened_and_paid(world, operators):
    fill_seat(world, WORKERS[2])
    system, leaver = world.system, WORKERS[2]
    task_id, _ = answered(world, None)
    unstake = system.staking.unstake(system.deployment.payment_token, Wei(1))
    Sender(system.chain, leaver).send(unstake)
    world.pass_time(2 * HOUR)

    document = settle(world, operators, task_id)

    paid = {row.worker for row in read_payouts(world.store, document.payouts)}
    assert stake(world, leaver) == SEAT - 1
    assert paid == {worker.address for worker in WORKERS}
    assert (document.refusals, document.slashes) == ((), ())


def slash(world, task_id):
    command = [sys.executable, "-c", "from dao_client.cli import main; main()", "slash"]
    command += [str(task_id), "--rpc", world.url, "--store", world.store_url, "--json"]
    command += ["--deployment", str(world.folder / "deployment.json"), "--account", "0"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
