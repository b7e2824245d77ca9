"""Pay reaches workers from chain and store alone, on both real nodes."""

from collections.abc import Iterator

import pytest

from dao_client.claims import claim, read_task_payouts
from dao_client.errors import ProofRefused, TransactionRefused
from dao_client.nodes import advance
from dao_client.types import TaskId
from dao_client.worker import force
from ipfs_store import FolderStore
from tests.integration.sdk_world import (
    BUDGET,
    DAY,
    GATEWAY,
    HOUR,
    PRICE,
    REQUESTER,
    WORKER,
    SdkWorld,
    sdk_world,
)

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module", params=["ganache", "anvil"])
def world(request, tmp_path_factory) -> Iterator[SdkWorld]:
    with sdk_world(request.param, tmp_path_factory.mktemp(request.param)) as built:
        yield built


def answered(world: SdkWorld) -> TaskId:
    """Publish a task, answer it as the worker, anchor the answers."""
    task_id = world.publish()
    request = world.sealed(task_id, {0: "yes", 1: "no"}).request
    world.anchor(task_id, [request])
    return task_id


def settled(world: SdkWorld, pay: dict[str, int]) -> TaskId:
    """Bring a task to its end with these payouts."""
    task_id = answered(world)
    world.settle(task_id, pay, shown=pay)
    return task_id


def held(world: SdkWorld) -> int:
    token = world.system.token(world.system.deployment.payment_token)
    return token.balance_of(WORKER.address)


def claim_all(world: SdkWorld, *task_ids: TaskId, store: FolderStore | None = None):
    sender = world.sender(WORKER)
    return claim(world.system, sender, store or world.store, task_ids, WORKER.address)


def test_claim__two_final_tasks__are_paid_in_one_transaction_and_once(world) -> None:
    pay = {WORKER.address: 20, GATEWAY.address: 5}
    tasks = [settled(world, pay), settled(world, pay)]
    before = held(world)

    first, again = claim_all(world, *tasks), claim_all(world, *tasks)

    assert held(world) - before == first.amount == 40
    assert [each.task_ids for each in first.claimed] == [tuple(tasks)]
    assert (again.claimed, again.unread) == ([], [])


def test_claim__document_that_promises_more_than_the_root__is_not_used(world) -> None:
    task_id = answered(world)
    world.settle(task_id, {WORKER.address: 20}, shown={WORKER.address: 9_000})

    harvest = claim_all(world, task_id)

    assert harvest.claimed == []
    assert "are not those behind the chain" in harvest.unread[0]
    with pytest.raises(ProofRefused, match="the payouts of task"):
        read_task_payouts(world.system, world.store, world.system.task_escrow.task(task_id))


def test_claim__store_without_the_documents__says_what_is_missing(world, tmp_path) -> None:
    task_id = answered(world)
    world.settle(task_id, {WORKER.address: 20}, shown={WORKER.address: 20})

    harvest = claim_all(world, task_id, store=FolderStore(tmp_path))

    assert harvest.claimed == []
    assert f"task {task_id}: block bafk" in harvest.unread[0]
    assert claim_all(world, task_id).amount == 20


def test_claim__open_task__is_refused(world) -> None:
    task_id = world.publish()

    with pytest.raises(TransactionRefused, match=f"task {task_id} is OPEN: pay can be claimed"):
        claim_all(world, task_id)


def test_claim__operators_gone_for_ever__gets_the_flat_price_and_the_requester_the_rest(
    world,
) -> None:
    system, task_id = world.system, answered(world)
    second = world.sealed(task_id, {0: "no"}).request
    world.anchor(task_id, [second])
    advance(system.chain, 3 * HOUR + DAY + 1)
    world.sender(WORKER).send(system.verdict_oracle.expire_task(task_id))
    before = held(world)

    first, again = claim_all(world, task_id), claim_all(world, task_id)
    world.sender(WORKER).send(system.task_escrow.refund(task_id))

    assert held(world) - before == first.amount == 3 * PRICE
    assert again.claimed == []
    task = system.task_escrow.task(task_id)
    assert (task.claimable, task.refundable, task.requester) == (0, 0, REQUESTER.address)
    assert BUDGET > 3 * PRICE


def test_force__worker_without_a_gateway__leaves_event_and_payload(world) -> None:
    system, task_id = world.system, world.publish()
    request = world.sealed(task_id, {0: "yes"}).request

    force(system, world.sender(WORKER), world.store, request)

    (event,) = system.task_escrow.forced(task_id)
    assert (event.worker, event.payload) == (WORKER.address, request.submission.sealed_digest)
    assert system.task_escrow.task(task_id).has_forced
