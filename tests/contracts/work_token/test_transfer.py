"""ERC-20: transfer, approve, transferFrom."""

import pytest

from tests.contracts.conftest import SUPPLY
from tests.contracts.events import last_events
from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20
ENDLESS = 2**256 - 1


@pytest.fixture
def balances(work_token, genesis_holder, honest_worker, lazy_worker):
    """What a refused transfer could have changed."""
    return lambda: (
        work_token.balanceOf(genesis_holder),
        work_token.balanceOf(honest_worker),
        work_token.allowance(genesis_holder, lazy_worker),
    )


def test_transfer__own_tokens__move(work_token, genesis_holder, honest_worker):
    assert work_token.transfer(honest_worker, 7, sender=genesis_holder) is True

    fields = {"sender": genesis_holder, "receiver": honest_worker, "value": 7}
    assert last_events(work_token) == [("Transfer", fields)]
    assert work_token.balanceOf(honest_worker) == 7
    assert work_token.balanceOf(genesis_holder) == SUPPLY - 7


def test_transfer__one_wei_too_much__is_refused(
    work_token, genesis_holder, honest_worker, balances
):
    with refused("erc20: transfer amount exceeds balance", balances):
        work_token.transfer(honest_worker, SUPPLY + 1, sender=genesis_holder)


def test_transfer__to_the_zero_address__is_refused(work_token, genesis_holder, balances):
    with refused("erc20: transfer to the zero address", balances):
        work_token.transfer(ZERO, 1, sender=genesis_holder)


def test_approve__allowance__is_set_and_logged(work_token, genesis_holder, lazy_worker):
    assert work_token.approve(lazy_worker, 9, sender=genesis_holder) is True

    fields = {"owner": genesis_holder, "spender": lazy_worker, "value": 9}
    assert last_events(work_token) == [("Approval", fields)]
    assert work_token.allowance(genesis_holder, lazy_worker) == 9


def test_transferFrom__within_the_allowance__uses_it_up(
    work_token, genesis_holder, honest_worker, lazy_worker
):
    work_token.approve(lazy_worker, 9, sender=genesis_holder)

    work_token.transferFrom(genesis_holder, honest_worker, 7, sender=lazy_worker)

    assert work_token.balanceOf(honest_worker) == 7
    assert work_token.allowance(genesis_holder, lazy_worker) == 2


def test_transferFrom__endless_allowance__stays(
    work_token, genesis_holder, honest_worker, lazy_worker
):
    work_token.approve(lazy_worker, ENDLESS, sender=genesis_holder)

    work_token.transferFrom(genesis_holder, honest_worker, 7, sender=lazy_worker)

    assert work_token.allowance(genesis_holder, lazy_worker) == ENDLESS


def test_transferFrom__past_the_allowance__is_refused(
    work_token, genesis_holder, honest_worker, lazy_worker, balances
):
    work_token.approve(lazy_worker, 6, sender=genesis_holder)

    with refused("erc20: insufficient allowance", balances):
        work_token.transferFrom(genesis_holder, honest_worker, 7, sender=lazy_worker)
