"""Staking with an ordinary account as controller, and stakers who hold and approved every token."""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.system import ParameterValues

UNBONDING_SECONDS = ParameterValues().unbonding_seconds
STAKE = 1_000
WEALTH = 1_000_000

Books = Callable[[], object]
VOTE_EVENTS = ("DelegateChanged", "DelegateVotesChanged")


def deploy_parameters() -> VyperContract:
    """Deploy the default parameters; nobody can change them."""
    nobody = account_of("nobody")
    return deploy("Parameters", nobody, nobody, list(astuple(ParameterValues())), [])


def stake_events(staking: VyperContract) -> list[tuple[str, dict[str, Any]]]:
    """Return the events of the last call, without those of the votes of TES."""
    return [event for event in last_events(staking) if event[0] not in VOTE_EVENTS]


@pytest.fixture(scope="session")
def controller() -> str:
    return account_of("controller")


@pytest.fixture(scope="session")
def entry_stake() -> str:
    return account_of("entry_stake")


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
def staking(
    work_token: VyperContract, controller: str, treasury: str, entry_stake: str
) -> VyperContract:
    return deploy("Staking", work_token, controller, treasury, deploy_parameters(), entry_stake)


@pytest.fixture(params=["work_token", "payment_token", "no_return_token"])
def token(
    request: pytest.FixtureRequest,
    staking: VyperContract,
    genesis_holder: str,
    staker: str,
    other_staker: str,
    entry_stake: str,
) -> VyperContract:
    """Each token that is accepted; stakers and entry stake hold it and approved all of it."""
    contract: VyperContract = request.getfixturevalue(request.param)
    for account in (staker, other_staker, entry_stake):
        contract.transfer(account, WEALTH, sender=genesis_holder)
        contract.approve(staking, 2**256 - 1, sender=account)
    return contract


@pytest.fixture
def staked(staking: VyperContract, token: VyperContract, staker: str) -> VyperContract:
    """The token, of which `staker` has staked `STAKE`."""
    staking.deposit(token, STAKE, sender=staker)
    return token


@pytest.fixture
def voting(
    staking: VyperContract,
    work_token: VyperContract,
    genesis_holder: str,
    staker: str,
    other_staker: str,
) -> VyperContract:
    """TES, of which `staker` staked `STAKE` a second ago."""
    for account in (staker, other_staker):
        work_token.transfer(account, WEALTH, sender=genesis_holder)
        work_token.approve(staking, 2**256 - 1, sender=account)
    staking.deposit(work_token, STAKE, sender=staker)
    boa.env.timestamp += 1
    return work_token


@pytest.fixture
def votes(staking: VyperContract, staker: str, other_staker: str) -> Books:
    """Everything about votes that a refused call could have changed."""

    def read() -> object:
        return [
            (
                staking.getVotes(account),
                staking.vote_terms_of(account),
                staking.nonces(account),
                staking.numCheckpoints(account),
            )
            for account in (staker, other_staker)
        ]

    return read


@pytest.fixture
def books(staking: VyperContract, token: VyperContract, staker: str, treasury: str) -> Books:
    """Everything that a refused call could have changed."""

    def read() -> object:
        accounts = (staker, treasury, staking.address)
        return (
            staking.totals_of(token),
            [staking.stake_of(token, account) for account in accounts],
            [staking.lock_of(token, account) for account in accounts],
            [staking.entry_seat_of(token, account) for account in accounts],
            [staking.unbonding_of(token, account) for account in accounts],
            [staking.credit_of(token, account) for account in accounts],
            [token.balanceOf(account) for account in accounts],
            [staking.getVotes(account) for account in accounts],
            [staking.vote_terms_of(account) for account in accounts],
            [staking.numCheckpoints(account) for account in accounts],
            staking.past_total_stake(boa.env.timestamp - 1),
        )

    return read
