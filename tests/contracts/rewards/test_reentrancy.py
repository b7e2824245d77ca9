"""A token that calls back while it moves gets nothing twice."""

import pytest

from tests.contracts.deploying import deploy
from tests.contracts.rewards.conftest import wait
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
