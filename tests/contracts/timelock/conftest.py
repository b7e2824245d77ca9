"""A Timelock with an account for each role, and an operation in each of its states."""

from collections.abc import Callable

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.differential.playing import calldata, play
from tests.contracts.timelock.operations import (
    ADMIN_ROLE,
    CANCELLER_ROLE,
    EXECUTOR_ROLE,
    MIN_DELAY,
    PROPOSER_ROLE,
    Facts,
    Operation,
)


@pytest.fixture(scope="session")
def proposer() -> str:
    return account_of("proposer")


@pytest.fixture(scope="session")
def executor() -> str:
    return account_of("executor")


@pytest.fixture(scope="session")
def admin() -> str:
    return account_of("admin")


@pytest.fixture
def timelock(proposer: str, executor: str, admin: str) -> VyperContract:
    return deploy("Timelock", MIN_DELAY, [proposer], [executor], admin)


@pytest.fixture
def target() -> VyperContract:
    return deploy("mocks/CallTarget")


@pytest.fixture(params=["call", "batch"])
def operation(request: pytest.FixtureRequest, target: VyperContract) -> Operation:
    """One call alone, and two at once."""
    count = 1 if request.param == "call" else 2
    calls = tuple((target.address, 0, calldata("note(uint256)", number)) for number in range(count))
    return Operation(calls, salt=b"\x05" * 32, is_batch=count > 1)


@pytest.fixture
def scheduled(timelock: VyperContract, operation: Operation, proposer: str) -> Operation:
    """The operation, waiting."""
    call = (operation.schedule, *operation.terms, MIN_DELAY)
    assert play(timelock, *call, sender=proposer).succeeded
    return operation


@pytest.fixture
def ready(scheduled: Operation) -> Operation:
    """The operation, ready since this second."""
    boa.env.time_travel(seconds=MIN_DELAY)
    return scheduled


@pytest.fixture
def facts(
    timelock: VyperContract, operation: Operation, proposer: str, executor: str, stranger: str
) -> Facts:
    """What a refused call could have changed."""
    roles = (ADMIN_ROLE, PROPOSER_ROLE, EXECUTOR_ROLE, CANCELLER_ROLE)
    accounts = (proposer, executor, stranger, timelock.address)
    return lambda: (
        timelock.getTimestamp(operation.id),
        timelock.getMinDelay(),
        boa.env.get_balance(timelock.address),
        [timelock.hasRole(role, account) for role in roles for account in accounts],
    )


@pytest.fixture
def make_ready(timelock: VyperContract, proposer: str) -> Callable[[Operation], Operation]:
    """Schedule an operation and let its delay pass."""

    def make(operation: Operation) -> Operation:
        terms = (*operation.terms, MIN_DELAY)
        assert play(timelock, operation.schedule, *terms, sender=proposer).succeeded
        boa.env.time_travel(seconds=MIN_DELAY)
        return operation

    return make
