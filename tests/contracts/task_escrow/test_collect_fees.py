"""collect_fees: to the fee recipient and nobody else."""

import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain


def test_collect_fees__by_anyone__go_to_the_recipient(
    escrow, settled_task, token, fee_recipient, stranger
):
    escrow.collect_fees(token, sender=stranger)

    assert token.balanceOf(fee_recipient) == 2_000
    assert escrow.fees_of(token) == 0


def test_collect_fees__success__is_logged_once(escrow, settled_task, token, fee_recipient):
    escrow.collect_fees(token)

    fields = {"token": token.address, "recipient": fee_recipient, "amount": 2_000}
    assert last_events(escrow) == [("FeesPaid", fields)]


def test_collect_fees__twice__is_refused(escrow, settled_task, token, books):
    escrow.collect_fees(token)

    with refused("escrow: no fees", books):
        escrow.collect_fees(token)


def test_collect_fees__other_token__is_refused(escrow, settled_task, stranger, books):
    with refused("escrow: no fees", books):
        escrow.collect_fees(stranger)
