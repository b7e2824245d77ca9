"""Accounts by role, single contracts, and the whole system."""

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from tests.contracts.deploying import deploy
from tests.system import Roles, System, deploy_system

SUPPLY = 1_000_000 * 10**18


def _account(name: str) -> str:
    return str(boa.env.generate_address(name))


@pytest.fixture(scope="session")
def treasury() -> str:
    return _account("treasury")


@pytest.fixture(scope="session")
def genesis_holder() -> str:
    return _account("genesis_holder")


@pytest.fixture(scope="session")
def arbitrator() -> str:
    return _account("arbitrator")


@pytest.fixture(scope="session")
def fee_recipient() -> str:
    return _account("fee_recipient")


@pytest.fixture(scope="session")
def minter() -> str:
    return _account("minter")


@pytest.fixture(scope="session")
def stranger() -> str:
    return _account("stranger")


@pytest.fixture(scope="session")
def challenger() -> str:
    return _account("challenger")


@pytest.fixture(scope="session")
def requester() -> str:
    return _account("requester")


@pytest.fixture(scope="session")
def gateway() -> str:
    return _account("gateway")


@pytest.fixture(scope="session")
def honest_worker() -> str:
    return _account("honest_worker")


@pytest.fixture(scope="session")
def lazy_worker() -> str:
    return _account("lazy_worker")


@pytest.fixture
def work_token(genesis_holder: str, minter: str) -> VyperContract:
    return deploy("WorkToken", genesis_holder, SUPPLY, minter)


@pytest.fixture
def payment_token(genesis_holder: str) -> VyperContract:
    return deploy("mocks/PaymentToken", "Test Dollar", "TUSD", 6, genesis_holder, SUPPLY)


@pytest.fixture
def no_return_token(genesis_holder: str) -> VyperContract:
    return deploy("mocks/NoReturnToken", genesis_holder, SUPPLY)


@pytest.fixture
def system(genesis_holder: str, treasury: str, arbitrator: str, fee_recipient: str) -> System:
    """All four contracts, freshly deployed."""
    return deploy_system(Roles(genesis_holder, treasury, arbitrator, fee_recipient))


@pytest.fixture(scope="session")
def operators() -> list[LocalAccount]:
    """Three keys, ascending by address as `post_verdict` wants the signatures."""
    keys = [keccak(text=f"operator {number}") for number in range(3)]
    return sorted(
        (Account.from_key(key) for key in keys), key=lambda account: int(account.address, 16)
    )
