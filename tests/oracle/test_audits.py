"""Which items are audited."""

import pytest
from eth_hash.auto import keccak
from hypothesis import given, strategies as st

from dao_client.types import Address
from oracle.audits import (
    AUDIT_LEVELS_BPS,
    audit_rate,
    audited_items,
    is_audited,
    levels_from,
)

pytestmark = pytest.mark.unit

seeds = st.binary(min_size=32, max_size=32)
rates = st.integers(0, 10_000)


def workers(count: int) -> list[Address]:
    return [Address(f"0x{number:040x}") for number in range(count)]


@given(seeds, st.integers(0, 2**20 - 1), rates)
def test_is_audited__any_item__compares_its_hash_with_the_rate(seed, item, rate) -> None:
    drawn = int.from_bytes(keccak(seed + b"audit" + item.to_bytes(32, "big")), "big")

    assert is_audited(seed, item, rate) == (drawn < rate * 2**256 // 10_000)


@given(seeds, st.integers(0, 300), rates, rates)
def test_audited_items__a_higher_rate__only_adds(seed, count, one, other) -> None:
    fewer, more = sorted((one, other))

    assert set(audited_items(seed, count, fewer)) <= set(audited_items(seed, count, more))


@given(seeds, st.integers(0, 300), rates)
def test_audited_items__of_a_task__are_those_drawn_one_by_one(seed, count, rate) -> None:
    found = audited_items(seed, count, rate)

    assert list(found) == [item for item in range(count) if is_audited(seed, item, rate)]


@given(seeds, st.integers(0, 300))
def test_audited_items__nothing_or_everything__is_exact(seed, count) -> None:
    assert audited_items(seed, count, 0) == ()
    assert audited_items(seed, count, 10_000) == tuple(range(count))


@pytest.mark.parametrize("rate", [200, 500, 1_000, 1_500, 3_000])
def test_audited_items__over_many_seeds__are_the_rate_within_five_deviations(rate) -> None:
    """A binomial count of 200,000 leaves five deviations once in 1.7 million draws."""
    draws, items = 200, 1_000
    expected = draws * items * rate / 10_000
    deviation = (expected * (1 - rate / 10_000)) ** 0.5

    found = sum(len(audited_items(keccak(b"%d" % each), items, rate)) for each in range(draws))

    assert abs(found - expected) < 5 * deviation


def test_audited_items__over_many_seeds__take_every_item_alike() -> None:
    """Five deviations of a binomial count of 2,000 at 15 %, for each of 50 items."""
    draws = 2_000
    seeds_drawn = [keccak(b"%d" % each) for each in range(draws)]

    counts = [sum(is_audited(seed, item, 1_500) for seed in seeds_drawn) for item in range(50)]

    assert max(abs(count - 300) for count in counts) < 5 * (300 * 0.85) ** 0.5


@pytest.mark.parametrize(
    ("parameter", "known", "rate"),
    [
        (500, 0, 1_000),
        (500, 1, 1_000),
        (500, 2, 500),
        (500, 4, 500),
        (2_000, 0, 3_000),
        (100, 4, 200),
        (5_000, 4, 3_000),
    ],
)
def test_audit_rate__four_workers__doubles_for_a_new_pool_within_the_bounds(
    parameter, known, rate
) -> None:
    crowd = workers(4)

    assert audit_rate(parameter, crowd, set(crowd[:known])) == rate


def test_audit_rate__nobody_handed_in__is_the_parameter() -> None:
    assert audit_rate(500, [], set()) == 500


def test_levels_from__the_first_rate__only_go_up() -> None:
    assert levels_from(500) == (500, *AUDIT_LEVELS_BPS)
    assert levels_from(1_500) == (1_500, 3_000)
    assert levels_from(3_000) == (3_000,)
