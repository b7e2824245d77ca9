"""First pay becomes stake, from chain and store alone, on both real nodes."""

from collections.abc import Iterator

import pytest

from dao_client.claims import claim, read_task_payouts
from dao_client.earnings import find_held_pay
from dao_client.encoding import purse_address
from dao_client.errors import TransactionRefused
from dao_client.types import TaskId, Wei
from tests.integration.sdk_world import GATEWAY, WORKER, SdkWorld, sdk_world

pytestmark = pytest.mark.integration

SEAT = Wei(50)


@pytest.fixture(scope="module", params=["ganache", "anvil"])
def world(request, tmp_path_factory) -> Iterator[SdkWorld]:
    with sdk_world(request.param, tmp_path_factory.mktemp(request.param)) as built:
        yield built


def settled(world: SdkWorld) -> TaskId:
    """Publish a task and end it by a verdict that pays the worker 20 as a newcomer."""
    task_id = world.publish()
    purse = world.system.entry_stake.purse_of(WORKER.address, SEAT)
    world.settle(
        task_id,
        pay={GATEWAY.address: 5, purse: 20},
        shown={GATEWAY.address: 5, WORKER.address: 20},
        seats={WORKER.address: SEAT},
    )
    return task_id


def claim_all(world: SdkWorld, *task_ids: TaskId):
    sender = world.sender(WORKER)
    return claim(world.system, sender, world.store, task_ids, WORKER.address)


def test_purse_of__each_chain__is_what_the_sdk_computes(world) -> None:
    entry = world.system.entry_stake

    purse = entry.purse_of(WORKER.address, SEAT)

    assert purse == purse_address(entry.address, WORKER.address, SEAT)


def test_claim__newcomers_pay__becomes_stake_until_the_seat_is_full(world) -> None:
    system, first = world.system, settled(world)
    second, third = settled(world), settled(world)
    payouts = read_task_payouts(system, world.store, system.task_escrow.task(second))
    leaf = payouts.leaves[1]
    world.sender(GATEWAY).send(system.task_escrow.claim(leaf, payouts.tree.proof(1)))
    token = payouts.task.token

    harvest, again = claim_all(world, first, second), claim_all(world, first, second)

    assert (harvest.claimed, again.held) == ([], [])
    (row,) = find_held_pay(system, world.store, first, WORKER.address)
    assert (row.amount, row.entry_seat) == (20, SEAT)
    assert [(each.task_ids, each.amount) for each in harvest.held] == [
        ((first,), 20),
        ((second,), 20),
    ]
    assert system.staking.stake_of(token, WORKER.address) == 40
    seat = system.staking.entry_seat_of(token, WORKER.address)
    assert (seat.size, seat.held) == (SEAT, 40)
    with pytest.raises(TransactionRefused, match="staking: seat is not full"):
        world.sender(WORKER).send(system.staking.unstake(token, Wei(1)))
    claim_all(world, third)
    world.sender(WORKER).send(system.staking.unstake(token, Wei(60)))
    assert system.staking.stake_of(token, WORKER.address) == 0
