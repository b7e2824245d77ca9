"""claim_fees: a staker is paid for the stake it had at each round, once, wherever a walk stops."""

import pytest

from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.rewards.conftest import wait
from tests.contracts.rewards.stage import HOLDER

pytestmark = pytest.mark.chain


def give(stage, token, amount):
    """Share so many wei of fees, after a second."""
    wait(1)
    token.transfer(stage.rewards, amount, sender=HOLDER)
    stage.rewards.distribute(token)


def test_claim_fees__share__is_sent_to_the_staker(
    stage, rewards, fee_token, staker, late_staker, stranger
):
    stage.stake(staker, 256)
    give(stage, fee_token, 512)
    stage.stake(late_staker, 256)
    give(stage, fee_token, 512)

    rewards.claim_fees(fee_token, staker, sender=stranger)

    fields = {"token": fee_token.address, "account": staker, "amount": 768}
    assert last_events(rewards) == [("FeesClaimed", fields)]
    assert fee_token.balanceOf(staker) == 768
    assert rewards.owed_fees(fee_token) == fee_token.balanceOf(rewards) == 256
    assert rewards.claimable_fees(fee_token, late_staker) == 256


def test_claim_fees__twice__is_refused(stage, rewards, fee_token, staker, fee_books):
    stage.stake(staker, 256)
    give(stage, fee_token, 512)
    rewards.claim_fees(fee_token, staker)

    with refused("fees: nothing to claim", fee_books):
        rewards.claim_fees(fee_token, staker)
    wait(1)
    with refused("fees: nothing to claim", fee_books):
        rewards.claim_fees(fee_token, staker)


def test_claim_fees__never_staked__is_refused(
    stage, rewards, fee_token, staker, stranger, fee_books
):
    stage.stake(staker, 256)
    give(stage, fee_token, 512)

    with refused("fees: nothing to claim", fee_books):
        rewards.claim_fees(fee_token, stranger)


def test_claim_fees__joined_after_the_round__gets_nothing_of_it(
    stage, rewards, fee_token, staker, late_staker, fee_books
):
    stage.stake(staker, 256)
    give(stage, fee_token, 512)
    stage.stake(late_staker, 10**20)  # in the second of the round
    wait(1)

    assert rewards.claimable_fees(fee_token, late_staker) == 0
    # the walk may pass the first checkpoint, which pays nothing and takes nothing
    rewards.claim_fees(fee_token, late_staker)
    assert fee_token.balanceOf(late_staker) == 0
    with refused("fees: nothing to claim", fee_books):
        rewards.claim_fees(fee_token, late_staker)


def test_claim_fees__between_two_rounds_of_a_second__new_stake_earns_neither(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 256)
    stage.stake(late_staker, 256)
    give(stage, fee_token, 512)
    stage.stake(late_staker, 10**20)
    rewards.claim_fees(fee_token, late_staker)
    fee_token.transfer(rewards, 512, sender=HOLDER)
    rewards.distribute(fee_token)
    wait(1)

    for account in (staker, late_staker):
        assert rewards.claimable_fees(fee_token, account) + fee_token.balanceOf(account) == 512
    rewards.claim_fees(fee_token, late_staker)
    rewards.claim_fees(fee_token, staker)
    assert fee_token.balanceOf(rewards) == rewards.owed_fees(fee_token) == 0


def test_claim_fees__slashed_before_the_round__earns_less(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 256)
    stage.stake(late_staker, 128)
    stage.slash(staker, 128)
    give(stage, fee_token, 512)

    rewards.claim_fees(fee_token, staker)

    assert fee_token.balanceOf(staker) == 256


def test_claim_fees__everything_unstaked__keeps_what_was_earned(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 256)
    stage.stake(late_staker, 256)
    give(stage, fee_token, 512)
    stage.staking.unstake(stage.tes, 256, sender=staker)
    give(stage, fee_token, 512)
    wait(30 * 86_400)

    rewards.claim_fees(fee_token, staker)

    assert fee_token.balanceOf(staker) == 256


def test_claim_fees__more_than_32_changes__goes_on_where_it_stopped(
    stage, rewards, fee_token, staker, late_staker, fee_books
):
    stage.stake(staker, 256)
    stage.stake(late_staker, 256)
    earned = 0
    for _ in range(40):
        give(stage, fee_token, 2**20)
        total = stage.staking.totals_of(stage.tes).staked
        earned += stage.staking.stake_of(stage.tes, staker) * 2**20 // total
        stage.stake(staker, 256)
    wait(1)
    assert stage.staking.stake_checkpoint_count(staker) == 41
    whole = rewards.claimable_fees(fee_token, staker)
    assert abs(whole - earned) <= 40  # each rounded down here, and not there

    rewards.claim_fees(fee_token, staker)
    first = fee_token.balanceOf(staker)
    assert 0 < first < whole
    assert rewards.claimable_fees(fee_token, staker) == whole - first
    rewards.claim_fees(fee_token, staker)

    assert fee_token.balanceOf(staker) == whole
    with refused("fees: nothing to claim", fee_books):
        rewards.claim_fees(fee_token, staker)


def test_claim_fees__many_changes_that_earned_nothing__can_be_walked(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(late_staker, 256)
    for seconds in range(70):
        wait(1)
        stage.staking.delegate(staker if seconds % 2 else late_staker, sender=late_staker)
    stage.stake(staker, 256)
    give(stage, fee_token, 512)

    for _ in range(3):
        rewards.claim_fees(fee_token, staker)

    assert fee_token.balanceOf(staker) == 256


def test_claim_fees__a_few_wei_at_a_time__lose_no_fraction(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 2)
    stage.stake(late_staker, 1)
    for _ in range(30):
        give(stage, fee_token, 1)
        if rewards.claimable_fees(fee_token, staker):
            rewards.claim_fees(fee_token, staker)

    assert fee_token.balanceOf(staker) == 20
    rewards.claim_fees(fee_token, late_staker)
    assert fee_token.balanceOf(late_staker) == 10


def test_claim_fees__largest_stake_and_fee__do_not_overflow(stage, rewards, payment_token, staker):
    stage.stake(staker, stage.tes.balanceOf(HOLDER))
    wait(1)
    token = deploy("mocks/PaymentToken", "Worthless", "WTH", 18, rewards.address, 2**98)
    for _ in range(5):
        rewards.distribute(token)

    rewards.claim_fees(token, staker)

    assert 2**98 - 1 <= token.balanceOf(staker) <= 2**98
