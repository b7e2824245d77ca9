"""The three windows after the submit deadline, and when what was signed may be opened."""

import pytest
from hypothesis import given, strategies as st

from dao_client.types import Task, Timestamp
from dao_client.windows import Windows

pytestmark = pytest.mark.unit

NONE = "0x0000000000000000000000000000000000000000"


def task(submit: int, reveal: int) -> Task:
    return Task(
        1, NONE, NONE, NONE, 1, 1, 0, Timestamp(submit), Timestamp(reveal), Timestamp(reveal + 10),
        0, 0, bytes(26), False, bytes(32), 0, False, False,
    )  # fmt: skip


@given(st.integers(1, 2**40), st.integers(0, 2**30))
def test_windows__any_deadlines__are_three_thirds_in_order(submit: int, seconds: int) -> None:
    windows = Windows.of(task(submit, submit + seconds))

    opening = windows.opening_deadline - windows.submit_deadline
    audits = windows.audit_deadline - windows.opening_deadline
    last = windows.reveal_deadline - windows.audit_deadline
    assert opening == audits == seconds // 3
    assert 0 <= last - audits < 3


@given(st.integers(1, 2**40), st.integers(0, 2**30), st.integers(0, 2**41))
def test_windows__any_time__takes_answers_or_audits_but_never_both(
    submit: int, seconds: int, now: int
) -> None:
    windows = Windows.of(task(submit, submit + seconds))

    assert not (windows.takes_answers(now) and windows.takes_audits(now))


@pytest.mark.parametrize(
    ("signed_until", "opens_at"), [(0, 1_300), (1_000, 1_300), (1_001, 1_600), (9_999, 1_600)]
)
def test_opens_at__valid_beyond_the_submit_deadline__waits_for_the_audits(
    signed_until: int, opens_at: int
) -> None:
    assert Windows.of(task(1_000, 1_900)).opens_at(signed_until) == opens_at
