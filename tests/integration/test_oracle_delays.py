"""Who is slashed unstakes and has a friend dispute the verdict: real operators outlast both."""

import pytest

from dao_client.errors import TransactionRefused
from dao_client.staker import deposit_calls
from dao_client.transactions import Sender
from dao_client.types import Digest, ItemIndex, Phase
from tests.integration.operators import Operators, wait_until
from tests.integration.oracle_world import DEPLOYER, HOUR, SEAT, WORKERS, World, open_world

pytestmark = pytest.mark.integration

DAY = 24 * HOUR
CHEAT = WORKERS[2]
RIGHT = {ItemIndex(item): ("even", "odd")[item % 2] for item in range(6)}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with open_world(tmp_path_factory.mktemp("delays"), "anvil") as found:
        yield found


@pytest.fixture
def operators(world):
    found = Operators(world)
    yield found
    found.kill_all()


def withheld_task(world: World):
    """Let the cheat seal to nobody, reveal nothing and unstake everything after the snapshot."""
    task_id = world.publish()
    sealed = [world.sealed(worker, task_id, RIGHT) for worker in WORKERS[:2]]
    sealed.append(world.sealed(CHEAT, task_id, RIGHT, {}))
    world.anchor(task_id, [each.request for each in sealed])
    world.pass_time(2 * HOUR)
    coin = world.system.deployment.payment_token
    Sender(world.system.chain, CHEAT).send(world.system.staking.unstake(coin, SEAT))
    world.pass_time(HOUR)
    return task_id


def dispute(world: World, task_id) -> None:
    system, friend = world.system, Sender(world.system.chain, DEPLOYER)
    bond = system.verdict_oracle.challenge_bond(task_id)
    for call in deposit_calls(system, system.work_token, DEPLOYER.address, bond):
        friend.send(call)
    friend.send(system.verdict_oracle.open_dispute(task_id, Digest(b"\1" * 32)))


def test_operators__slashed_worker_unstakes_and_disputes__the_slash_still_takes_it(
    world, operators
):
    system, coin = world.system, world.system.deployment.payment_token
    oracle, staking = system.verdict_oracle, system.staking
    task_id = withheld_task(world)
    left_at = staking.unbonding_of(coin, CHEAT.address).ends_at
    for number in (0, 1):
        operators.start(number)
    wait_until(lambda: oracle.phase(task_id) is Phase.CHALLENGE, "the verdict")
    dispute(world, task_id)

    while oracle.phase(task_id) is Phase.DISPUTED and system.chain.clock() < left_at + 7 * DAY:
        ends_at = staking.unbonding_of(coin, CHEAT.address).ends_at
        world.pass_time(ends_at - system.chain.clock() - DAY)
        wait_until(
            lambda before=ends_at: (
                oracle.phase(task_id) is Phase.FINAL
                or staking.unbonding_of(coin, CHEAT.address).ends_at > before
            ),
            "a delay or the end",
        )
        with pytest.raises(TransactionRefused, match="staking: still unbonding"):
            Sender(system.chain, CHEAT).send(staking.withdraw(coin))
    wait_until(lambda: staking.totals_of(coin).slashed > 0, "the slash")

    assert system.chain.clock() > left_at
    assert oracle.phase(task_id) is Phase.FINAL
    taken = staking.totals_of(coin).slashed
    assert staking.unbonding_of(coin, CHEAT.address).amount == SEAT - taken
