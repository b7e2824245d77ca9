"""create_task: terms that can end, and a budget that arrived."""

from dataclasses import replace

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.conftest import WEALTH
from tests.contracts.task_escrow.tasks import BUDGET, DAY, HOUR, MAX_WEI, NOBODY, PRICE, ZERO, Terms

pytestmark = pytest.mark.chain


def test_create_task__good_terms__are_stored(escrow, terms, token, requester, gateway):
    deadline = boa.env.timestamp + DAY

    task_id = escrow.create_task(terms.as_tuple(), sender=requester)

    task = escrow.task_of(task_id)
    assert task_id == escrow.task_count() == 1
    assert (task.requester, task.token, task.gateway) == (requester, token.address, gateway)
    assert (task.price, task.claimable, task.refundable) == (PRICE, BUDGET, 0)
    assert task.submit_deadline == deadline
    assert task.reveal_deadline == deadline + HOUR
    assert task.verdict_deadline == deadline + HOUR + DAY
    assert (task.anchors, task.anchored_answers, task.anchor_head) == (0, 0, ZERO)
    assert (task.has_forced, task.is_cancelled, task.is_expired) == (False, False, False)


def test_create_task__success__moves_the_budget(escrow, task, token, requester):
    assert token.balanceOf(escrow) == BUDGET
    assert token.balanceOf(requester) == WEALTH - BUDGET


def test_create_task__success__is_logged_once(escrow, terms, token, requester, gateway):
    deadline = boa.env.timestamp + DAY

    escrow.create_task(terms.as_tuple(), sender=requester)

    ((name, fields),) = last_events(escrow)
    assert name == "TaskCreated"
    assert fields == {
        "task_id": 1,
        "requester": requester,
        "token": token.address,
        "gateway": gateway,
        "price": PRICE,
        "budget": BUDGET,
        "spec": terms.spec,
        "submit_deadline": deadline,
        "reveal_deadline": deadline + HOUR,
        "verdict_deadline": deadline + HOUR + DAY,
    }


def test_create_task__again__gets_the_next_id(escrow, terms, task, requester):
    assert escrow.create_task(terms.as_tuple(), sender=requester) == task + 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"gateway": NOBODY}, "escrow: zero gateway"),
        ({"spec": ZERO}, "escrow: zero spec"),
        ({"price": 0}, "escrow: zero price"),
        ({"budget": 0}, "escrow: budget below price"),
        ({"budget": PRICE - 1}, "escrow: budget below price"),
        ({"budget": MAX_WEI + 1}, "escrow: budget too large"),
        ({"reveal_seconds": HOUR - 1}, "escrow: reveal too short"),
        ({"reveal_seconds": 3 * DAY + 1}, "escrow: reveal too long"),
        ({"verdict_seconds": HOUR - 1}, "escrow: verdict time too short"),
        ({"verdict_seconds": 30 * DAY + 1}, "escrow: verdict time too long"),
    ],
)
def test_create_task__bad_terms__are_refused(escrow, terms, requester, books, change, reason):
    with refused(reason, books):
        escrow.create_task(replace(terms, **change).as_tuple(), sender=requester)


@pytest.mark.parametrize(
    ("seconds", "reason"),
    [
        (0, "escrow: deadline in the past"),
        (-1, "escrow: deadline in the past"),
        (365 * DAY + 1, "escrow: deadline too far"),
    ],
)
def test_create_task__bad_deadline__is_refused(escrow, terms, requester, books, seconds, reason):
    late = replace(terms, submit_deadline=boa.env.timestamp + seconds)

    with refused(reason, books):
        escrow.create_task(late.as_tuple(), sender=requester)


def test_create_task__extreme_terms__are_stored(escrow, terms, requester):
    extreme = replace(
        terms,
        price=BUDGET,
        submit_deadline=boa.env.timestamp + 365 * DAY,
        reveal_seconds=3 * DAY,
        verdict_seconds=30 * DAY,
    )

    task = escrow.task_of(escrow.create_task(extreme.as_tuple(), sender=requester))

    assert (task.price, task.claimable) == (BUDGET, BUDGET)
    assert task.verdict_deadline == extreme.submit_deadline + 33 * DAY


def test_create_task__more_than_one_has__is_refused(escrow, terms, requester, books):
    with refused("erc20: transfer amount exceeds balance", books):
        escrow.create_task(replace(terms, budget=WEALTH + 1).as_tuple(), sender=requester)


def test_create_task__without_approval__is_refused(escrow, terms, token, requester, books):
    token.approve(escrow, BUDGET - 1, sender=requester)

    with refused("erc20: insufficient allowance", books):
        escrow.create_task(terms.as_tuple(), sender=requester)


def test_create_task__token_that_takes_a_fee__is_refused(escrow, requester, gateway):
    token = deploy("mocks/FeeOnTransferToken", requester, WEALTH)
    token.approve(escrow, BUDGET, sender=requester)

    with refused("transfer: not exact", escrow.task_count):
        escrow.create_task(Terms(token.address, gateway).as_tuple(), sender=requester)

    assert token.balanceOf(requester) == WEALTH


def test_create_task__token_without_code__is_refused(escrow, requester, gateway, stranger):
    with boa.reverts():
        escrow.create_task(Terms(stranger, gateway).as_tuple(), sender=requester)

    assert escrow.task_count() == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((NOBODY, "0x" + "11" * 20), "escrow: zero oracle"),
        (("0x" + "11" * 20, NOBODY), "escrow: zero recipient"),
    ],
)
def test_deployment__bad_arguments__are_refused(arguments, reason):
    with boa.reverts(reason):
        deploy("TaskEscrow", *arguments)
