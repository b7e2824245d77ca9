"""Accounts by role, single contracts, and the whole system."""

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak, to_checksum_address

from tests.contracts.deploying import deploy
from tests.system import Roles, System, deploy_system

SUPPLY = 1_000_000 * 10**18


def account_of(role: str) -> str:
    """Return an address that depends on the role's name alone: gas is the same in any run."""
    account = to_checksum_address(keccak(text=role)[-20:])
    boa.env.alias(account, role)
    return str(account)


@pytest.fixture(autouse=True)
def _own_traces() -> None:
    """Forget the slots of earlier tests: titanoboa reuses addresses and would misread them."""
    boa.env.sstore_trace.clear()


@pytest.fixture(scope="session")
def treasury() -> str:
    return account_of("treasury")


@pytest.fixture(scope="session")
def genesis_holder() -> str:
    return account_of("genesis_holder")


@pytest.fixture(scope="session")
def arbitrator() -> str:
    return account_of("arbitrator")


@pytest.fixture(scope="session")
def fee_recipient() -> str:
    return account_of("fee_recipient")


@pytest.fixture(scope="session")
def timelock() -> str:
    return account_of("timelock")


@pytest.fixture(scope="session")
def minter() -> str:
    return account_of("minter")


@pytest.fixture(scope="session")
def stranger() -> str:
    return account_of("stranger")


@pytest.fixture(scope="session")
def challenger() -> str:
    return account_of("challenger")


@pytest.fixture(scope="session")
def requester() -> str:
    return account_of("requester")


@pytest.fixture(scope="session")
def gateway() -> str:
    return account_of("gateway")


@pytest.fixture(scope="session")
def honest_worker() -> str:
    return account_of("honest_worker")


@pytest.fixture(scope="session")
def lazy_worker() -> str:
    return account_of("lazy_worker")


@pytest.fixture
def work_token(genesis_holder: str, minter: str) -> VyperContract:
    return deploy("WorkToken", [(genesis_holder, SUPPLY)], minter)


@pytest.fixture
def payment_token(genesis_holder: str) -> VyperContract:
    return deploy("mocks/PaymentToken", "Test Dollar", "TUSD", 6, genesis_holder, SUPPLY)


@pytest.fixture
def no_return_token(genesis_holder: str) -> VyperContract:
    return deploy("mocks/NoReturnToken", genesis_holder, SUPPLY)


@pytest.fixture
def system(
    genesis_holder: str, treasury: str, arbitrator: str, fee_recipient: str, timelock: str
) -> System:
    """All contracts, freshly deployed."""
    return deploy_system(Roles(genesis_holder, treasury, arbitrator, fee_recipient, timelock))


@pytest.fixture(scope="session")
def operators() -> list[LocalAccount]:
    """Three keys, ascending by address as `post_verdict` wants the signatures."""
    keys = [keccak(text=f"operator {number}") for number in range(3)]
    return sorted(
        (Account.from_key(key) for key in keys), key=lambda account: int(account.address, 16)
    )
