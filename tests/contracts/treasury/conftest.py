"""Treasury with an ordinary account as its Timelock, and tokens that it holds."""

from collections.abc import Callable
from dataclasses import dataclass

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy

WEALTH = 1_000_000
LIMIT = WEALTH // 20
DAY = 86_400
WINDOW = 30 * DAY

Books = Callable[[], object]


@dataclass(frozen=True)
class Grant:
    """What a proposal to open a grant says, after the token."""

    holder: str
    amount: int = 36_500
    starts_at: int = 0
    cliff_seconds: int = 90 * DAY
    duration_seconds: int = 365 * DAY

    def as_tuple(self) -> tuple[str, int, int, int, int]:
        return (
            self.holder,
            self.amount,
            self.starts_at,
            self.cliff_seconds,
            self.duration_seconds,
        )


@pytest.fixture(scope="session")
def timelock() -> str:
    return account_of("timelock")


@pytest.fixture(scope="session")
def holder() -> str:
    return account_of("grant holder")


@pytest.fixture
def vault(timelock: str, stranger: str) -> VyperContract:
    """The treasury without genesis grants; nothing is collected here, so any address stakes."""
    return deploy("Treasury", timelock, stranger, [])


@pytest.fixture(params=["work_token", "no_return_token"])
def token(
    request: pytest.FixtureRequest, vault: VyperContract, genesis_holder: str
) -> VyperContract:
    """Each kind of token, of which the treasury holds `WEALTH`."""
    contract: VyperContract = request.getfixturevalue(request.param)
    contract.transfer(vault, WEALTH, sender=genesis_holder)
    return contract


@pytest.fixture
def books(vault: VyperContract, token: VyperContract, holder: str, stranger: str) -> Books:
    """Everything that a refused call could have changed."""

    def read() -> object:
        return (
            [token.balanceOf(account) for account in (vault.address, holder, stranger)],
            (vault.free_balance(token), vault.spendable_of(token), vault.spent_of(token)),
            vault.reserved_of(token),
            [vault.grant_of(grant_id) for grant_id in range(vault.grant_count() + 2)],
        )

    return read


@pytest.fixture
def running_grant(vault: VyperContract, token: VyperContract, timelock: str, holder: str) -> int:
    """36,500 wei over a year with a cliff of 90 days, from now on."""
    return int(vault.open_grant(token, *Grant(holder).as_tuple(), sender=timelock))


def wait(seconds: int) -> None:
    """Let so many seconds pass."""
    boa.env.timestamp += seconds
