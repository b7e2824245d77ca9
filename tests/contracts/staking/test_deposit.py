"""deposit: what arrives is what is staked."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, WEALTH, stake_events

pytestmark = pytest.mark.chain


def test_deposit__approved_tokens__become_the_stake(staking, token, staker):
    staking.deposit(token, STAKE, sender=staker)

    assert staking.stake_of(token, staker) == STAKE
    assert staking.totals_of(token) == (STAKE, 0, 0)
    assert token.balanceOf(staking) == STAKE
    assert token.balanceOf(staker) == WEALTH - STAKE


def test_deposit__again__adds_to_the_stake(staking, staked, staker):
    staking.deposit(staked, 5, sender=staker)

    assert staking.stake_of(staked, staker) == STAKE + 5
    assert staking.totals_of(staked).staked == STAKE + 5


def test_deposit__in_one_token__leaves_other_ledgers_alone(
    staking, staked, staker, other_staker, stranger
):
    assert staking.stake_of(staked, other_staker) == 0
    assert staking.stake_of(stranger, staker) == 0
    assert staking.totals_of(stranger) == (0, 0, 0)


def test_deposit__success__is_logged_once(staking, staked, staker):
    staking.deposit(staked, 5, sender=staker)

    assert stake_events(staking) == [
        (
            "StakeDeposited",
            {"token": staked.address, "account": staker, "amount": 5, "new_stake": STAKE + 5},
        )
    ]


def test_deposit__all_that_one_has__is_taken(staking, token, staker):
    staking.deposit(token, WEALTH, sender=staker)

    assert token.balanceOf(staker) == 0


def test_deposit__nothing__is_refused(staking, token, staker, books):
    with refused("staking: amount is zero", books):
        staking.deposit(token, 0, sender=staker)


def test_deposit__one_wei_more_than_one_has__is_refused(staking, token, staker, books):
    with refused("erc20: transfer amount exceeds balance", books):
        staking.deposit(token, WEALTH + 1, sender=staker)


def test_deposit__without_approval__is_refused(staking, token, staker, books):
    token.approve(staking, STAKE - 1, sender=staker)

    with refused("erc20: insufficient allowance", books):
        staking.deposit(token, STAKE, sender=staker)


def test_deposit__token_that_takes_a_fee__is_refused(staking, staker, genesis_holder):
    token = deploy("mocks/FeeOnTransferToken", staker, WEALTH)
    token.approve(staking, STAKE, sender=staker)

    with refused("transfer: not exact", lambda: token.balanceOf(staker)):
        staking.deposit(token, STAKE, sender=staker)

    assert staking.totals_of(token) == (0, 0, 0)


def test_deposit__rebasing_token_that_rounds__is_refused(staking, staker):
    token = deploy("mocks/RebasingToken", staker, WEALTH)
    token.rebase(15 * 10**17)
    token.approve(staking, STAKE, sender=staker)

    with refused("transfer: not exact", lambda: token.balanceOf(staker)):
        staking.deposit(token, STAKE, sender=staker)

    assert staking.totals_of(token) == (0, 0, 0)


def test_deposit__address_without_code__is_refused(staking, staker, stranger):
    with boa.reverts():
        staking.deposit(stranger, STAKE, sender=staker)

    assert staking.totals_of(stranger) == (0, 0, 0)


def test_deposit__token_that_answers_false__is_refused(staking, staker):
    token = boa.loads(
        """
balanceOf: public(HashMap[address, uint256])

@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    self.balanceOf[to] += amount
    return False
"""
    )

    with refused("transfer: token refused", lambda: staking.totals_of(token)):
        staking.deposit(token, STAKE, sender=staker)
