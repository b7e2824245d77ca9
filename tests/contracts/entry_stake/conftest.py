"""EntryStake between the real escrow, whose oracle is an ordinary account, and the real Staking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from dao_client.documents import PayoutRow
from dao_client.encoding import payout_leaf, payouts_tree
from dao_client.merkle import StandardMerkleTree
from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy, predict_addresses
from tests.contracts.staking.conftest import deploy_parameters
from tests.contracts.task_escrow.tasks import BUDGET, Terms, pass_reveal_deadline

WEALTH = 10**9
PAY = 300
SEAT = 1_000
PROXIES = pytest.mark.filterwarnings("ignore:casted bytecode does not match")
"""titanoboa wonders that a proxy's own code is not that of EntryStake."""


@dataclass(frozen=True)
class Contracts:
    """What pay goes through."""

    escrow: VyperContract
    staking: VyperContract
    entry: VyperContract

    def settle(self, token: VyperContract, rows: Sequence[PayoutRow], total: int = 0) -> "Verdict":
        """Post a task and end it by a verdict of these rows."""
        task_id = int(self.escrow.task_count()) + 1
        leaves = [payout_leaf(task_id, row, self.entry.address) for row in rows]
        return self.settle_tree(token, rows, payouts_tree(leaves), total)

    def settle_tree(
        self,
        token: VyperContract,
        rows: Sequence[PayoutRow],
        tree: StandardMerkleTree,
        total: int = 0,
    ) -> "Verdict":
        """End a task by any tree, also one that no honest operator would sign."""
        terms = Terms(token.address, account_of("gateway")).as_tuple()
        task_id = self.escrow.create_task(terms, sender=account_of("requester"))
        pass_reveal_deadline()
        total = total or sum(row.amount for row in rows)
        self.escrow.settle(task_id, tree.root, total, 0, sender=account_of("oracle"))
        return Verdict(task_id, tuple(rows), tree)


@dataclass(frozen=True)
class Verdict:
    """A settled task."""

    task_id: int
    rows: tuple[PayoutRow, ...]
    tree: StandardMerkleTree

    def credit_of(self, index: int) -> tuple[object, ...]:
        """Return the arguments of `EntryStake.credit` for one row."""
        row = self.rows[index]
        proof = list(self.tree.proof(index))
        return (self.task_id, row.index, row.worker, row.entry_seat, row.amount, proof)

    def claim_of(self, index: int) -> tuple[object, ...]:
        """Return the arguments of `TaskEscrow.claim` for one row."""
        return (*self.tree.rows[index], list(self.tree.proof(index)))


def deploy_contracts() -> Contracts:
    """Deploy the three, which name each other."""
    token, entry = account_of("unused token"), predict_addresses(4)[3]
    roles = (account_of("controller"), account_of("treasury"))
    escrow = deploy("TaskEscrow", account_of("oracle"), account_of("fee_recipient"))
    staking = deploy("Staking", token, *roles, deploy_parameters(), entry)
    found = Contracts(escrow, staking, deploy("EntryStake", escrow, staking))
    assert found.entry.address == entry
    return found


@pytest.fixture
def contracts() -> Contracts:
    return deploy_contracts()


@pytest.fixture(params=["payment_token", "no_return_token"])
def token(
    request: pytest.FixtureRequest, contracts: Contracts, genesis_holder: str, requester: str
) -> VyperContract:
    """Each kind of payment token; the requester holds it and approved all of it."""
    contract: VyperContract = request.getfixturevalue(request.param)
    contract.transfer(requester, WEALTH, sender=genesis_holder)
    contract.approve(contracts.escrow, 2**256 - 1, sender=requester)
    return contract


@pytest.fixture
def verdict(
    contracts: Contracts, token: VyperContract, honest_worker: str, lazy_worker: str
) -> Verdict:
    """A newcomer in row 0, a worker who has a seat in row 1, another newcomer in row 2."""
    rows = (
        PayoutRow(0, honest_worker, PAY, SEAT),
        PayoutRow(1, lazy_worker, 50),
        PayoutRow(2, lazy_worker, 70, SEAT),
    )
    assert sum(row.amount for row in rows) < BUDGET
    return contracts.settle(token, rows)


@pytest.fixture
def books(
    contracts: Contracts, token: VyperContract, honest_worker: str, lazy_worker: str
) -> Callable[[], object]:
    """Everything that a refused call could have changed."""
    workers = (honest_worker, lazy_worker)
    purses = [contracts.entry.purse_of(worker, SEAT) for worker in workers]
    places = (contracts.entry.address, contracts.staking.address, *workers, *purses)

    def read() -> object:
        return (
            [token.balanceOf(place) for place in places],
            [contracts.staking.stake_of(token, worker) for worker in workers],
            [contracts.staking.entry_seat_of(token, worker) for worker in workers],
            [contracts.entry.is_credited(1, index) for index in range(4)],
            [contracts.escrow.is_claimed(1, index) for index in range(4)],
            token.allowance(contracts.entry, contracts.staking),
        )

    return read


@pytest.fixture
def purse(contracts: Contracts, honest_worker: str) -> str:
    return str(contracts.entry.purse_of(honest_worker, SEAT))


@pytest.fixture
def waiting(contracts: Contracts, token: VyperContract, honest_worker: str) -> Verdict:
    """A newcomer's payout that a stranger has claimed, so that it waits in the purse."""
    verdict = contracts.settle(token, (PayoutRow(0, honest_worker, PAY, SEAT),))
    contracts.escrow.claim(*verdict.claim_of(0))
    return verdict
