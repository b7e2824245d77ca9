"""Packed words against a Python twin: what goes in comes out, and no field touches another."""

import boa
import pytest
from eth_abi import encode
from eth_utils import keccak, to_checksum_address
from hypothesis import HealthCheck, given, settings, strategies as st

from dao_client.merkle import StandardMerkleTree
from tests.contracts.deploying import deploy
from tests.contracts.task_escrow.tasks import (
    DAY,
    FEE_BPS,
    HOUR,
    MAX_WEI,
    PAYOUT_TYPES,
    Terms,
)

pytestmark = pytest.mark.chain

ORACLE = "0x" + "0c" * 20
HOLDER = "0x" + "0d" * 20
SETTINGS = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
ADDRESSES = st.binary(min_size=20, max_size=20).map(to_checksum_address)
ACCOUNTS = ADDRESSES.filter(lambda account: int(account, 16) != 0)


@pytest.fixture
def contracts():
    """An escrow and a token; each example runs in a snapshot."""
    token = deploy("mocks/PaymentToken", "Dollar", "USD", 18, HOLDER, 2**200)
    return deploy("TaskEscrow", ORACLE, HOLDER), token


def create(contracts, requester, terms):
    """Create a task for a requester who has just enough."""
    escrow, token = contracts
    token.transfer(requester, terms.budget, sender=HOLDER)
    token.approve(escrow, terms.budget, sender=requester)
    return escrow.create_task(terms.as_tuple(), sender=requester)


@given(
    requester=ACCOUNTS,
    gateway=ACCOUNTS,
    price=st.integers(1, MAX_WEI),
    extra=st.integers(0, MAX_WEI),
    open_seconds=st.integers(1, 365 * DAY),
    reveal_seconds=st.integers(HOUR, 3 * DAY),
    verdict_seconds=st.integers(HOUR, 30 * DAY),
)
@settings(SETTINGS, max_examples=60)
def test_create_task__any_terms__come_out_as_they_went_in(
    contracts, requester, gateway, price, extra, open_seconds, reveal_seconds, verdict_seconds
):
    escrow, token = contracts
    with boa.env.anchor():
        deadline = boa.env.timestamp + open_seconds
        budget = min(price + extra, MAX_WEI)
        terms = Terms(
            token.address,
            gateway,
            price,
            budget,
            submit_deadline=deadline,
            reveal_seconds=reveal_seconds,
            verdict_seconds=verdict_seconds,
        )

        task = escrow.task_of(create(contracts, requester, terms))

    assert (task.requester, task.token, task.gateway) == (requester, token.address, gateway)
    assert (task.price, task.claimable, task.refundable) == (price, budget, 0)
    assert task.submit_deadline == deadline
    assert task.reveal_deadline == deadline + reveal_seconds
    assert task.verdict_deadline == deadline + reveal_seconds + verdict_seconds


@given(root=st.binary(min_size=32, max_size=32), budget=st.integers(1, MAX_WEI), data=st.data())
@settings(SETTINGS, max_examples=60)
def test_settle__any_root_and_total__come_out_as_they_went_in(contracts, root, budget, data):
    escrow, token = contracts
    with boa.env.anchor():
        task_id = create(contracts, HOLDER, Terms(token.address, HOLDER, price=1, budget=budget))
        boa.env.time_travel(seconds=DAY + HOUR)
        total = data.draw(st.integers(0, escrow.settlement_terms(task_id, FEE_BPS)[2]))

        escrow.settle(task_id, b"\1" + root[1:], total, FEE_BPS, sender=ORACLE)

        task = escrow.task_of(task_id)
        fees = escrow.fees_of(token)
    assert task.payouts_root == b"\1" + root[1:]
    assert (task.claimable, task.price) == (total, 0)
    assert fees == total * FEE_BPS // 10_000
    assert task.refundable == budget - total - fees


@given(answers=st.lists(st.integers(1, 2**33), min_size=1, max_size=10))
@settings(SETTINGS, max_examples=30)
def test_anchor_submissions__any_list__chains_as_in_python(contracts, answers):
    escrow, token = contracts
    head = b"\0" * 32
    with boa.env.anchor():
        task_id = create(contracts, HOLDER, Terms(token.address, HOLDER))
        for number, count in enumerate(answers):
            root = keccak(bytes([number]))
            escrow.anchor_submissions(task_id, root, count, root, sender=HOLDER)
            chained = keccak(encode(["bytes32", "bytes32", "uint256"], [head, root, count]))
            head = chained[:26] + b"\0" * 6

        task = escrow.task_of(task_id)
    assert (task.anchors, task.anchored_answers) == (len(answers), sum(answers))
    assert task.anchor_head == head


@given(
    worker=ACCOUNTS.filter(lambda account: account != to_checksum_address(HOLDER)),
    pays=st.lists(
        st.tuples(st.integers(0, 2**128 - 1), st.integers(0, 10**6)),
        min_size=1,
        max_size=40,
        unique_by=lambda pay: pay[0],
    ),
)
@settings(SETTINGS, max_examples=30)
def test_claim__any_indices__are_paid_once_each(contracts, worker, pays):
    escrow, token = contracts
    total = sum(amount for _, amount in pays)
    with boa.env.anchor():
        task_id = create(
            contracts, HOLDER, Terms(token.address, HOLDER, price=1, budget=2 * total + 1)
        )
        rows = [(task_id, index, worker, amount) for index, amount in pays]
        tree = StandardMerkleTree.of(PAYOUT_TYPES, rows)
        boa.env.time_travel(seconds=DAY + HOUR)
        escrow.settle(task_id, tree.root, total, FEE_BPS, sender=ORACLE)
        held = token.balanceOf(worker)

        for position, row in enumerate(rows):
            assert not escrow.is_claimed(task_id, row[1])
            escrow.claim(*row, list(tree.proof(position)))

        assert all(escrow.is_claimed(task_id, index) for index, _ in pays)
        assert token.balanceOf(worker) - held == total
        assert escrow.task_of(task_id).claimable == 0
