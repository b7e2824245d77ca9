"""A DAO with stakers and workers of known power."""

import boa
import pytest

from tests.contracts.conftest import account_of
from tests.contracts.governor.world import (
    Dao,
    Genesis,
    Proposal,
    credit,
    deploy_dao,
    one_call,
    pass_time,
    stake,
)
from tests.system import DAY, TES


@pytest.fixture(scope="session")
def whale() -> str:
    """Has nine tenths of all votes."""
    return account_of("whale")


@pytest.fixture(scope="session")
def small_staker() -> str:
    """Has a tenth of all votes, more than a quorum."""
    return account_of("small_staker")


@pytest.fixture(scope="session")
def big_worker() -> str:
    """Has two thirds of the workers' house."""
    return account_of("big_worker")


@pytest.fixture(scope="session")
def small_worker() -> str:
    return account_of("small_worker")


@pytest.fixture(scope="session")
def guardian() -> str:
    return account_of("guardian")


@pytest.fixture
def dao(
    genesis_holder: str, whale: str, small_staker: str, big_worker: str, small_worker: str
) -> Dao:
    genesis = Genesis(genesis_holder)
    deployed = deploy_dao(genesis)
    stake(deployed, whale, 360_000 * TES, genesis_holder)
    stake(deployed, small_staker, 40_000 * TES, genesis_holder)
    credit(deployed, big_worker, 200)
    credit(deployed, small_worker, 100)
    pass_time(1)
    return deployed


@pytest.fixture
def number(dao: Dao) -> Proposal:
    """A change that needs a majority of the stakers alone."""
    return one_call(dao.governor, "setVotingDelay(uint48)", 3 * DAY)


@pytest.fixture
def protected(dao: Dao) -> Proposal:
    """A change that needs the workers: the fee goes from 2 % to 2.5 %."""
    return one_call(dao.system.parameters, "set_parameter(uint256,uint256)", 0, 250)


@pytest.fixture
def critical(dao: Dao) -> Proposal:
    """A change that needs everything."""
    return one_call(dao.governor, "setProposalGuardian(address)", account_of("next_guardian"))


@pytest.fixture(autouse=True)
def _same_clock() -> None:
    """Start every test at the same second, so that seconds can be compared."""
    boa.env.timestamp = max(boa.env.timestamp, 1_900_000_000)
