"""The fold of all that tasks said about their workers."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, strategies as st

from dao_client.documents import (
    History,
    ReputationRow,
)
from dao_client.types import Address
from oracle.aggregate import UNIT
from oracle.history import (
    fold,
    fold_tasks,
    halve,
    limit_of,
)

pytestmark = pytest.mark.unit

ANNA, BORIS = (Address(f"0x{number:040x}") for number in (1, 2))
NOTHING = History(0, 0)
HALF = UNIT // 2

histories = st.builds(
    History, score=st.integers(-20 * UNIT, 20 * UNIT), possible=st.integers(0, 20 * UNIT)
)
changes = st.builds(History, score=st.integers(-(10**12), 10**12), possible=st.integers(0, 10**12))


def row(worker: Address, audited: int, score: int, worth: int = HALF) -> ReputationRow:
    change = History(score, audited * worth)
    return ReputationRow(worker, audited, 0, change, NOTHING, change)


@given(histories, changes, st.integers(0, 60), st.integers(1, 20 * UNIT))
def test_fold__any_change__is_the_exact_fraction_rounded_down(history, change, epochs, limit):
    score, possible = (
        floor(Fraction(old, 2**epochs)) + new
        for old, new in (
            (history.score, change.score),
            (history.possible, change.possible),
        )
    )
    most = max(limit, floor(Fraction(history.possible, 2**epochs)))
    if possible > most:
        score, possible = floor(Fraction(score * most, possible)), most

    assert fold(history, change, epochs, limit) == History(score, possible)


def test_fold__task_of_few_chances__shrinks_no_record() -> None:
    """At 49:1 twenty answers are worth .8: they must not cut a record of ten."""
    record, change = History(9 * UNIT, 10 * UNIT), History(UNIT // 3, UNIT // 3)

    found = fold(record, change, 0, 8 * UNIT // 10)

    assert found.possible == 10 * UNIT
    assert found.score >= record.score


@given(histories, st.integers(0, 30), st.integers(0, 30))
def test_halve__in_two_parts__is_halving_at_once(history, one, other) -> None:
    assert halve(halve(history, one), other) == halve(history, one + other)


def test_fold__a_negative_score__is_halved_towards_minus_infinity() -> None:
    assert fold(History(-3, 4), NOTHING, 1, UNIT) == History(-2, 2)


def test_limit_of__a_row__is_twenty_answers_of_its_task() -> None:
    assert limit_of(row(ANNA, 3, 0, worth=320_000_000)) == 20 * 320_000_000


def test_fold_tasks__weeks_between__halve_once_each() -> None:
    tasks = [(10, [row(ANNA, 8, 4 * HALF)]), (12, [row(ANNA, 4, 2 * HALF)])]

    assert fold_tasks(tasks, 12) == {ANNA: History(3 * HALF, 6 * HALF)}
    assert fold_tasks(tasks, 13) == {ANNA: History(3 * HALF // 2, 3 * HALF)}


def test_fold_tasks__many_audits__keep_twenty_answers() -> None:
    assert fold_tasks([(1, [row(ANNA, 40, 30 * HALF)])], 1) == {ANNA: History(15 * HALF, 10 * UNIT)}


def test_fold_tasks__no_audited_answer__changes_nothing() -> None:
    tasks = [(1, [row(ANNA, 2, HALF), row(BORIS, 0, 0)]), (3, [row(ANNA, 0, 0)])]

    assert fold_tasks(tasks, 3) == {ANNA: History(HALF // 4, 2 * HALF // 4)}


def test_fold_tasks__half_a_year_later__knows_nobody() -> None:
    assert fold_tasks([(1, [row(ANNA, 20, 20 * HALF)])], 36) == {}


@given(st.permutations([row(ANNA, 2, HALF), row(BORIS, 3, -HALF)]))
def test_fold_tasks__rows_in_any_order__give_the_same(rows) -> None:
    assert list(fold_tasks([(1, rows)], 1)) == [ANNA, BORIS]
