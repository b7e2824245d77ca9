"""top_up: anyone adds money while answers are taken."""

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import BUDGET, DAY, MAX_WEI, pass_submit_deadline

pytestmark = pytest.mark.chain


def test_top_up__open_task__adds_to_the_budget(escrow, task, token, requester):
    escrow.top_up(task, 5, sender=requester)

    assert escrow.task_of(task).claimable == BUDGET + 5
    assert token.balanceOf(escrow) == BUDGET + 5


def test_top_up__by_a_stranger__is_taken_and_logged(escrow, task, token, genesis_holder):
    token.approve(escrow, 5, sender=genesis_holder)

    escrow.top_up(task, 5, sender=genesis_holder)

    assert last_events(escrow) == [
        ("TaskToppedUp", {"task_id": task, "payer": genesis_holder, "amount": 5})
    ]


def test_top_up__last_second__is_taken(escrow, task, requester):
    boa.env.time_travel(seconds=DAY - 1)

    escrow.top_up(task, 5, sender=requester)

    assert escrow.task_of(task).claimable == BUDGET + 5


def test_top_up__nothing__is_refused(escrow, task, requester, books):
    with refused("escrow: zero amount", books):
        escrow.top_up(task, 0, sender=requester)


def test_top_up__unknown_task__is_refused(escrow, task, requester, books):
    with refused("escrow: unknown task", books):
        escrow.top_up(task + 1, 5, sender=requester)


def test_top_up__after_the_deadline__is_refused(escrow, task, requester, books):
    pass_submit_deadline()

    with refused("escrow: submissions are over", books):
        escrow.top_up(task, 5, sender=requester)


def test_top_up__cancelled_task__is_refused(escrow, task, requester, books):
    escrow.cancel_task(task, sender=requester)

    with refused("escrow: task is over", books):
        escrow.top_up(task, 5, sender=requester)


def test_top_up__more_than_fits__is_refused(escrow, task, requester, books):
    with refused("escrow: budget too large", books):
        escrow.top_up(task, MAX_WEI + 1 - BUDGET, sender=requester)


def test_top_up__more_than_one_has__is_refused(escrow, task, stranger, books):
    with refused("erc20: insufficient allowance", books):
        escrow.top_up(task, 5, sender=stranger)
