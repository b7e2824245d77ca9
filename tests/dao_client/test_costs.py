"""What a task costs at most and on average, in exact wei."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from dao_client.costs import Order, expected_costs, most_costs, most_payout, paid_share
from dao_client.forecast import Expected
from dao_client.requester import DraftItem, TaskDraft, budget_for
from dao_client.types import Address, Wei

pytestmark = pytest.mark.unit

ORDER = Order(
    items=100,
    most_answers=11,
    price=Wei(1_000),
    fee_bps=200,
    audit_rate_bps=500,
    token=Address("0x" + "11" * 20),
    locked=Wei(0),
    seat_size=Wei(0),
)


def test_expected_costs__measured_figures__pay_answers_jurors_and_fee():
    found = Expected(Fraction(6), Fraction(9, 10), Fraction(1, 2), Fraction(1, 20))

    costs = expected_costs(ORDER, found)

    assert (costs.answers, costs.audits, costs.fee) == (300_000, 25_000, 6_500)
    assert costs.total == 331_500


@pytest.mark.parametrize(
    ("locked", "share"), [(0, 0), (33_150, Fraction(1, 10)), (331_500, 1), (10**9, 1)]
)
def test_paid_share__budget__is_what_it_has_of_the_cost(locked, share):
    found = Expected(Fraction(6), Fraction(9, 10), Fraction(1, 2), Fraction(1, 20))

    assert paid_share(replace(ORDER, locked=Wei(locked)), found) == share


@given(
    st.integers(1, 500), st.integers(1, 21), st.integers(1, 10**24), st.integers(0, 500),
    st.integers(200, 3_000),
)  # fmt: skip
def test_most_costs__any_task__are_the_budget_that_its_creation_locks(
    items, most, price, fee_bps, audit_rate_bps
):
    draft = TaskDraft("", "", ("a", "b"), (DraftItem("x", text="x"),) * items, most, Wei(0))
    order = replace(
        ORDER,
        items=items,
        most_answers=most,
        price=Wei(price),
        fee_bps=fee_bps,
        audit_rate_bps=audit_rate_bps,
    )

    budget = budget_for(draft, Wei(price), fee_bps, audit_rate_bps)

    assert most_costs(order).total == budget


@given(
    st.fractions(1, 11),
    st.fractions(0, 1),
    st.fractions(0, Fraction(1, 10)),
)
def test_expected_costs__audits_of_a_new_pool_at_most__never_pass_the_most(answers, pay, audited):
    found = Expected(answers, Fraction(1), pay, audited)

    assert expected_costs(ORDER, found).total <= most_costs(ORDER).total


@given(st.integers(0, 10**30), st.integers(0, 500))
def test_most_payout__any_budget__is_the_most_that_fits_with_its_fee(held, fee_bps):
    payout = most_payout(Wei(held), fee_bps)

    assert payout + payout * fee_bps // 10_000 <= held
    assert payout + 1 + (payout + 1) * fee_bps // 10_000 > held


@given(st.integers(1, 10_000), st.integers(1, 10**24), st.integers(0, 500))
def test_most_payout__budget_of_the_answers_with_their_fee__pays_them_all(answers, price, fee_bps):
    costs = most_costs(
        replace(ORDER, items=answers, most_answers=1, price=Wei(price), fee_bps=fee_bps)
    )

    assert most_payout(costs.total, fee_bps) >= answers * price
