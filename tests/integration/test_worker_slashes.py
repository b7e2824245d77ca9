"""Sealing keys, slashes of workers and the insurance pool through the SDK, on both real nodes."""

import pytest

from dao_client.contracts.events import SealingKeySet, WorkerSlashed
from dao_client.contracts.stake_events import InsuranceCollected
from dao_client.encoding import method_hash, payouts_tree
from dao_client.errors import TransactionRefused
from dao_client.messages import verdict_message
from dao_client.methods import DEFAULT_METHOD
from dao_client.nodes import advance
from dao_client.staker import deposit_calls
from dao_client.types import Digest, PayoutLeaf, TaskId, Verdict, Wei
from tests.integration.sdk_world import (
    DAY,
    GATEWAY,
    HOUR,
    OPERATOR,
    REQUESTER,
    WORKER,
    SdkWorld,
    sdk_world,
)

pytestmark = pytest.mark.integration

KEY = b"\7" * 32
STAKE, SLASH = Wei(1_000), Wei(301)
SOME = Digest(b"\1" * 32)


@pytest.fixture(scope="module", params=["ganache", "anvil"])
def world(request, tmp_path_factory):
    with sdk_world(request.param, tmp_path_factory.mktemp(request.param)) as built:
        yield built


def slashing_verdict(world: SdkWorld, task_id: TaskId, slashes_root: Digest) -> Verdict:
    """Play the operator: make a verdict final that slashes."""
    oracle, sender = world.system.verdict_oracle, world.sender(OPERATOR)
    method = method_hash(DEFAULT_METHOD)
    verdict = Verdict(task_id, SOME, SOME, SOME, slashes_root, Wei(0), method)
    signature = OPERATOR.sign_typed(verdict_message(verdict, world.system.oracle_domain))
    advance(world.system.chain, 2 * HOUR + 1)
    sender.send(oracle.post_verdict(verdict, SOME, [signature]))
    advance(world.system.chain, DAY + 1)
    sender.send(oracle.finalise(verdict))
    return verdict


def test_sealing_keys__published_by_an_operator__replace_the_old_ones(world) -> None:
    oracle = world.system.verdict_oracle
    old_key = oracle.sealing_keys([OPERATOR.address])[OPERATOR.address]

    mined = world.sender(OPERATOR).send(oracle.set_sealing_key(KEY))

    assert oracle.sealing_keys([WORKER.address, OPERATOR.address]) == {OPERATOR.address: KEY}
    (event,) = oracle.contract.events_in(SealingKeySet, mined.logs)
    assert (event.operator, event.old_key, event.new_key) == (OPERATOR.address, old_key, KEY)
    with pytest.raises(TransactionRefused, match="verdict: not an operator"):
        world.sender(WORKER).send(oracle.set_sealing_key(KEY))


def test_slash_worker__leaf_of_a_final_verdict__feeds_the_pool(world) -> None:
    system, coin = world.system, world.system.token(world.system.deployment.payment_token)
    world.sender(REQUESTER).send(coin.transfer(WORKER.address, STAKE))
    for call in deposit_calls(system, coin, WORKER.address, STAKE):
        world.sender(WORKER).send(call)
    task_id = world.publish()
    leaves = [PayoutLeaf(task_id, 0, WORKER.address, SLASH)]
    leaves.append(PayoutLeaf(task_id, 1, GATEWAY.address, SLASH))
    tree = payouts_tree(leaves)
    verdict = slashing_verdict(world, task_id, tree.root)

    mined = world.sender(REQUESTER).send(
        system.verdict_oracle.slash_worker(verdict, leaves[0], tree.proof(0))
    )

    (event,) = system.verdict_oracle.contract.events_in(WorkerSlashed, mined.logs)
    assert (event.worker, event.amount, event.taken) == (WORKER.address, SLASH, SLASH)
    assert system.verdict_oracle.are_slashed(leaves) == [True, False]
    assert system.staking.stake_of(coin.address, WORKER.address) == STAKE - SLASH


def test_pool__credited__collects_and_refuses_to_pay_for_a_wallet(world) -> None:
    pool, coin = world.system.insurance_pool, world.system.deployment.payment_token

    collected = world.sender(GATEWAY).send(pool.collect(coin))
    (event,) = pool.contract.events_in(InsuranceCollected, collected.logs)
    assert event.amount == SLASH // 2
    totals = pool.totals_of(coin)
    assert (totals.collected, totals.donated, totals.paid, totals.held) == (150, 0, 0, 150)
    with pytest.raises(TransactionRefused, match="insurance: not the timelock"):
        world.sender(REQUESTER).send(pool.pay(coin, REQUESTER.address, Wei(1), TaskId(1), SOME))
    assert pool.payments(TaskId(1)) == []
