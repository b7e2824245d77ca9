"""refund: what is left goes back to the requester."""

import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.conftest import WEALTH
from tests.contracts.task_escrow.tasks import (
    BUDGET,
    FEE_BPS,
    PRICE,
    ROOT,
    claim_of,
    pass_reveal_deadline,
)

pytestmark = pytest.mark.chain


def test_refund__settled_task__goes_to_the_requester(escrow, settled_task, token, requester):
    escrow.refund(settled_task, sender=requester)

    assert token.balanceOf(requester) == WEALTH - BUDGET + 18_000
    assert escrow.task_of(settled_task).refundable == 0
    assert escrow.task_of(settled_task).claimable == 80_000


def test_refund__expired_task__goes_to_the_requester(escrow, expired_task, token, requester):
    escrow.refund(expired_task, sender=requester)

    assert token.balanceOf(requester) == WEALTH - 10 * PRICE


def test_refund__triggered_by_a_stranger__still_goes_to_the_requester(
    escrow, settled_task, token, requester, stranger
):
    escrow.refund(settled_task, sender=stranger)

    assert token.balanceOf(requester) == WEALTH - BUDGET + 18_000
    assert token.balanceOf(stranger) == 0


def test_refund__success__is_logged_once(escrow, settled_task, requester):
    escrow.refund(settled_task, sender=requester)

    fields = {"task_id": settled_task, "requester": requester, "amount": 18_000}
    assert last_events(escrow) == [("RefundPaid", fields)]


def test_refund__with_all_claims_and_fees__empties_the_escrow(
    escrow, settled_task, tree, token, fee_recipient
):
    escrow.claim(*claim_of(tree, 0))
    escrow.claim(*claim_of(tree, 1))
    escrow.refund(settled_task)
    escrow.collect_fees(token)

    assert token.balanceOf(escrow) == 0
    assert token.balanceOf(fee_recipient) == 2_000


def test_refund__twice__is_refused(escrow, settled_task, requester, books):
    escrow.refund(settled_task, sender=requester)

    with refused("escrow: nothing to refund", books):
        escrow.refund(settled_task, sender=requester)


def test_refund__open_task__is_refused(escrow, task, requester, books):
    with refused("escrow: task is not over", books):
        escrow.refund(task, sender=requester)


def test_refund__cancelled_task__is_refused(escrow, task, requester, books):
    escrow.cancel_task(task, sender=requester)

    with refused("escrow: nothing to refund", books):
        escrow.refund(task, sender=requester)


def test_refund__everything_paid_out__is_refused(escrow, task, oracle, requester, books):
    pass_reveal_deadline()
    escrow.settle(task, ROOT, escrow.settlement_terms(task, FEE_BPS)[2], FEE_BPS, sender=oracle)

    with refused("escrow: nothing to refund", books):
        escrow.refund(task, sender=requester)


def test_refund__unknown_task__is_refused(escrow, task, requester, books):
    with refused("escrow: unknown task", books):
        escrow.refund(task + 1, sender=requester)
