"""credit: each payout to a purse becomes the stake of its worker, once."""

import pytest

from dao_client.documents import PayoutRow
from dao_client.encoding import purse_address
from tests.contracts.deploying import deployer_of
from tests.contracts.entry_stake.conftest import PAY, PROXIES, SEAT
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import Terms

pytestmark = [pytest.mark.chain, PROXIES]

ZERO = "0x" + "00" * 20


def test_credit__newcomers_pay__becomes_stake_that_stays(
    contracts, verdict, token, honest_worker, stranger
):
    contracts.entry.credit(*verdict.credit_of(0), sender=stranger)

    assert contracts.staking.stake_of(token, honest_worker) == PAY
    assert contracts.staking.entry_seat_of(token, honest_worker) == (SEAT, PAY)
    assert contracts.entry.is_credited(verdict.task_id, 0)
    assert contracts.escrow.is_claimed(verdict.task_id, 0)
    assert token.balanceOf(contracts.staking) == PAY
    assert token.balanceOf(contracts.entry) == 0
    assert token.allowance(contracts.entry, contracts.staking) == 0


def test_credit__success__is_logged_once(contracts, verdict, token, honest_worker):
    contracts.entry.credit(*verdict.credit_of(0))

    fields = {
        "task_id": verdict.task_id,
        "worker": honest_worker,
        "token": token.address,
        "index": 0,
        "amount": PAY,
        "seat_size": SEAT,
    }
    assert last_events(contracts.entry) == [("EntryCredited", fields)]


def test_credit__claimed_by_a_stranger_before__becomes_stake_all_the_same(
    contracts, verdict, token, honest_worker, stranger
):
    contracts.escrow.claim(*verdict.claim_of(0), sender=stranger)
    purse = contracts.entry.purse_of(honest_worker, SEAT)
    assert token.balanceOf(purse) == PAY

    contracts.entry.credit(*verdict.credit_of(0), sender=stranger)

    assert contracts.staking.stake_of(token, honest_worker) == PAY
    assert token.balanceOf(purse) == 0


def test_credit__several_payouts_claimed_at_once__each_counts_once(contracts, token, honest_worker):
    rows = (PayoutRow(0, honest_worker, PAY, SEAT),)
    verdicts = [contracts.settle(token, rows) for _ in range(3)]
    purse = contracts.entry.purse_of(honest_worker, SEAT)
    claims = [(each.task_id, 0, PAY, list(each.tree.proof(0))) for each in verdicts]
    contracts.escrow.claim_many(purse, claims)

    for each in verdicts:
        contracts.entry.credit(*each.credit_of(0))

    assert contracts.staking.entry_seat_of(token, honest_worker) == (SEAT, 3 * PAY)
    assert token.balanceOf(purse) == 0


def test_credit__second_payout_of_a_worker__uses_the_same_purse(contracts, token, honest_worker):
    for _ in range(2):
        verdict = contracts.settle(token, (PayoutRow(0, honest_worker, PAY, SEAT),))
        contracts.entry.credit(*verdict.credit_of(0))

    assert contracts.staking.stake_of(token, honest_worker) == 2 * PAY


@pytest.mark.parametrize("is_claimed", [False, True])
def test_credit__twice__is_refused(contracts, verdict, books, is_claimed):
    if is_claimed:
        contracts.escrow.claim(*verdict.claim_of(0))
    contracts.entry.credit(*verdict.credit_of(0))

    with refused("entry: already credited", books):
        contracts.entry.credit(*verdict.credit_of(0))


@pytest.mark.parametrize("is_claimed", [False, True])
@pytest.mark.parametrize("column", [2, 3, 4, 5])
def test_credit__other_worker_seat_amount_or_proof__is_refused(
    contracts, verdict, lazy_worker, books, is_claimed, column
):
    if is_claimed:
        contracts.escrow.claim(*verdict.claim_of(0))
    forged = list(verdict.credit_of(0))
    forged[column] = {2: lazy_worker, 3: SEAT + 1, 4: PAY + 1, 5: []}[column]

    with refused("merkle: invalid proof", books):
        contracts.entry.credit(*forged)


@pytest.mark.parametrize("is_claimed", [False, True])
def test_credit__pay_that_goes_to_the_worker__is_refused(contracts, verdict, books, is_claimed):
    if is_claimed:
        contracts.escrow.claim(*verdict.claim_of(1))
    task_id, index, worker, _, amount, proof = verdict.credit_of(1)

    with refused("merkle: invalid proof", books):
        contracts.entry.credit(task_id, index, worker, SEAT, amount, proof)


def test_credit__task_that_has_not_ended__is_refused(
    contracts, verdict, token, requester, gateway, honest_worker, books
):
    terms = Terms(token.address, gateway).as_tuple()
    task_id = contracts.escrow.create_task(terms, sender=requester)

    with refused("escrow: not settled", books):
        contracts.entry.credit(task_id, 0, honest_worker, SEAT, PAY, [])


def test_release__everybody_else__is_refused(contracts, verdict, token, stranger, honest_worker):
    """The first credit makes the purse; a second payout waits in it."""
    contracts.entry.credit(*verdict.credit_of(0))
    more = contracts.settle(token, (PayoutRow(0, honest_worker, PAY, SEAT),))
    contracts.escrow.claim(*more.claim_of(0))
    purse = deployer_of("EntryStake").at(contracts.entry.purse_of(honest_worker, SEAT))

    for account in (stranger, honest_worker):
        for place in (purse, contracts.entry):
            with refused("entry: not the entry stake", lambda: token.balanceOf(purse)):
                place.release(token, 1, sender=account)

    assert token.balanceOf(purse) == PAY


def test_credit__sent_to_a_purse__reaches_nothing(contracts, verdict, token, honest_worker, books):
    """A purse runs the same code, but Staking knows it not."""
    contracts.entry.credit(*verdict.credit_of(0))
    more = contracts.settle(token, (PayoutRow(0, honest_worker, PAY, SEAT),))
    contracts.escrow.claim(*more.claim_of(0))
    purse = deployer_of("EntryStake").at(contracts.entry.purse_of(honest_worker, SEAT))

    with refused("entry: not the entry stake", books):
        purse.credit(*more.credit_of(0))


def test_purse_of__any_worker_and_seat__is_what_the_sdk_computes(contracts, honest_worker):
    entry = contracts.entry

    for seat in (1, SEAT, 2**96, 2**256 - 1):
        assert entry.purse_of(honest_worker, seat) == purse_address(
            entry.address, honest_worker, seat
        )
    assert entry.task_escrow() == contracts.escrow.address
    assert entry.staking() == contracts.staking.address


@pytest.mark.parametrize(
    ("places", "reason"),
    [(0, "entry: task escrow is zero"), (1, "entry: staking is zero")],
)
def test_init__useless_role__is_refused(stranger, places, reason):
    roles = [stranger, stranger]
    roles[places] = ZERO

    with refused(reason, lambda: None):
        deployer_of("EntryStake").deploy(*roles)
