"""How much of a task is audited."""

import pytest

from dao_client.audit_rates import (
    audits_to_fund,
    bounded_rate,
    first_batch_rate,
    most_audited_items,
)

pytestmark = pytest.mark.unit


def test_bounded_rate__outside__is_the_nearest_bound() -> None:
    assert (bounded_rate(0), bounded_rate(700), bounded_rate(9_999)) == (200, 700, 3_000)


def test_first_batch_rate__of_the_parameter__is_twice_within_the_bounds() -> None:
    assert [first_batch_rate(each) for each in (50, 500, 2_000)] == [200, 1_000, 3_000]


@pytest.mark.parametrize(
    ("items", "parameter", "audits"),
    [(1_000, 500, 500), (1_001, 500, 505), (1, 500, 5), (10, 3_000, 15), (0, 500, 0)],
)
def test_audits_to_fund__items_at_a_rate__are_rounded_up_to_five_seats_each(
    items, parameter, audits
) -> None:
    assert audits_to_fund(items, parameter) == audits


@pytest.mark.parametrize(
    ("items", "most"), [(0, 0), (1, 1), (10, 10), (100, 53), (500, 202), (100_000, 30_725)]
)
def test_most_audited_items__of_a_task__is_well_above_the_highest_rate(items, most) -> None:
    assert most_audited_items(items) == most
