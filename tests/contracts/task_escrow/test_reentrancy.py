"""A token that calls back while it moves gets nothing twice."""

import boa
import pytest
from eth_abi import encode
from eth_utils import function_signature_to_4byte_selector as selector

from tests.contracts.deploying import deploy
from tests.contracts.task_escrow.tasks import (
    BUDGET,
    EVIDENCE,
    FEE_BPS,
    Terms,
    claim_of,
    flat_claim_of,
    pass_reveal_deadline,
    payouts,
    submissions,
)

pytestmark = pytest.mark.chain


@pytest.fixture
def hostile_token(escrow, requester):
    contract = deploy("mocks/ReentrantToken", requester, 10**9)
    contract.approve(escrow, 2**256 - 1, sender=requester)
    return contract


@pytest.fixture
def hostile_task(escrow, hostile_token, gateway, requester):
    """The first of two open tasks in the hostile token: there is money to steal."""
    terms = Terms(hostile_token.address, gateway).as_tuple()
    task_id = escrow.create_task(terms, sender=requester)
    escrow.create_task(terms, sender=requester)
    return task_id


def call(signature, *arguments):
    """Encode a call."""
    types = signature[signature.index("(") + 1 : -1].split(",")
    return selector(signature) + encode(types, arguments)


def claim_call(tree, index):
    """Encode the claim of one payout."""
    return call("claim(uint256,uint256,address,uint256,bytes32[])", *claim_of(tree, index))


def test_claim__token_claims_again__pays_once(
    escrow, hostile_token, hostile_task, oracle, honest_worker
):
    tree = payouts(hostile_task, [(honest_worker, 30_000), (honest_worker, 1)])
    pass_reveal_deadline()
    escrow.settle(hostile_task, tree.root, 60_000, FEE_BPS, sender=oracle)
    hostile_token.arm(escrow, claim_call(tree, 0))

    escrow.claim(*claim_of(tree, 0))

    assert hostile_token.was_attempted()
    assert hostile_token.was_refused()
    assert hostile_token.balanceOf(honest_worker) == 30_000
    assert escrow.task_of(hostile_task).claimable == 30_000


def test_claim_flat__token_claims_again__pays_once(
    escrow, hostile_token, hostile_task, gateway, oracle, honest_worker
):
    batch = submissions(hostile_task, [(honest_worker, 3)])
    escrow.anchor_submissions(hostile_task, batch.root, 6, EVIDENCE, sender=gateway)
    pass_reveal_deadline()
    escrow.expire(hostile_task, sender=oracle)
    arguments = flat_claim_of(batch, 0, [(batch.root, 6)])
    data = escrow.claim_flat.prepare_calldata(*arguments)
    hostile_token.arm(escrow, data)

    escrow.claim_flat(*arguments)

    assert hostile_token.was_refused()
    assert hostile_token.balanceOf(honest_worker) == 3_000


def test_refund__token_refunds_again__pays_once(
    escrow, hostile_token, hostile_task, oracle, requester
):
    pass_reveal_deadline()
    escrow.expire(hostile_task, sender=oracle)
    hostile_token.arm(escrow, call("refund(uint256)", hostile_task))

    escrow.refund(hostile_task)

    assert hostile_token.was_refused()
    assert hostile_token.balanceOf(escrow) == BUDGET


def test_cancel_task__token_cancels_again__pays_once(
    escrow, hostile_token, hostile_task, requester
):
    hostile_token.arm(escrow, call("cancel_task(uint256)", hostile_task))

    escrow.cancel_task(hostile_task, sender=requester)

    assert hostile_token.was_refused()
    assert hostile_token.balanceOf(escrow) == BUDGET


def test_collect_fees__token_collects_again__pays_once(
    escrow, hostile_token, hostile_task, oracle, fee_recipient
):
    pass_reveal_deadline()
    escrow.settle(hostile_task, EVIDENCE, 80_000, FEE_BPS, sender=oracle)
    hostile_token.arm(escrow, call("collect_fees(address)", hostile_token.address))

    escrow.collect_fees(hostile_token)

    assert hostile_token.was_refused()
    assert hostile_token.balanceOf(fee_recipient) == 2_000


def test_create_task__token_claims_meanwhile__is_refused(
    escrow, hostile_token, hostile_task, gateway, oracle, requester, honest_worker
):
    tree = payouts(hostile_task, [(honest_worker, 30_000), (honest_worker, 1)])
    pass_reveal_deadline()
    escrow.settle(hostile_task, tree.root, 60_000, FEE_BPS, sender=oracle)
    hostile_token.arm(escrow, claim_call(tree, 0))

    with boa.reverts("transfer: not exact"):
        escrow.create_task(Terms(hostile_token.address, gateway).as_tuple(), sender=requester)

    assert escrow.task_count() == 2
    assert hostile_token.balanceOf(honest_worker) == 0


def test_top_up__token_tops_up_again__counts_what_arrived(
    escrow, hostile_token, hostile_task, requester
):
    hostile_token.arm(escrow, call("top_up(uint256,uint256)", hostile_task, 5))

    escrow.top_up(hostile_task, 5, sender=requester)

    assert hostile_token.was_refused()
    assert escrow.task_of(hostile_task).claimable == BUDGET + 5
