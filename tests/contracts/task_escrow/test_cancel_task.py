"""cancel_task: only the requester, only before any answer."""

import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.conftest import WEALTH
from tests.contracts.task_escrow.tasks import BUDGET, EVIDENCE, ROOT, pass_submit_deadline

pytestmark = pytest.mark.chain


def test_cancel_task__no_answers__returns_everything(escrow, task, token, requester):
    escrow.top_up(task, 5, sender=requester)

    escrow.cancel_task(task, sender=requester)

    state = escrow.task_of(task)
    assert state.is_cancelled
    assert (state.price, state.claimable, state.refundable) == (0, 0, 0)
    assert token.balanceOf(requester) == WEALTH
    assert token.balanceOf(escrow) == 0


def test_cancel_task__success__is_logged_once(escrow, task, requester):
    escrow.cancel_task(task, sender=requester)

    assert last_events(escrow) == [("TaskCancelled", {"task_id": task, "refunded": BUDGET})]


def test_cancel_task__by_somebody_else__is_refused(escrow, task, gateway, books):
    with refused("escrow: not the requester", books):
        escrow.cancel_task(task, sender=gateway)


def test_cancel_task__unknown_task__is_refused(escrow, task, requester, books):
    with refused("escrow: unknown task", books):
        escrow.cancel_task(0, sender=requester)


def test_cancel_task__twice__is_refused(escrow, task, requester, books):
    escrow.cancel_task(task, sender=requester)

    with refused("escrow: task is over", books):
        escrow.cancel_task(task, sender=requester)


def test_cancel_task__after_an_anchor__is_refused(escrow, task, requester, gateway, books):
    escrow.anchor_submissions(task, ROOT, 1, EVIDENCE, sender=gateway)

    with refused("escrow: has answers", books):
        escrow.cancel_task(task, sender=requester)


def test_cancel_task__after_forced_inclusion__is_refused(
    escrow, task, requester, honest_worker, books
):
    escrow.force_submission(task, 1, ROOT, EVIDENCE, sender=honest_worker)

    with refused("escrow: has answers", books):
        escrow.cancel_task(task, sender=requester)


def test_cancel_task__after_the_deadline__is_refused(escrow, task, requester, books):
    pass_submit_deadline()

    with refused("escrow: submissions are over", books):
        escrow.cancel_task(task, sender=requester)
