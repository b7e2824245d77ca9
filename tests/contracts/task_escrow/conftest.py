"""TaskEscrow with an ordinary account as its oracle, so that endings can be sent directly."""

from collections.abc import Callable

import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from dao_client.merkle import StandardMerkleTree
from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.task_escrow.tasks import (
    FEE_BPS,
    Terms,
    pass_reveal_deadline,
    payouts,
    submissions,
)

WEALTH = 10**9

Books = Callable[[], object]


@pytest.fixture(scope="session")
def oracle() -> str:
    return account_of("oracle")


@pytest.fixture
def escrow(oracle: str, fee_recipient: str) -> VyperContract:
    return deploy("TaskEscrow", oracle, fee_recipient)


@pytest.fixture(params=["payment_token", "no_return_token"])
def token(
    request: pytest.FixtureRequest, escrow: VyperContract, genesis_holder: str, requester: str
) -> VyperContract:
    """Each kind of payment token; the requester holds it and approved all of it."""
    contract: VyperContract = request.getfixturevalue(request.param)
    contract.transfer(requester, WEALTH, sender=genesis_holder)
    contract.approve(escrow, 2**256 - 1, sender=requester)
    return contract


@pytest.fixture
def terms(token: VyperContract, gateway: str) -> Terms:
    return Terms(token.address, gateway)


@pytest.fixture
def task(escrow: VyperContract, terms: Terms, requester: str) -> int:
    """The id of an open task."""
    return int(escrow.create_task(terms.as_tuple(), sender=requester))


@pytest.fixture
def tree(task: int, honest_worker: str, lazy_worker: str) -> StandardMerkleTree:
    """Payouts of 60,000 and 20,000 wei; the fee on them is 2,000."""
    return payouts(task, [(honest_worker, 60_000), (lazy_worker, 20_000)])


@pytest.fixture
def settled_task(escrow: VyperContract, task: int, tree: StandardMerkleTree, oracle: str) -> int:
    """The task after a verdict that pays `tree`."""
    pass_reveal_deadline()
    escrow.settle(task, tree.root, 80_000, FEE_BPS, sender=oracle)
    return task


@pytest.fixture
def batch(task: int, honest_worker: str, lazy_worker: str) -> StandardMerkleTree:
    """Submissions of 7 and 3 answers."""
    return submissions(task, [(honest_worker, 7), (lazy_worker, 3)])


@pytest.fixture
def expired_task(
    escrow: VyperContract, task: int, batch: StandardMerkleTree, gateway: str, oracle: str
) -> int:
    """The task after `batch` was anchored and no verdict came."""
    escrow.anchor_submissions(task, batch.root, 10, b"\1" * 32, sender=gateway)
    pass_reveal_deadline()
    escrow.expire(task, sender=oracle)
    return task


@pytest.fixture
def books(
    escrow: VyperContract,
    token: VyperContract,
    requester: str,
    honest_worker: str,
    lazy_worker: str,
    fee_recipient: str,
) -> Books:
    """Everything that a refused call could have changed."""

    def read() -> object:
        accounts = (escrow.address, requester, honest_worker, lazy_worker, fee_recipient)
        count = escrow.task_count()
        return (
            count,
            [escrow.task_of(task_id) for task_id in range(count + 2)],
            [escrow.is_claimed(1, index) for index in range(3)],
            [escrow.is_flat_claimed(1, 0, index) for index in range(3)],
            escrow.fees_of(token),
            [token.balanceOf(account) for account in accounts],
        )

    return read
