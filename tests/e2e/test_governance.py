"""Holders and workers govern a real chain: numbers, both houses, profit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.claims import read_task_payouts
from dao_client.contracts.governor import ProposalState, Support
from dao_client.contracts.parameters import ParameterId
from dao_client.types import Phase, TaskId, Wei
from tests.e2e.governance_world import DAY, HOUR, ITEMS, GovernedWorld, governed_world
from tests.integration.oracle_world import DEPLOYER, GATEWAY, OPERATORS, PRICE, TES, WORKERS

pytestmark = pytest.mark.e2e

WINDOW, NEW_WINDOW = DAY, 18 * HOUR
OPEN = "verdict: challenge window open"
PROPOSAL = """
title: Shorten the challenge window
description: Those who watch object within hours.
changes:
  - set: challenge_seconds
    to: 18h
"""
MILLION = 1_000_000 * TES
OPERATOR_STAKE = 1_000 * TES
FEE, NEW_FEE = 200, 250
PAID = WORKERS
"""Three workers who were right; a fourth, who always says the same, earns nothing."""
PAY = [ITEMS * PRICE] * len(PAID)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[GovernedWorld]:
    with governed_world(tmp_path, "ganache") as found:
        yield found


def test_parameter__changed_by_vote__is_kept_by_the_task_before_and_binds_the_one_after(
    world: GovernedWorld,
) -> None:
    (world.world.folder / "proposal.yaml").write_text(PROPOSAL)
    parameters, oracle = world.system.parameters, world.system.verdict_oracle
    world.stake(DEPLOYER, 10 * MILLION)
    deadline = world.system.chain.clock() + 10 * DAY
    before = world.publish(deadline)

    proposal = world.tessera("gov", "propose", "proposal.yaml")["proposal"]
    world.world.pass_time(2 * DAY + 1)
    world.tessera("gov", "vote", proposal, "for")
    world.world.pass_time(5 * DAY)
    world.tessera("gov", "queue", proposal)
    world.world.pass_time(2 * DAY)
    world.tessera("gov", "execute", proposal)
    after = world.publish(deadline)
    for task_id in (before, after):
        world.world.answer(task_id)
    world.judge(before, after)

    windows = {before: WINDOW, after: NEW_WINDOW}
    for task_id, seconds in windows.items():
        assert parameters.value_for_task(ParameterId.CHALLENGE_SECONDS, task_id) == seconds
    finals = {task_id: oracle.finalise(world.verdict(task_id)) for task_id in windows}
    for task_id in (after, before):
        ends_at = world.posted_at(task_id) + windows[task_id]
        world.mine_at(ends_at - 1)
        assert world.refusal(finals[task_id]) == OPEN
        world.mine_at(ends_at)
        assert world.refusal(finals[task_id]) == ""
        world.go_to(ends_at)
        world.send(GATEWAY, finals[task_id])
        assert world.phase(task_id) is Phase.FINAL
        assert task_id == before or world.phase(before) is Phase.CHALLENGE


def settled_task(world: GovernedWorld) -> TaskId:
    """Bring a task to its end: three workers right, one lazy."""
    task_id = world.publish(world.system.chain.clock() + HOUR)
    world.world.answer(task_id)
    world.settle(task_id)
    return task_id


def earn(world: GovernedWorld, task_id: TaskId) -> list[int]:
    """Claim the emission of a settled task for every worker; return what each got."""
    rewards, tes = world.system.rewards, world.system.work_token
    task = world.system.task_escrow.task(task_id)
    payouts = read_task_payouts(world.system, world.world.store, task)
    world.send(GATEWAY, rewards.register_task(world.verdict(task_id)))
    world.world.pass_time(7 * DAY)
    got = []
    for worker in PAID:
        (leaf,) = payouts.of(worker.address)
        held = tes.balance_of(worker.address)
        world.send(GATEWAY, rewards.claim_emission(leaf, payouts.tree.proof(leaf.index)))
        got.append(tes.balance_of(worker.address) - held)
    return got


def test_whale__with_nine_tenths_of_the_stake__raises_the_fee_with_the_workers_or_not_at_all(
    world: GovernedWorld,
) -> None:
    whale, other = DEPLOYER, GATEWAY
    world.stake(whale, 36 * MILLION)
    world.stake(other, 3 * MILLION)
    earned = earn(world, settled_task(world))
    parameters, house = world.system.parameters, world.system.worker_house
    raise_fee = parameters.set_parameter(ParameterId.PROTOCOL_FEE_BPS, NEW_FEE)
    rich = {whale: Support.FOR, other: Support.AGAINST}
    against, in_favour = (dict.fromkeys(PAID, each) for each in (Support.AGAINST, Support.FOR))

    refused = world.decide(whale, raise_fee, "Raise the fee", rich | against)
    ignored = world.decide(whale, raise_fee, "Raise the fee quietly", rich)
    agreed = world.decide(whale, raise_fee, "Raise the fee together", rich | in_favour)

    assert sorted(earned) == sorted(PAY)
    assert [house.votes(worker.address) for worker in PAID] == earned
    power = [world.system.staking.votes(each.address) for each in (whale, other)]
    assert power[0] * 10 >= 9 * (sum(power) + len(OPERATORS) * OPERATOR_STAKE // 4)
    assert refused.state is ignored.state is ProposalState.DEFEATED
    assert "GovernorUnexpectedProposalState" in world.refusal(
        world.system.governor.queue(refused.calls)
    )
    assert parameters.value_of(ParameterId.PROTOCOL_FEE_BPS) == FEE
    assert agreed.state is ProposalState.SUCCEEDED
    agreed.carry_out()
    assert parameters.value_of(ParameterId.PROTOCOL_FEE_BPS) == NEW_FEE


def test_fees__of_real_tasks__reach_whoever_staked_before_to_the_last_wei(
    world: GovernedWorld,
) -> None:
    system = world.system
    coin = system.token(system.deployment.payment_token)
    rewards, escrow = system.rewards, system.task_escrow
    early = {DEPLOYER: MILLION, **dict.fromkeys(OPERATORS, OPERATOR_STAKE)}
    world.stake(DEPLOYER, MILLION)
    fee = sum(PAY) * FEE // 10_000

    first = settled_task(world)
    earned_first = escrow.fees_of(coin.address)
    world.send(GATEWAY, rewards.distribute(coin.address))
    world.stake(GATEWAY, 2 * MILLION)
    late = early | {GATEWAY: 2 * MILLION}
    second = settled_task(world)
    world.send(GATEWAY, rewards.distribute(coin.address))

    assert [world.verdict(each).total_payout for each in (first, second)] == [sum(PAY)] * 2
    assert earned_first == fee
    assert (escrow.fees_of(coin.address), coin.balance_of(rewards.address)) == (0, 2 * fee)
    total = sum(early.values()), sum(late.values())
    paid = {}
    for holder, stake in late.items():
        share = fee * early.get(holder, 0) * total[1] + fee * stake * total[0]
        held = coin.balance_of(holder.address)
        world.send(GATEWAY, rewards.claim_fees(coin.address, holder.address))
        paid[holder] = coin.balance_of(holder.address) - held
        assert paid[holder] == Wei(share // (total[0] * total[1]))
        assert rewards.claimable_fees(coin.address, holder.address) == 0
    left = coin.balance_of(rewards.address)
    assert sum(paid.values()) + left == 2 * fee
    assert 0 <= left < len(late)
