"""open_grant, cancel_grant, claim_grant: promised money vests by the second and is paid once."""

import boa
import pytest

from tests.contracts.deploying import deploy, predict_addresses
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.treasury.conftest import DAY, LIMIT, WEALTH, Grant, wait

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20
TEN_YEARS = 3_650 * DAY


def open_call(vault, token, grant, timelock):
    return vault.open_grant(token, *grant.as_tuple(), sender=timelock)


def test_open_grant__by_proposal__is_reserved(vault, token, timelock, holder):
    now = boa.env.timestamp

    assert open_call(vault, token, Grant(holder), timelock) == 1

    terms = (36_500, now, 90 * DAY, 365 * DAY)
    names = ("amount", "starts_at", "cliff_seconds", "duration_seconds")
    fields = {"grant_id": 1, "holder": holder, "token": token.address}
    assert last_events(vault) == [("GrantOpened", fields | dict(zip(names, terms, strict=True)))]
    amount, starts_at, cliff, duration = terms
    assert vault.grant_of(1) == (token.address, holder, amount, 0, starts_at, cliff, duration, 0)
    assert (vault.grant_count(), vault.reserved_of(token)) == (1, 36_500)
    assert vault.free_balance(token) == WEALTH - 36_500
    assert vault.spent_of(token) == 36_500
    assert token.balanceOf(vault) == WEALTH


def test_open_grant__past_the_limit__is_refused(vault, token, timelock, holder, books):
    with refused("treasury: exceeds the limit", books):
        open_call(vault, token, Grant(holder, amount=LIMIT + 1), timelock)

    open_call(vault, token, Grant(holder, amount=LIMIT), timelock)
    with refused("treasury: exceeds the limit", books):
        vault.spend(token, holder, 1, sender=timelock)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"holder": ZERO}, "grant: holder is zero"),
        ({"amount": 0}, "treasury: amount is zero"),
        ({"duration_seconds": 0, "cliff_seconds": 0}, "grant: duration is zero"),
        ({"duration_seconds": TEN_YEARS + 1}, "grant: duration too long"),
        ({"duration_seconds": 10, "cliff_seconds": 11}, "grant: cliff too long"),
        ({"starts_at": 2**256 - 1}, "grant: starts too late"),
    ],
)
def test_open_grant__bad_terms__are_refused(vault, token, timelock, holder, books, changes, reason):
    grant = Grant(**({"holder": holder} | changes))

    with refused(reason, books):
        open_call(vault, token, grant, timelock)


def test_grant_functions__by_anybody_else__are_refused(
    vault, token, holder, stranger, running_grant, books
):
    for intruder in (holder, stranger, boa.env.eoa, vault.address):
        with refused("treasury: not the timelock", books):
            open_call(vault, token, Grant(holder), intruder)
        with refused("treasury: not the timelock", books):
            vault.cancel_grant(running_grant, sender=intruder)


def test_claim_grant__before_the_cliff__is_refused(vault, running_grant, books):
    wait(90 * DAY - 1)

    assert vault.claimable_grant(running_grant) == 0
    with refused("grant: nothing vested", books):
        vault.claim_grant(running_grant)


def test_claim_grant__at_the_cliff__pays_the_holder(vault, token, holder, stranger, running_grant):
    wait(90 * DAY)
    assert vault.claimable_grant(running_grant) == 9_000

    vault.claim_grant(running_grant, sender=stranger)

    fields = {"grant_id": running_grant, "holder": holder, "amount": 9_000}
    assert last_events(vault) == [("GrantPaid", fields)]
    assert token.balanceOf(holder) == 9_000
    assert vault.reserved_of(token) == 27_500
    assert vault.free_balance(token) == WEALTH - 36_500


def test_claim_grant__twice__is_refused(vault, running_grant, books):
    wait(100 * DAY)
    vault.claim_grant(running_grant)

    with refused("grant: nothing vested", books):
        vault.claim_grant(running_grant)


def test_claim_grant__everything_vested__pays_to_the_last_wei(
    vault, token, timelock, holder, books
):
    grant_id = open_call(vault, token, Grant(holder, 101, 0, 0, 1_000), timelock)
    for seconds in (1, 333, 333, 332, 1, 10):
        wait(seconds)
        if vault.claimable_grant(grant_id):
            vault.claim_grant(grant_id)

    assert token.balanceOf(holder) == 101
    assert vault.reserved_of(token) == 0
    with refused("grant: nothing vested", books):
        vault.claim_grant(grant_id)


def test_claim_grant__unknown_id__is_refused(vault, timelock, running_grant, books):
    for grant_id in (0, running_grant + 1, 2**256 - 1):
        assert vault.claimable_grant(grant_id) == 0
        with refused("grant: unknown grant", books):
            vault.claim_grant(grant_id)
        with refused("grant: unknown grant", books):
            vault.cancel_grant(grant_id, sender=timelock)


def test_cancel_grant__while_it_runs__keeps_what_vested(
    vault, token, timelock, holder, running_grant, books
):
    wait(100 * DAY)
    vault.cancel_grant(running_grant, sender=timelock)

    fields = {"grant_id": running_grant, "holder": holder, "returned": 26_500}
    assert last_events(vault) == [("GrantCancelled", fields)]
    assert vault.reserved_of(token) == 10_000
    wait(365 * DAY)
    vault.claim_grant(running_grant)
    assert token.balanceOf(holder) == 10_000
    assert vault.free_balance(token) == token.balanceOf(vault) == WEALTH - 10_000
    with refused("grant: already cancelled", books):
        vault.cancel_grant(running_grant, sender=timelock)


def test_cancel_grant__before_the_cliff__returns_everything(
    vault, token, timelock, running_grant, books
):
    wait(90 * DAY - 1)
    vault.cancel_grant(running_grant, sender=timelock)

    assert vault.reserved_of(token) == 0
    wait(365 * DAY)
    with refused("grant: nothing vested", books):
        vault.claim_grant(running_grant)


def test_cancel_grant__all_vested__is_refused(vault, timelock, running_grant, books):
    wait(365 * DAY)

    with refused("grant: already vested", books):
        vault.cancel_grant(running_grant, sender=timelock)


def test_init__genesis_grants__may_promise_all_that_is_there(timelock, holder, stranger):
    _, treasury = predict_addresses(2)
    token = deploy("WorkToken", [(treasury, 100)], ZERO)

    terms = [(token.address, *Grant(holder, 60).as_tuple()), (token.address, stranger, 40, 0, 0, 1)]
    vault = deploy("Treasury", timelock, stranger, terms)

    assert vault.address == treasury
    assert (vault.reserved_of(token), vault.free_balance(token), vault.grant_count()) == (100, 0, 2)
    assert (vault.timelock(), vault.staking()) == (timelock, stranger)


def test_init__grants_that_are_not_covered__are_refused(timelock, holder, stranger):
    _, treasury = predict_addresses(2)
    token = deploy("WorkToken", [(treasury, 100)], ZERO)
    terms = [(token.address, *Grant(holder, 60).as_tuple())] * 2

    with refused("treasury: grants not covered", lambda: None):
        deploy("Treasury", timelock, stranger, terms)


def test_init__grant_of_nothing__is_refused(work_token, timelock, holder, stranger):
    with refused("grant: amount is zero", lambda: None):
        deploy("Treasury", timelock, stranger, [(work_token.address, holder, 0, 0, 0, 1)])


def test_init__zero_addresses__are_refused(timelock, stranger):
    with refused("treasury: timelock is zero", lambda: None):
        deploy("Treasury", ZERO, stranger, [])
    with refused("treasury: staking is zero", lambda: None):
        deploy("Treasury", timelock, ZERO, [])
