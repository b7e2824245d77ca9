"""A DAO whose guardian is the contract of seven members."""

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy, predict_addresses
from tests.contracts.differential.playing import play
from tests.contracts.governor.world import (
    PROPOSE,
    Dao,
    Genesis,
    Proposal,
    deploy_dao,
    one_call,
    stake,
)
from tests.system import CONTRACTS, DAY, TES


@pytest.fixture(scope="session")
def members() -> list[str]:
    return [account_of(f"member {number}") for number in range(7)]


@pytest.fixture
def dao(genesis_holder: str) -> Dao:
    """The guardian comes right after the contracts of the DAO."""
    boa.env.timestamp = max(boa.env.timestamp, 1_900_000_000)
    guardian = predict_addresses(len(CONTRACTS) + 5)[-1]
    deployed = deploy_dao(Genesis(genesis_holder, guardian=guardian))
    stake(deployed, account_of("whale"), 100_000 * TES, genesis_holder)
    boa.env.time_travel(seconds=1)
    return deployed


@pytest.fixture
def guardian(dao: Dao, members: list[str]) -> VyperContract:
    deployed = deploy("Guardian", dao.governor, members)
    assert dao.governor.proposalGuardian() == deployed.address
    return deployed


@pytest.fixture
def proposed(dao: Dao, guardian: VyperContract) -> Proposal:
    """A proposal that the members dislike."""
    proposal = one_call(dao.governor, "setVotingDelay(uint48)", 3 * DAY)
    sender = account_of("whale")
    assert play(dao.governor, PROPOSE, *proposal.call, sender=sender).succeeded
    return proposal
