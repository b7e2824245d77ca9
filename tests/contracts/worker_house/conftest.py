"""WorkerHouse with an ordinary account as Rewards."""

import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy

CAP = 1_000_000
YEAR = 365 * 86_400


@pytest.fixture(scope="session")
def rewards() -> str:
    return account_of("rewards")


@pytest.fixture
def house(rewards: str) -> VyperContract:
    return deploy("WorkerHouse", rewards, CAP, 0)
