"""slash against a Python twin, over the whole range of stake, lock, unbonding amount and demand."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings, strategies as st

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.staking.conftest import deploy_parameters

pytestmark = pytest.mark.chain

STAKER = account_of("staker")
CONTROLLER = account_of("controller")
TREASURY = account_of("treasury")
BENEFICIARY = account_of("beneficiary")
WEALTH = 2**200

amounts = st.integers(1, 2**128) | st.integers(1, 4)
shares = st.integers(0, 100)


@dataclass(frozen=True)
class Outcome:
    taken: int
    stake: int
    lock: int
    unbonding: int
    to_treasury: int
    to_beneficiary: int


def slash_twin(stake: int, lock: int, unbonding: int, amount: int) -> Outcome:
    """Say what a slash of `amount` must leave."""
    taken = min(amount, stake + unbonding)
    from_unbonding = min(max(amount - (stake - lock), 0), unbonding)
    left = stake - (taken - from_unbonding)
    return Outcome(
        taken=taken,
        stake=left,
        lock=min(lock, left),
        unbonding=unbonding - from_unbonding,
        to_treasury=-(-taken // 2),
        to_beneficiary=taken // 2,
    )


@pytest.fixture(scope="module")
def token():
    return deploy("mocks/NoReturnToken", STAKER, WEALTH)


@pytest.fixture(scope="module")
def staking(token):
    contract = deploy("Staking", CONTROLLER, CONTROLLER, TREASURY, deploy_parameters(), CONTROLLER)
    token.approve(contract, WEALTH, sender=STAKER)
    return contract


@given(deposited=amounts, unstaked=shares, locked=shares, amount=amounts | st.just(2**256 - 1))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_slash__any_books__leaves_what_the_twin_says(
    staking, token, deposited, unstaked, locked, amount
):
    unbonding = deposited * unstaked // 100
    stake = deposited - unbonding
    lock = stake * locked // 100
    staking.deposit(token, deposited, sender=STAKER)
    if unbonding:
        staking.unstake(token, unbonding, sender=STAKER)
    staking.lock(token, STAKER, lock, False, sender=CONTROLLER)

    taken = staking.slash(token, STAKER, amount, BENEFICIARY, sender=CONTROLLER)

    assert slash_twin(stake, lock, unbonding, amount) == Outcome(
        taken=taken,
        stake=staking.stake_of(token, STAKER),
        lock=staking.lock_of(token, STAKER),
        unbonding=staking.unbonding_of(token, STAKER).amount,
        to_treasury=staking.credit_of(token, TREASURY),
        to_beneficiary=staking.credit_of(token, BENEFICIARY),
    )
