"""The gate decides as the exact inequality does."""

from fractions import Fraction

import pytest
from hypothesis import example, given, strategies as st

from oracle.settlement import errors_of, gate

from .crowds import ERRING, case_of

pytestmark = pytest.mark.unit

counts = st.integers(1, 3_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def is_within(errors: int, audited: int, limit_bps: int) -> bool:
    """Say whether e/n + 1.645 sqrt(e (n - e) / n**3) <= limit, by squaring what the root leaves."""
    room = Fraction(limit_bps, 10_000) - Fraction(errors, audited)
    variance = Fraction(errors * (audited - errors), audited**3)
    return room >= 0 and room**2 >= Fraction(1_645, 1_000) ** 2 * variance


@given(counts, st.integers(0, 10_000))
@example(count=(1, 1), limit_bps=10_000)
@example(count=(1, 1), limit_bps=9_999)
@example(count=(0, 1), limit_bps=0)
@example(count=(2, 5), limit_bps=7_604)
def test_gate__any_errors__decides_as_exact_fractions_do(count, limit_bps):
    errors, audited = count

    assert gate(errors, audited, limit_bps).is_delivered == is_within(errors, audited, limit_bps)


@given(counts)
def test_gate__any_errors__names_the_lowest_limit_that_delivers(count):
    bound = gate(*count, 0).bound_bps

    assert is_within(*count, bound)
    assert bound == 0 or not is_within(*count, bound - 1)


@pytest.mark.parametrize(
    ("errors", "audited", "bound_bps"),
    [(0, 50, 0), (5, 100, 859), (50, 100, 5_823), (9, 9, 10_000)],
)
def test_gate__known_numbers__have_the_bound_of_the_formula(errors, audited, bound_bps):
    assert gate(errors, audited, bound_bps).is_delivered
    assert not gate(errors, audited, bound_bps - 1).is_delivered
    assert gate(errors, audited, 500).bound_bps == bound_bps


@pytest.mark.parametrize(("limit_bps", "is_delivered"), [(9_999, False), (10_000, True)])
def test_gate__nothing_audited__knows_nothing(limit_bps, is_delivered):
    assert gate(0, 0, limit_bps).is_delivered == is_delivered


def test_errors_of__consensus_against_an_audit__counts_the_item_once():
    case = case_of([*ERRING, "....."], {0: 0, 1: 1, 2: 0, 3: 1, 5: 1})

    assert errors_of(case.answers.known, case.settle().consensus) == (1, 4)
