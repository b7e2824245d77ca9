"""InsurancePool beside a real Staking whose controller slashes on demand."""

from collections.abc import Callable

import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy

STAKE = 1_001
SLASHED = 501
"""Half of it, rounded down, is the pool's: 250."""
TASK, REASON = 7, b"\x07" * 32

Books = Callable[[], object]


@pytest.fixture(scope="session")
def controller() -> str:
    return account_of("controller")


@pytest.fixture
def staking(
    work_token: VyperContract, controller: str, treasury: str, stranger: str
) -> VyperContract:
    return deploy("Staking", work_token, controller, treasury, stranger, stranger)


@pytest.fixture
def pool(timelock: str, staking: VyperContract) -> VyperContract:
    return deploy("InsurancePool", timelock, staking)


@pytest.fixture(params=["work_token", "payment_token", "no_return_token"])
def token(
    request: pytest.FixtureRequest,
    staking: VyperContract,
    pool: VyperContract,
    genesis_holder: str,
    controller: str,
) -> VyperContract:
    """Each kind of token; a stake in it was slashed for the pool."""
    contract: VyperContract = request.getfixturevalue(request.param)
    contract.approve(staking, STAKE, sender=genesis_holder)
    staking.deposit(contract, STAKE, sender=genesis_holder)
    staking.slash(contract, genesis_holder, SLASHED, pool, sender=controller)
    return contract


@pytest.fixture
def books(
    pool: VyperContract, token: VyperContract, staking: VyperContract, stranger: str
) -> Books:
    """Everything that a refused call could have changed."""

    def read() -> object:
        accounts = (pool.address, stranger, staking.address)
        return (
            pool.totals_of(token),
            [token.balanceOf(each) for each in accounts],
            staking.credit_of(token, pool),
        )

    return read
