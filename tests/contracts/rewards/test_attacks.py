"""What somebody could try on the fee vault, and what it brings them."""

import pytest

from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.rewards.conftest import wait
from tests.contracts.rewards.stage import HOLDER
from tests.system import DAY

pytestmark = pytest.mark.chain

STAKE = 2**60


@pytest.fixture
def large_token():
    """A token of which one holder can lend 2**97 wei for the length of a transaction."""
    return deploy("mocks/PaymentToken", "Large", "LRG", 18, HOLDER, 2**100)


def test_distribute__only_staker_turns_lent_tokens_round__later_fees_are_shared_all_the_same(
    stage, rewards, large_token, staker, late_staker
):
    stage.stake(staker, 1)
    wait(1)
    large_token.transfer(staker, 2**96, sender=HOLDER)
    for _ in range(300):  # what is given as fees comes back to the only staker at once
        large_token.transfer(rewards, large_token.balanceOf(staker), sender=staker)
        rewards.distribute(large_token)
        rewards.claim_fees(large_token, staker)
    stage.stake(late_staker, 2**79 - 1)
    wait(1)

    fee = stage.earn(large_token, 10**20)
    rewards.distribute(large_token)

    assert rewards.claimable_fees(large_token, late_staker) >= fee - 1


def test_distribute__joined_a_second_before__pays_with_its_bonding_time(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 100)
    old = stage.earn(fee_token, 1_000_000)
    rewards.distribute(fee_token)  # anyone may, at any time, and nothing is left to wait for
    new = stage.earn(fee_token, 1_000_000)
    stage.stake(late_staker, 100)
    wait(1)

    rewards.distribute(fee_token)
    stage.staking.unstake(stage.tes, 100, sender=late_staker)
    wait(7 * DAY - 1)

    assert rewards.claimable_fees(fee_token, staker) == old + new // 2
    assert rewards.claimable_fees(fee_token, late_staker) == new // 2
    with refused("staking: still unbonding", lambda: stage.tes.balanceOf(late_staker)):
        stage.staking.withdraw(stage.tes, sender=late_staker)


def test_distribute__while_it_is_fetched_the_token_changes_its_stake__shares_by_the_past(
    stage, rewards, staker
):
    token = deploy("mocks/ReentrantToken", HOLDER, 10**24)
    staking, tes = stage.staking, stage.tes
    tes.transfer(token, 2 * STAKE, sender=HOLDER)
    token.execute(tes, tes.approve.prepare_calldata(staking, 2 * STAKE))
    token.execute(staking, staking.deposit.prepare_calldata(tes, STAKE))
    stage.stake(staker, STAKE)
    fee = stage.earn(token, 1_000_000)
    token.arm(staking, staking.deposit.prepare_calldata(tes, STAKE))

    rewards.distribute(token)

    assert token.was_attempted()
    assert not token.was_refused()
    assert staking.stake_of(tes, token) == 2 * STAKE
    assert rewards.claimable_fees(token, token) == fee // 2
    assert rewards.claimable_fees(token, staker) == fee // 2


def test_distribute__while_it_is_fetched_the_token_leaves__shares_by_the_past(
    stage, rewards, staker
):
    token = deploy("mocks/ReentrantToken", HOLDER, 10**24)
    staking, tes = stage.staking, stage.tes
    tes.transfer(token, STAKE, sender=HOLDER)
    token.execute(tes, tes.approve.prepare_calldata(staking, STAKE))
    token.execute(staking, staking.deposit.prepare_calldata(tes, STAKE))
    stage.stake(staker, STAKE)
    fee = stage.earn(token, 1_000_000)
    token.arm(staking, staking.unstake.prepare_calldata(tes, STAKE))

    rewards.distribute(token)
    wait(1)
    rewards.claim_fees(token, staker)

    assert staking.stake_of(tes, token) == 0
    assert token.balanceOf(staker) == fee // 2
    assert rewards.owed_fees(token) == rewards.claimable_fees(token, token) == fee // 2


def test_claim_fees__whole_stake_leaves_and_returns_between_rounds__earns_by_each_round(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 100)
    stage.stake(late_staker, 100)
    fee = stage.earn(fee_token, 1_000_000)
    rewards.distribute(fee_token)
    stage.staking.unstake(stage.tes, 100, sender=staker)  # in the second of the round
    stage.earn(fee_token, 1_000_000)
    rewards.distribute(fee_token)
    stage.stake(staker, 100)  # also
    for seconds in range(40):  # checkpoints of votes alone, more than one walk passes
        wait(1)
        stage.staking.delegate(staker if seconds % 2 else late_staker, sender=late_staker)
    stage.earn(fee_token, 1_000_000)
    rewards.distribute(fee_token)

    rewards.claim_fees(fee_token, staker)
    rewards.claim_fees(fee_token, staker)
    rewards.claim_fees(fee_token, late_staker)
    rewards.claim_fees(fee_token, late_staker)

    assert fee_token.balanceOf(staker) == fee
    assert fee_token.balanceOf(late_staker) == 2 * fee
    assert rewards.owed_fees(fee_token) == fee_token.balanceOf(rewards) == 0
