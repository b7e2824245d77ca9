"""distribute: fees go to those who had stake a second ago, once, and to nobody else."""

import boa
import pytest

from tests.contracts.conftest import SUPPLY
from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.rewards.conftest import wait
from tests.contracts.rewards.stage import HOLDER

pytestmark = pytest.mark.chain


def test_distribute__fees_of_a_task__belong_to_the_stakers(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 300)
    stage.stake(late_staker, 100)
    fee = stage.earn(fee_token, 1_000_000)

    rewards.distribute(fee_token)

    fields = {"token": fee_token.address, "amount": fee, "total_stake": 400}
    assert last_events(rewards) == [("FeesShared", fields)]
    assert rewards.claimable_fees(fee_token, staker) == fee * 3 // 4 == 15_000
    assert rewards.claimable_fees(fee_token, late_staker) == fee // 4
    assert rewards.owed_fees(fee_token) == fee_token.balanceOf(rewards) == fee
    assert stage.escrow.fees_of(fee_token) == 0


def test_distribute__tokens_sent_directly__are_shared_too(rewards, stage, fee_token, staker):
    stage.stake(staker, 300)
    wait(1)
    fee_token.transfer(rewards, 600, sender=HOLDER)

    rewards.distribute(fee_token)

    assert rewards.claimable_fees(fee_token, staker) == 600


def test_distribute__nothing_new__is_refused(stage, rewards, fee_token, staker, fee_books):
    stage.stake(staker, 300)
    stage.earn(fee_token, 1_000_000)
    rewards.distribute(fee_token)

    with refused("rewards: nothing to share", fee_books):
        rewards.distribute(fee_token)
    wait(1)
    with refused("rewards: nothing to share", fee_books):
        rewards.distribute(fee_token)


def test_distribute__nobody_staked__leaves_the_fees(stage, rewards, fee_token, staker, fee_books):
    fee = stage.earn(fee_token, 1_000_000)
    with refused("rewards: nobody staked", fee_books):
        rewards.distribute(fee_token)

    assert stage.escrow.fees_of(fee_token) == fee
    stage.stake(staker, 1)
    with refused("rewards: nobody staked", fee_books):
        rewards.distribute(fee_token)  # staked this very second
    wait(1)
    rewards.distribute(fee_token)
    assert rewards.claimable_fees(fee_token, staker) == fee


def test_distribute__stake_of_this_second__gets_nothing(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 1)
    fee = stage.earn(fee_token, 1_000_000)
    stage.stake(late_staker, 10**20)

    rewards.distribute(fee_token)
    wait(100)

    assert rewards.claimable_fees(fee_token, late_staker) == 0
    assert rewards.claimable_fees(fee_token, staker) == fee


def test_distribute__stake_that_left_this_second__still_gets_its_share(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 100)
    stage.stake(late_staker, 100)
    fee = stage.earn(fee_token, 1_000_000)
    stage.staking.unstake(stage.tes, 100, sender=staker)

    rewards.distribute(fee_token)
    wait(1)
    second_fee = stage.earn(fee_token, 1_000_000)
    rewards.distribute(fee_token)

    assert rewards.claimable_fees(fee_token, staker) == fee // 2
    assert rewards.claimable_fees(fee_token, late_staker) == fee // 2 + second_fee


def test_distribute__what_one_division_leaves_over__goes_into_the_next(
    stage, rewards, fee_token, staker, late_staker
):
    stage.stake(staker, 1)
    stage.stake(late_staker, 2)
    wait(1)
    for _ in range(3):
        fee_token.transfer(rewards, 1, sender=HOLDER)
        rewards.distribute(fee_token)
        wait(1)

    assert rewards.claimable_fees(fee_token, staker) == 1
    assert rewards.claimable_fees(fee_token, late_staker) == 2


def test_distribute__more_than_96_bits__waits_for_the_next_round(stage, rewards, staker):
    token = deploy("mocks/PaymentToken", "Worthless", "WTH", 18, rewards.address, 2**96)
    stage.stake(staker, 2**32)
    wait(1)

    rewards.distribute(token)
    assert rewards.owed_fees(token) == 2**96 - 1
    rewards.distribute(token)

    assert rewards.owed_fees(token) == 2**96 == rewards.claimable_fees(token, staker)


def test_distribute__more_than_64_bits_for_a_wei_of_stake__waits_for_the_next_round(
    stage, rewards, staker, late_staker
):
    token = deploy("mocks/PaymentToken", "Worthless", "WTH", 18, rewards.address, 2**80)
    stage.stake(staker, 3)
    wait(1)

    rewards.distribute(token)
    assert rewards.owed_fees(token) == 3 * 2**64
    stage.stake(late_staker, 10**18)
    wait(1)
    rewards.distribute(token)

    assert rewards.owed_fees(token) == 2**80
    assert rewards.claimable_fees(token, staker) == 3 * 2**64 + 3 * (2**80 - 3 * 2**64) // (
        10**18 + 3
    )


def test_distribute__token_that_takes_a_fee__shares_what_arrived(stage, rewards, staker):
    token = deploy("mocks/FeeOnTransferToken", HOLDER, SUPPLY)
    stage.stake(staker, 300)
    wait(1)
    token.transfer(rewards, 10_000, sender=HOLDER)

    rewards.distribute(token)
    rewards.claim_fees(token, staker)

    assert token.balanceOf(staker) == 9_801
    assert token.balanceOf(rewards) == rewards.owed_fees(token) == 0


def test_distribute__token_that_shrank__harms_its_own_claims_alone(
    stage, rewards, payment_token, staker
):
    token = deploy("mocks/RebasingToken", HOLDER, SUPPLY)
    stage.stake(staker, 100)
    wait(1)
    for asset in (token, payment_token):
        asset.transfer(rewards, 10_000, sender=HOLDER)
        rewards.distribute(asset)
    token.rebase(10**17)

    with refused("rewards: nothing to share", lambda: rewards.owed_fees(token)):
        rewards.distribute(token)
    with boa.reverts():
        rewards.claim_fees(token, staker)
    rewards.claim_fees(payment_token, staker)

    assert payment_token.balanceOf(staker) == 10_000
