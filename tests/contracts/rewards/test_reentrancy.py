"""A token that calls back while it moves gets nothing twice."""

import pytest

from tests.contracts.deploying import deploy
from tests.contracts.rewards.conftest import wait
from tests.contracts.rewards.settling import OPERATOR, settle_work
from tests.contracts.rewards.stage import HOLDER

pytestmark = pytest.mark.chain


@pytest.fixture
def hostile_token(stage, staker, late_staker):
    """A token with 1,024 wei of fees, shared between two equal stakers."""
    contract = deploy("mocks/ReentrantToken", HOLDER, 10**24)
    stage.stake(staker, 256)
    stage.stake(late_staker, 256)
    wait(1)
    contract.transfer(stage.rewards, 1_024, sender=HOLDER)
    stage.rewards.distribute(contract)
    return contract


def test_claim_fees__token_claims_again__pays_once(rewards, hostile_token, staker):
    hostile_token.arm(rewards, rewards.claim_fees.prepare_calldata(hostile_token, staker))

    rewards.claim_fees(hostile_token, staker)

    assert hostile_token.was_attempted()
    assert hostile_token.was_refused()
    assert hostile_token.balanceOf(staker) == rewards.owed_fees(hostile_token) == 512


def test_claim_fees__token_shares_what_is_leaving__is_refused(rewards, hostile_token, staker):
    hostile_token.arm(rewards, rewards.distribute.prepare_calldata(hostile_token))

    rewards.claim_fees(hostile_token, staker)

    assert hostile_token.was_refused()
    assert rewards.owed_fees(hostile_token) == hostile_token.balanceOf(rewards) == 512


def test_distribute__token_shares_meanwhile__is_shared_once(stage, rewards, hostile_token, staker):
    fee = stage.earn(hostile_token, 1_024_000)
    hostile_token.arm(rewards, rewards.distribute.prepare_calldata(hostile_token))

    rewards.distribute(hostile_token)

    assert hostile_token.was_attempted()
    assert hostile_token.was_refused()
    assert rewards.owed_fees(hostile_token) == hostile_token.balanceOf(rewards) == 1_024 + fee
    assert rewards.claimable_fees(hostile_token, staker) == (1_024 + fee) // 2


def test_distribute__inside_the_payout_of_a_worker__shares_and_pays_once(
    stage, rewards, honest_worker, stranger
):
    token = deploy("mocks/ReentrantToken", HOLDER, 10**24)
    work = settle_work(stage, token, [(honest_worker, 600_000), (stranger, 400_000)])
    fee, staker = stage.escrow.fees_of(token), OPERATOR.address
    token.arm(rewards, rewards.distribute.prepare_calldata(token))

    stage.escrow.claim(*work.claim(0))
    assert rewards.owed_fees(token) == token.balanceOf(rewards) == fee == 20_000
    token.arm(rewards, rewards.claim_fees.prepare_calldata(token, staker))
    stage.escrow.claim(*work.claim(1))

    assert (token.balanceOf(honest_worker), token.balanceOf(stranger)) == (600_000, 400_000)
    assert fee - 1 <= token.balanceOf(staker) <= fee
    assert rewards.owed_fees(token) == token.balanceOf(rewards) == fee - token.balanceOf(staker)
    assert stage.escrow.fees_of(token) == 0
    assert token.balanceOf(stage.escrow) == stage.escrow.task_of(work.task_id).refundable
