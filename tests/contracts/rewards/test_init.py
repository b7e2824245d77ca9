"""Deployment of Rewards: it must be the minter, and its cap must fit into the supply."""

import pytest

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy, predict_addresses
from tests.contracts.refusals import refused
from tests.contracts.rewards.stage import CAP, HOUSE_CAP, RATE, TIMELOCK, deploy_stage

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20
MAX_SUPPLY = 1_000_000_000 * 10**18
OTHERS = [account_of(name) for name in ("staking", "escrow", "oracle", "house")] + [TIMELOCK]


def deploy_rewards(supply=10**18, cap=CAP, others=OTHERS, rates=()):
    """Deploy TES and Rewards, which need only each other."""
    _, rewards = predict_addresses(2)
    token = deploy("WorkToken", [(TIMELOCK, supply)], rewards)
    return deploy("Rewards", token, *others, cap, list(rates))


def test_init__whole_stage__is_readable(payment_token):
    stage = deploy_stage([(payment_token.address, RATE)])
    rewards = stage.rewards

    assert rewards.work_token() == stage.tes.address
    assert rewards.staking() == stage.staking.address
    assert rewards.task_escrow() == stage.escrow.address
    assert rewards.verdict_oracle() == stage.oracle.address
    assert rewards.worker_house() == stage.house.address
    assert (rewards.timelock(), rewards.emission_cap()) == (TIMELOCK, CAP)
    assert rewards.emission_rate(payment_token) == RATE
    assert stage.house.cap_per_worker() == HOUSE_CAP
    assert stage.tes.minter() == stage.escrow.fee_recipient() == rewards.address


@pytest.mark.parametrize(
    ("place", "reason"),
    list(
        enumerate(
            [
                "rewards: staking is zero",
                "rewards: escrow is zero",
                "rewards: oracle is zero",
                "rewards: house is zero",
                "rewards: timelock is zero",
            ]
        )
    ),
)
def test_init__contract_missing__is_refused(place, reason):
    others = list(OTHERS)
    others[place] = ZERO

    with refused(reason, lambda: None):
        deploy_rewards(others=others)


def test_init__somebody_else_mints__is_refused(minter):
    token = deploy("WorkToken", [], minter)

    with refused("rewards: not the minter", lambda: None):
        deploy("Rewards", token, *OTHERS, CAP, [])


def test_init__cap_that_the_supply_has_no_room_for__is_refused():
    with refused("rewards: cap exceeds supply", lambda: None):
        deploy_rewards(supply=MAX_SUPPLY - CAP + 1)

    assert deploy_rewards(supply=MAX_SUPPLY - CAP).emission_cap() == CAP


def test_init__rate_too_large__is_refused():
    with refused("emission: rate too large", lambda: None):
        deploy_rewards(rates=[(ZERO, 2**120)])


@pytest.mark.parametrize("cap", [0, 1, 103, 104, 208, 10**27, CAP, CAP + 103])
def test_budget_of__all_weeks__halve_each_year_and_stay_below_the_cap(cap):
    rewards = deploy_rewards(supply=0, cap=min(cap, MAX_SUPPLY))
    budgets = [rewards.budget_of(52 * year) for year in range(100)]

    assert budgets == [cap // 104 >> year for year in range(100)]
    assert [rewards.budget_of(epoch) for epoch in (51, 103)] == budgets[:2]
    assert 52 * sum(budgets) <= cap
    assert rewards.budget_of(2**256 - 1) == 0


def test_budget_of__first_year__is_half_of_the_cap():
    rewards = deploy_rewards()

    assert 52 * rewards.budget_of(0) == CAP // 2
