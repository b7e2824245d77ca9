"""expire: without a verdict workers get the flat price and the requester the rest."""

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import (
    BUDGET,
    DAY,
    EVIDENCE,
    HOUR,
    PRICE,
    ROOT,
    pass_reveal_deadline,
)

pytestmark = pytest.mark.chain


def test_expire__anchored_answers__get_the_price(escrow, expired_task, token):
    state = escrow.task_of(expired_task)

    assert state.is_expired
    assert (state.flat_price, state.claimable) == (PRICE, 10 * PRICE)
    assert (state.price, state.refundable) == (0, BUDGET - 10 * PRICE)
    assert escrow.fees_of(token) == 0


def test_expire__success__is_logged_once(escrow, task, gateway, oracle):
    escrow.anchor_submissions(task, ROOT, 10, EVIDENCE, sender=gateway)
    pass_reveal_deadline()

    escrow.expire(task, sender=oracle)

    fields = {
        "task_id": task,
        "flat_price": PRICE,
        "claimable": 10 * PRICE,
        "refundable": BUDGET - 10 * PRICE,
    }
    assert last_events(escrow) == [("TaskExpired", fields)]


def test_expire__more_answers_than_the_budget_pays__share_it(escrow, task, gateway, oracle):
    escrow.anchor_submissions(task, ROOT, 300, EVIDENCE, sender=gateway)
    pass_reveal_deadline()

    escrow.expire(task, sender=oracle)

    state = escrow.task_of(task)
    assert (state.flat_price, state.claimable, state.refundable) == (333, 99_900, 100)


def test_expire__no_answers__returns_everything(escrow, task, oracle):
    pass_reveal_deadline()

    escrow.expire(task, sender=oracle)

    state = escrow.task_of(task)
    assert (state.flat_price, state.claimable, state.refundable) == (0, 0, BUDGET)


def test_expire__by_somebody_else__is_refused(escrow, task, requester, books):
    pass_reveal_deadline()

    with refused("escrow: not the oracle", books):
        escrow.expire(task, sender=requester)


def test_expire__before_the_reveal_ends__is_refused(escrow, task, oracle, books):
    boa.env.time_travel(seconds=DAY + HOUR - 1)

    with refused("escrow: still anchoring", books):
        escrow.expire(task, sender=oracle)


def test_expire__twice__is_refused(escrow, expired_task, oracle, books):
    with refused("escrow: task is over", books):
        escrow.expire(expired_task, sender=oracle)


def test_expire__settled_task__is_refused(escrow, settled_task, oracle, books):
    with refused("escrow: already settled", books):
        escrow.expire(settled_task, sender=oracle)


def test_expire__cancelled_task__is_refused(escrow, task, requester, oracle, books):
    escrow.cancel_task(task, sender=requester)
    pass_reveal_deadline()

    with refused("escrow: task is over", books):
        escrow.expire(task, sender=oracle)


def test_expire__unknown_task__is_refused(escrow, task, oracle, books):
    with refused("escrow: unknown task", books):
        escrow.expire(task + 1, sender=oracle)
