"""A fresh stage, two stakers and the tokens in which fees come."""

from collections.abc import Callable

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.conftest import account_of
from tests.contracts.rewards.settling import Work, settle_work
from tests.contracts.rewards.stage import RATE, WEEK, Stage, deploy_stage

Books = Callable[[], object]


@pytest.fixture(scope="session")
def staker() -> str:
    return account_of("staker")


@pytest.fixture(scope="session")
def late_staker() -> str:
    return account_of("late_staker")


@pytest.fixture
def stage(payment_token: VyperContract) -> Stage:
    """Rewards with a rate for the payment token alone."""
    return deploy_stage([(payment_token.address, RATE)])


@pytest.fixture
def rewards(stage: Stage) -> VyperContract:
    return stage.rewards


@pytest.fixture(params=["payment_token", "no_return_token"])
def fee_token(request: pytest.FixtureRequest) -> VyperContract:
    contract: VyperContract = request.getfixturevalue(request.param)
    return contract


@pytest.fixture
def fee_books(stage: Stage, fee_token: VyperContract, staker: str, late_staker: str) -> Books:
    """Everything that a refused distribution or claim could have changed."""

    def read() -> object:
        accounts = (staker, late_staker)
        return (
            [fee_token.balanceOf(account) for account in (*accounts, stage.rewards.address)],
            [stage.rewards.claimable_fees(fee_token, account) for account in accounts],
            stage.rewards.owed_fees(fee_token),
            stage.escrow.fees_of(fee_token),
        )

    return read


def wait(seconds: int) -> None:
    """Let so many seconds pass."""
    boa.env.timestamp += seconds


@pytest.fixture
def work(stage: Stage, payment_token: VyperContract, honest_worker: str, lazy_worker: str) -> Work:
    """A settled task that pays 60 and 20 dollars, which ask for 60 and 20 TES."""
    pays = [(honest_worker, 60_000_000), (lazy_worker, 20_000_000)]
    return settle_work(stage, payment_token, pays)


@pytest.fixture
def registered(rewards: VyperContract, work: Work) -> Work:
    """The settled task, registered in the present week."""
    rewards.register_task(work.verdict.as_tuple())
    return work


@pytest.fixture
def ripe(registered: Work) -> Work:
    """The registered task, a week later."""
    wait(WEEK)
    return registered


@pytest.fixture
def emission_books(
    stage: Stage, work: Work, honest_worker: str, lazy_worker: str, stranger: str
) -> Books:
    """Everything that a refused registration or claim of emission could have changed."""

    def read() -> object:
        rewards, accounts = stage.rewards, (honest_worker, lazy_worker, stranger)
        return (
            stage.tes.totalSupply(),
            [stage.tes.balanceOf(account) for account in accounts],
            [stage.house.getVotes(account) for account in accounts],
            [rewards.demand_of(epoch) for epoch in range(rewards.epoch() + 1)],
            rewards.emission_task(work.task_id),
            [rewards.is_emission_claimed(work.task_id, index) for index in range(3)],
            rewards.emission_minted(),
        )

    return read
