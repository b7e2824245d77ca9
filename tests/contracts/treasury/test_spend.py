"""spend: a twentieth within any 30 days; spend_over_limit: what is free. Only the Timelock."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.treasury.conftest import LIMIT, WEALTH, WINDOW, Grant, wait

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20


def test_spend__up_to_the_limit__sends(vault, token, timelock, stranger):
    vault.spend(token, stranger, LIMIT, sender=timelock)

    fields = {"token": token.address, "to": stranger, "amount": LIMIT}
    assert last_events(vault) == [("TokensSpent", fields)]
    assert token.balanceOf(stranger) == vault.spent_of(token) == LIMIT
    assert vault.free_balance(token) == WEALTH - LIMIT
    assert vault.spendable_of(token) == 0


def test_spend__one_wei_more_than_the_limit__is_refused(vault, token, timelock, stranger, books):
    with refused("treasury: exceeds the limit", books):
        vault.spend(token, stranger, LIMIT + 1, sender=timelock)


def test_spend__in_many_parts__comes_to_no_more(vault, token, timelock, stranger, books):
    for _ in range(5):
        vault.spend(token, stranger, LIMIT // 5, sender=timelock)

    with refused("treasury: exceeds the limit", books):
        vault.spend(token, stranger, 1, sender=timelock)


def test_spend__window_over__is_a_twentieth_of_the_rest(vault, token, timelock, stranger, books):
    vault.spend(token, stranger, LIMIT, sender=timelock)
    wait(WINDOW - 1)
    with refused("treasury: exceeds the limit", books):
        vault.spend(token, stranger, 1, sender=timelock)

    wait(1)

    assert vault.spent_of(token) == 0
    assert vault.spendable_of(token) == (WEALTH - LIMIT) // 20
    vault.spend(token, stranger, (WEALTH - LIMIT) // 20, sender=timelock)


def test_spend__one_token__leaves_the_limit_of_others_alone(
    vault, token, payment_token, genesis_holder, timelock, stranger
):
    payment_token.transfer(vault, 100, sender=genesis_holder)
    vault.spend(token, stranger, LIMIT, sender=timelock)

    assert vault.spendable_of(payment_token) == 5


def test_spend__by_anybody_else__is_refused(vault, token, genesis_holder, stranger, books):
    for intruder in (genesis_holder, stranger, boa.env.eoa, vault.address):
        with refused("treasury: not the timelock", books):
            vault.spend(token, stranger, 1, sender=intruder)
        with refused("treasury: not the timelock", books):
            vault.spend_over_limit(token, stranger, 1, sender=intruder)


def test_spend__nothing__is_refused(vault, token, timelock, stranger, books):
    with refused("treasury: amount is zero", books):
        vault.spend(token, stranger, 0, sender=timelock)
    with refused("treasury: amount is zero", books):
        vault.spend_over_limit(token, stranger, 0, sender=timelock)


def test_spend__to_nobody__is_refused(vault, token, timelock, books):
    with refused("treasury: recipient is zero", books):
        vault.spend(token, ZERO, 1, sender=timelock)
    with refused("treasury: recipient is zero", books):
        vault.spend_over_limit(token, ZERO, 1, sender=timelock)


def test_spend_over_limit__everything_free__leaves_nothing_for_30_days(
    vault, token, timelock, stranger, genesis_holder, books
):
    vault.spend_over_limit(token, stranger, WEALTH, sender=timelock)
    token.transfer(vault, 1_000, sender=genesis_holder)

    assert token.balanceOf(stranger) == vault.spent_of(token) == WEALTH
    with refused("treasury: exceeds the limit", books):
        vault.spend(token, stranger, 1, sender=timelock)


def test_spend_over_limit__what_grants_have_promised__is_refused(
    vault, token, timelock, holder, stranger, running_grant, books
):
    amount = Grant(holder).amount
    with refused("treasury: exceeds free balance", books):
        vault.spend_over_limit(token, stranger, WEALTH - amount + 1, sender=timelock)

    vault.spend_over_limit(token, stranger, WEALTH - amount, sender=timelock)
    wait(Grant(holder).duration_seconds)
    vault.claim_grant(running_grant)

    assert token.balanceOf(holder) == amount
    assert token.balanceOf(vault) == 0


def test_spend_over_limit__more_than_can_be_counted__is_refused(vault, timelock, stranger):
    token = deploy("mocks/PaymentToken", "Worthless", "WTH", 18, vault.address, 2**176)

    with refused("history: number too large", lambda: token.balanceOf(vault)):
        vault.spend_over_limit(token, stranger, 2**176, sender=timelock)

    vault.spend_over_limit(token, stranger, 2**176 - 1, sender=timelock)


def test_spend__token_that_shrank_below_its_grants__has_nothing_free(
    vault, timelock, holder, stranger, genesis_holder
):
    token = deploy("mocks/RebasingToken", genesis_holder, WEALTH)
    token.transfer(vault, WEALTH, sender=genesis_holder)
    vault.open_grant(token, *Grant(holder).as_tuple(), sender=timelock)

    token.rebase(10**16)

    assert token.balanceOf(vault) < vault.reserved_of(token)
    assert vault.free_balance(token) == 0
    with refused("treasury: exceeds free balance", lambda: token.balanceOf(vault)):
        vault.spend_over_limit(token, stranger, 1, sender=timelock)


def test_spend__token_that_answers_false__is_refused(vault, timelock, stranger):
    token = boa.loads(
        """
balanceOf: public(HashMap[address, uint256])

@deploy
def __init__(holder: address):
    self.balanceOf[holder] = 1_000

@external
def transfer(to: address, amount: uint256) -> bool:
    return False
""",
        vault.address,
    )

    with refused("transfer: token refused", lambda: vault.spent_of(token)):
        vault.spend(token, stranger, 1, sender=timelock)
