"""Staking with an ordinary account as controller, and stakers who hold and approved every token."""

from collections.abc import Callable

import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy

UNBONDING_SECONDS = 7 * 86_400
STAKE = 1_000
WEALTH = 1_000_000

Books = Callable[[], object]


@pytest.fixture(scope="session")
def controller() -> str:
    return account_of("controller")


@pytest.fixture(scope="session")
def staker() -> str:
    return account_of("staker")


@pytest.fixture(scope="session")
def other_staker() -> str:
    return account_of("other_staker")


@pytest.fixture(scope="session")
def beneficiary() -> str:
    return account_of("beneficiary")


@pytest.fixture
def staking(work_token: VyperContract, controller: str, treasury: str) -> VyperContract:
    return deploy("Staking", work_token, controller, treasury, UNBONDING_SECONDS)


@pytest.fixture(params=["work_token", "payment_token", "no_return_token"])
def token(
    request: pytest.FixtureRequest,
    staking: VyperContract,
    genesis_holder: str,
    staker: str,
    other_staker: str,
) -> VyperContract:
    """Each token that is accepted; both stakers hold it and approved all of it."""
    contract: VyperContract = request.getfixturevalue(request.param)
    for account in (staker, other_staker):
        contract.transfer(account, WEALTH, sender=genesis_holder)
        contract.approve(staking, 2**256 - 1, sender=account)
    return contract


@pytest.fixture
def staked(staking: VyperContract, token: VyperContract, staker: str) -> VyperContract:
    """The token, of which `staker` has staked `STAKE`."""
    staking.deposit(token, STAKE, sender=staker)
    return token


@pytest.fixture
def books(staking: VyperContract, token: VyperContract, staker: str, treasury: str) -> Books:
    """Everything that a refused call could have changed."""

    def read() -> object:
        accounts = (staker, treasury, staking.address)
        return (
            staking.totals_of(token),
            [staking.stake_of(token, account) for account in accounts],
            [staking.lock_of(token, account) for account in accounts],
            [staking.unbonding_of(token, account) for account in accounts],
            [staking.credit_of(token, account) for account in accounts],
            [token.balanceOf(account) for account in accounts],
        )

    return read
