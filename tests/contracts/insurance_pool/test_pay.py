"""pay: what is held goes where a proposal says, and no wei more."""

import pytest

from tests.contracts.events import last_events
from tests.contracts.insurance_pool.conftest import REASON, SLASHED, TASK
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import NOBODY

pytestmark = pytest.mark.chain

HELD = SLASHED // 2


@pytest.fixture
def full(pool, token, stranger):
    """The pool, with what it was credited."""
    pool.collect(token, sender=stranger)
    return pool


def test_pay__by_the_timelock__sends_and_says_why(full, token, timelock, stranger):
    full.pay(token, stranger, 100, TASK, REASON, sender=timelock)

    fields = {"token": token.address, "to": stranger, "amount": 100, "reason": REASON}
    assert last_events(full) == [("InsurancePaid", {"task_id": TASK, **fields})]
    assert token.balanceOf(stranger) == 100
    assert full.totals_of(token) == (HELD, 0, 100, HELD - 100)


def test_pay__everything__leaves_nothing(full, token, timelock, stranger):
    full.pay(token, stranger, HELD, TASK, REASON, sender=timelock)

    assert full.totals_of(token) == (HELD, 0, HELD, 0)


def test_pay__what_was_donated__goes_too(full, token, timelock, genesis_holder, stranger):
    token.transfer(full, 5, sender=genesis_holder)

    full.pay(token, stranger, HELD + 5, TASK, REASON, sender=timelock)

    assert full.totals_of(token) == (HELD, 5, HELD + 5, 0)


def test_pay__one_wei_more_than_is_held__is_refused(full, token, books, timelock, stranger):
    with refused("insurance: exceeds what is held", books):
        full.pay(token, stranger, HELD + 1, TASK, REASON, sender=timelock)


def test_pay__what_is_credited_and_not_collected__is_refused(
    pool, token, books, timelock, stranger
):
    with refused("insurance: exceeds what is held", books):
        pool.pay(token, stranger, 1, TASK, REASON, sender=timelock)


@pytest.mark.parametrize("role", ["stranger", "controller", "treasury", "genesis_holder"])
def test_pay__by_anybody_else__is_refused(request, full, token, books, role, stranger):
    with refused("insurance: not the timelock", books):
        full.pay(token, stranger, 1, TASK, REASON, sender=request.getfixturevalue(role))


def test_pay__nothing__is_refused(full, token, books, timelock, stranger):
    with refused("insurance: amount is zero", books):
        full.pay(token, stranger, 0, TASK, REASON, sender=timelock)


def test_pay__to_nobody_or_itself__is_refused(full, token, books, timelock):
    for recipient in (NOBODY, full.address):
        with refused("insurance: bad recipient", books):
            full.pay(token, recipient, 1, TASK, REASON, sender=timelock)
