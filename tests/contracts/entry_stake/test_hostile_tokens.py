"""Tokens that call back, shrink or tax: they harm nobody but those who work for them."""

import boa
import pytest

from dao_client.documents import PayoutRow
from tests.contracts.deploying import deploy
from tests.contracts.entry_stake.conftest import PAY, PROXIES, SEAT
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import BUDGET

pytestmark = [pytest.mark.chain, PROXIES]

TAXED_TOKEN = """
from ethereum.ercs import IERC20

balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
tax: public(uint256)
is_deaf: public(bool)

@deploy
def __init__(holder: address, amount: uint256):
    self.balanceOf[holder] = amount

@external
def set_tax(tax: uint256):
    self.tax = tax

@external
def refuse_approvals():
    self.is_deaf = True

@external
def approve(spender: address, amount: uint256) -> bool:
    if self.is_deaf:
        return False
    self.allowance[msg.sender][spender] = amount
    return True

@external
def transfer(to: address, amount: uint256) -> bool:
    self.balanceOf[msg.sender] -= amount
    self.balanceOf[to] += amount - self.tax
    return True

@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    self.allowance[owner][msg.sender] -= amount
    self.balanceOf[owner] -= amount
    self.balanceOf[to] += amount
    return True
"""


@pytest.fixture
def hostile(contracts, requester):
    """A token that calls back while it moves, and a task that pays in it."""
    token = deploy("mocks/ReentrantToken", requester, 10 * BUDGET)
    token.approve(contracts.escrow, 2**256 - 1, sender=requester)
    return token


@pytest.mark.parametrize("way", ["credit", "is_credited", "other credit", "claim", "unstake"])
def test_credit__entered_again_by_the_token__counts_once(
    contracts, hostile, honest_worker, lazy_worker, way
):
    rows = (PayoutRow(0, honest_worker, PAY, SEAT), PayoutRow(1, lazy_worker, 70, SEAT))
    verdict, entry, escrow = contracts.settle(hostile, rows), contracts.entry, contracts.escrow
    target, call = {
        "credit": (entry, entry.credit.prepare_calldata(*verdict.credit_of(0))),
        "other credit": (entry, entry.credit.prepare_calldata(*verdict.credit_of(1))),
        "is_credited": (entry, entry.is_credited.prepare_calldata(verdict.task_id, 0)),
        "claim": (escrow, escrow.claim.prepare_calldata(*verdict.claim_of(0))),
        "unstake": (contracts.staking, contracts.staking.unstake.prepare_calldata(hostile, PAY)),
    }[way]
    hostile.arm(target, call)

    entry.credit(*verdict.credit_of(0))

    assert hostile.was_attempted()
    assert hostile.was_refused()
    assert contracts.staking.totals_of(hostile) == (PAY, 0, 0)
    assert contracts.staking.stake_of(hostile, honest_worker) == PAY
    assert hostile.balanceOf(entry) == 0
    hostile.arm("0x" + "00" * 20, b"")
    entry.credit(*verdict.credit_of(1))
    assert contracts.staking.stake_of(hostile, lazy_worker) == 70


def test_credit__token_that_shrank_meanwhile__is_refused_and_harms_no_other(
    contracts, token, waiting, requester, lazy_worker, honest_worker
):
    rebasing = deploy("mocks/RebasingToken", requester, 10 * BUDGET)
    rebasing.approve(contracts.escrow, 2**256 - 1, sender=requester)
    verdict = contracts.settle(rebasing, (PayoutRow(0, lazy_worker, PAY, SEAT),))
    contracts.escrow.claim(*verdict.claim_of(0))
    rebasing.rebase(5 * 10**17)

    with refused("rebasing: too few shares", lambda: contracts.staking.totals_of(rebasing)):
        contracts.entry.credit(*verdict.credit_of(0))
    rebasing.rebase(16 * 10**17)
    with refused("transfer: not exact", lambda: contracts.staking.totals_of(rebasing)):
        contracts.entry.credit(*verdict.credit_of(0))
    contracts.entry.credit(*waiting.credit_of(0))

    assert contracts.staking.stake_of(token, honest_worker) == PAY


def test_credit__token_that_taxes_the_purse__is_not_made_up_from_what_strangers_sent(
    contracts, requester, lazy_worker
):
    taxed = boa.loads(TAXED_TOKEN, requester, 10 * BUDGET)
    taxed.approve(contracts.escrow, 2**256 - 1, sender=requester)
    verdict = contracts.settle(taxed, (PayoutRow(0, lazy_worker, PAY, SEAT),))
    contracts.escrow.claim(*verdict.claim_of(0))
    taxed.transfer(contracts.entry, 7, sender=requester)
    taxed.set_tax(1)

    with refused("transfer: not exact", lambda: taxed.balanceOf(contracts.entry)):
        contracts.entry.credit(*verdict.credit_of(0))
    taxed.set_tax(0)
    contracts.entry.credit(*verdict.credit_of(0))

    assert taxed.balanceOf(contracts.entry) == 7


def test_credit__token_that_answers_false_to_approve__is_refused(contracts, requester, lazy_worker):
    deaf = boa.loads(TAXED_TOKEN, requester, 10 * BUDGET)
    deaf.approve(contracts.escrow, 2**256 - 1, sender=requester)
    verdict = contracts.settle(deaf, (PayoutRow(0, lazy_worker, PAY, SEAT),))
    deaf.refuse_approvals()

    def facts():
        purse = contracts.entry.purse_of(lazy_worker, SEAT)
        return (
            [deaf.balanceOf(each) for each in (contracts.entry, contracts.escrow, purse)],
            contracts.entry.is_credited(verdict.task_id, 0),
            contracts.staking.stake_of(deaf, lazy_worker),
        )

    with refused("transfer: token refused", facts):
        contracts.entry.credit(*verdict.credit_of(0))
