"""Every figure of a payslip, computed again: what the verdict pays is what the slip explains."""

import pytest

from dao_client.types import Wei
from oracle.aggregate import UNIT
from oracle.computation import compute
from oracle.errors import NothingToExplain
from oracle.payslip import payslip
from tests.oracle.tasks import NOBODY, PRICE, TASK_ID, WORKERS, careful_worker, lazy_worker
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


@pytest.mark.parametrize("worker", WORKERS, ids=["honest", "careful", "lazy"])
def test_payslip__any_worker__ends_in_the_row_of_the_verdict(world, worker):
    decision = compute(*world, TASK_ID).decision
    paid = {row.worker: row.amount for row in decision.payouts}
    slashed = {row.worker: row.amount for row in decision.slashes}

    slip = payslip(*world, worker.address, TASK_ID)

    assert slip.payout == paid.get(worker.address, 0) == slip.account.pay
    assert slip.account.slash == slashed.get(worker.address, 0)


def test_payslip__answers__add_up_to_the_points(world):
    for worker in WORKERS:
        slip = payslip(*world, worker.address, TASK_ID)

        assert sum(each.points for each in slip.answers) == slip.account.points
        assert [each.item_id for each in slip.answers] == ["pet-0", "pet-1", "pet-2"]


def test_payslip__figures__follow_the_rule_by_hand(world):
    """Gold cat, dog, cat: F = (3/5, 2/5), D = 12/25; the careful worker has all three right."""
    slip = payslip(*world, careful_worker.address, TASK_ID)
    account = slip.account

    assert list(slip.by_audits.shares) == [6 * UNIT // 10, 4 * UNIT // 10]
    assert slip.by_audits.spread == 48 * UNIT // 100
    assert account.earned.points == 2 * 4 * UNIT // 10 + 6 * UNIT // 10
    assert account.earned.possible == 3 * slip.by_audits.spread
    assert account.skill == (140 + 48) * UNIT // (144 + 96)
    assert account.full_points == max(slip.health, UNIT // 2) * slip.by_labels.spread // UNIT * 3
    assert account.measured_against == account.full_points, "three items ask for three answers"
    quality = account.points * UNIT // account.measured_against
    share = max(0, min(UNIT, quality) - UNIT // 4)
    assert account.pay == PRICE * 3 * share // (UNIT - UNIT // 4)


def test_payslip__lazy_worker__has_the_truth_beside_each_answer(world):
    slip = payslip(*world, lazy_worker.address, TASK_ID)

    assert [(each.answer, each.truth) for each in slip.answers] == [
        ("dog", "cat"),
        ("dog", "dog"),
        ("dog", "cat"),
    ]
    assert slip.payout == Wei(0)


def test_payslip__account_that_handed_in_nothing__is_refused(world):
    with pytest.raises(NothingToExplain, match=r"has no counted answer in task 7: .*nothing"):
        payslip(*world, NOBODY, TASK_ID)
