"""settle: the oracle, once, and never more than the task holds."""

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import (
    BUDGET,
    DAY,
    FEE_BPS,
    HOUR,
    MAX_WEI,
    ROOT,
    ZERO,
    pass_reveal_deadline,
)

pytestmark = pytest.mark.chain

MAX_FEE_BPS = 500


def test_settle__verdict__divides_the_budget(escrow, task, token, oracle):
    pass_reveal_deadline()

    escrow.settle(task, ROOT, 80_000, FEE_BPS, sender=oracle)

    state = escrow.task_of(task)
    assert state.payouts_root == ROOT
    assert (state.price, state.claimable, state.refundable) == (0, 80_000, 18_000)
    assert escrow.fees_of(token) == 2_000
    assert token.balanceOf(escrow) == BUDGET


def test_settle__success__is_logged_once(escrow, task, oracle):
    pass_reveal_deadline()

    escrow.settle(task, ROOT, 80_000, FEE_BPS, sender=oracle)

    fields = {
        "task_id": task,
        "payouts_root": ROOT,
        "total_payout": 80_000,
        "fee": 2_000,
        "refundable": 18_000,
    }
    assert last_events(escrow) == [("TaskSettled", fields)]


def test_settle__nothing_to_pay__returns_the_budget(escrow, task, token, oracle):
    pass_reveal_deadline()

    escrow.settle(task, ROOT, 0, FEE_BPS, sender=oracle)

    state = escrow.task_of(task)
    assert (state.claimable, state.refundable) == (0, BUDGET)
    assert escrow.fees_of(token) == 0


def test_settle__largest_payout__is_taken(escrow, task, oracle):
    pass_reveal_deadline()
    payable = escrow.settlement_terms(task, FEE_BPS)[2]

    escrow.settle(task, ROOT, payable, FEE_BPS, sender=oracle)

    assert payable == 97_561
    assert escrow.task_of(task).refundable == 0


@pytest.mark.parametrize("total", [97_562, BUDGET, BUDGET + 1, MAX_WEI + 1, 2**256 - 1])
def test_settle__more_than_the_task_holds__is_refused(escrow, task, oracle, books, total):
    pass_reveal_deadline()

    with refused("escrow: exceeds claimable", books):
        escrow.settle(task, ROOT, total, FEE_BPS, sender=oracle)


def test_settle__another_fee__takes_that_fee(escrow, task, token, oracle):
    pass_reveal_deadline()

    escrow.settle(task, ROOT, 80_000, MAX_FEE_BPS, sender=oracle)

    assert escrow.fees_of(token) == 4_000
    assert escrow.task_of(task).refundable == 16_000


def test_settle__fee_above_the_hard_bound__is_refused(escrow, task, oracle, books):
    pass_reveal_deadline()

    with refused("escrow: fee too high", books):
        escrow.settle(task, ROOT, 80_000, MAX_FEE_BPS + 1, sender=oracle)


def test_settle__by_the_requester__is_refused(escrow, task, requester, books):
    pass_reveal_deadline()

    with refused("escrow: not the oracle", books):
        escrow.settle(task, ROOT, 1, FEE_BPS, sender=requester)


def test_settle__before_the_reveal_ends__is_refused(escrow, task, oracle, books):
    boa.env.time_travel(seconds=DAY + HOUR - 1)

    with refused("escrow: still anchoring", books):
        escrow.settle(task, ROOT, 1, FEE_BPS, sender=oracle)


def test_settle__zero_root__is_refused(escrow, task, oracle, books):
    pass_reveal_deadline()

    with refused("escrow: zero root", books):
        escrow.settle(task, ZERO, 1, FEE_BPS, sender=oracle)


def test_settle__twice__is_refused(escrow, settled_task, oracle, books):
    with refused("escrow: already settled", books):
        escrow.settle(settled_task, ROOT, 1, FEE_BPS, sender=oracle)


def test_settle__unknown_task__is_refused(escrow, task, oracle, books):
    with refused("escrow: unknown task", books):
        escrow.settle(task + 1, ROOT, 1, FEE_BPS, sender=oracle)


def test_settle__cancelled_task__is_refused(escrow, task, requester, oracle, books):
    escrow.cancel_task(task, sender=requester)
    pass_reveal_deadline()

    with refused("escrow: task is over", books):
        escrow.settle(task, ROOT, 0, FEE_BPS, sender=oracle)


def test_settle__expired_task__is_refused(escrow, expired_task, oracle, books):
    with refused("escrow: task is over", books):
        escrow.settle(expired_task, ROOT, 0, FEE_BPS, sender=oracle)
