"""The readers that no other file looks at closely."""

import boa
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import BUDGET, DAY, FEE_BPS, HOUR, NOBODY, PRICE, ZERO, Terms

pytestmark = pytest.mark.chain


def test_settlement_terms__open_task__are_its_deadlines_and_budget(escrow, task):
    now = boa.env.timestamp

    assert escrow.settlement_terms(task, FEE_BPS) == (
        now + DAY + HOUR,
        now + 2 * DAY + HOUR,
        97_561,
    )


def test_settlement_terms__unknown_task__are_refused(escrow, task, books):
    with refused("escrow: unknown task", books):
        escrow.settlement_terms(task + 1, FEE_BPS)


def test_settlement_terms__cancelled_task__are_refused(escrow, task, requester, books):
    escrow.cancel_task(task, sender=requester)

    with refused("escrow: task is over", books):
        escrow.settlement_terms(task, FEE_BPS)


def test_settlement_terms__expired_task__are_refused(escrow, expired_task, books):
    with refused("escrow: task is over", books):
        escrow.settlement_terms(expired_task, FEE_BPS)


def test_settlement_terms__settled_task__are_refused(escrow, settled_task, books):
    with refused("escrow: already settled", books):
        escrow.settlement_terms(settled_task, FEE_BPS)


@given(budget=st.integers(PRICE, 2**96 - 1), fee_bps=st.integers(0, 500))
@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_settlement_terms__any_budget_and_fee__name_the_largest_payout(
    genesis_holder, requester, gateway, oracle, budget, fee_bps
):
    with boa.env.anchor():
        token = deploy("mocks/PaymentToken", "Dollar", "USD", 18, requester, 2**96)
        escrow = deploy("TaskEscrow", oracle, genesis_holder)
        token.approve(escrow, budget, sender=requester)
        terms = Terms(token.address, gateway, budget=budget)
        task = escrow.create_task(terms.as_tuple(), sender=requester)

        payable = escrow.settlement_terms(task, fee_bps)[2]

    assert payable + payable * fee_bps // 10_000 <= budget
    assert payable + 1 + (payable + 1) * fee_bps // 10_000 > budget


def test_task_of__unknown_task__is_all_zero(escrow, task):
    state = escrow.task_of(task + 1)

    assert (state.requester, state.token, state.gateway) == (NOBODY,) * 3
    assert (state.price, state.claimable, state.refundable) == (0, 0, 0)
    assert (state.payouts_root, state.anchor_head) == (ZERO, ZERO)


def test_task_of__each_field__survives_the_others(escrow, task, gateway, honest_worker, requester):
    before = escrow.task_of(task)
    escrow.force_submission(task, 1, b"\1" * 32, ZERO, sender=honest_worker)
    escrow.top_up(task, 7, sender=requester)

    after = escrow.task_of(task)

    assert after.has_forced
    assert after.claimable == BUDGET + 7
    kept = ("requester", "token", "gateway", "price", "submit_deadline", "verdict_deadline")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


def test_roles__as_deployed__are_readable(escrow, oracle, fee_recipient):
    assert escrow.verdict_oracle() == oracle
    assert escrow.fee_recipient() == fee_recipient
