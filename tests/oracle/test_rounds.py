"""Items ask for more answers where known workers do not agree yet, and never say which label."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from oracle.integers import UNIT
from oracle.rounds import wants, weigh_by_history
from oracle.settlement import WEIGHT_UNIT
from tests.oracle.settlement.crowds import case_of

pytestmark = pytest.mark.unit

KNOWN = (20 * UNIT, 20 * UNIT)
"""A worker without a fault on twenty audits: a weight of .95 or so."""
STRANGER = (0, 0)
ROUNDS = {"overlap": 5, "step": 2, "most": 11}


def asked(rows, history=KNOWN, overlap=5, step=2, most=11):
    workers = max(map(len, rows))
    case = case_of(rows, history=[history] * workers)
    return wants(case.answers, case.scores, case.possible, overlap, step, most).tolist()


@pytest.mark.parametrize(
    ("row", "more"),
    [
        (".....", 5),
        ("01...", 3),
        ("00000", 0),
        ("00001", 0),
        ("00011", 2),
        ("000111", 1),
        ("0000111", 2),
        ("0000011", 0),
        ("00001111000", 0),
        ("000001111100", 0),
    ],
)
def test_wants__answers_so_far__fills_rounds_until_the_lead_is_one(row, more):
    assert asked([row]) == [more]


def test_wants__round_that_has_begun__is_filled_whatever_its_answer_was():
    assert asked(["000000"]) == asked(["000001"]) == [1]


def test_wants__strangers_who_all_agree__are_no_reason_to_stop():
    assert asked(["00000", "0000000"], history=STRANGER) == [2, 2]


def test_wants__last_round__stops_at_the_most_that_the_task_pays():
    assert asked(["01010"], most=6) == [1]
    assert asked(["010101"], most=6) == [0]


def test_wants__task_without_rounds__wants_its_overlap():
    assert asked(["0101.", "....."], most=5) == [1, 5]


def test_weigh_by_history__crowd_that_agrees__is_not_trusted_for_it():
    case = case_of(["000", "111"], history=[KNOWN, STRANGER, (-UNIT, 5 * UNIT)])

    known, stranger, bad = weigh_by_history(case.answers, case.scores, case.possible).tolist()

    assert WEIGHT_UNIT * 9 // 10 < known < WEIGHT_UNIT
    assert stranger == bad == 0


@st.composite
def crowds(draw):
    """Draw a task of three labels, and the labels in another order."""
    workers = draw(st.integers(1, 12))
    row = st.text(".012", min_size=workers, max_size=workers)
    points = st.integers(-5 * UNIT, 20 * UNIT)
    case = case_of(
        draw(st.lists(row, min_size=1, max_size=6)),
        label_count=3,
        weights=draw(st.lists(st.integers(0, 2 * UNIT), min_size=workers, max_size=workers)),
        history=[(draw(points), draw(st.sampled_from([0, 20 * UNIT]))) for _ in range(workers)],
    )
    return case, draw(st.permutations(range(3)))


@given(crowds())
def test_wants__labels_by_other_names__is_the_same_reply(drawn):
    case, order = drawn
    renamed = replace(case.answers, labels=np.array(order, dtype=np.int32)[case.answers.labels])

    replies = [
        wants(each, case.scores, case.possible, **ROUNDS).tolist()
        for each in (case.answers, renamed)
    ]

    assert replies[0] == replies[1]


@given(crowds(), st.integers(1, 7), st.integers(1, 4), st.integers(0, 8))
def test_wants__any_crowd__never_passes_the_most_and_always_the_overlap(drawn, first, step, room):
    case, _ = drawn
    counts = np.diff(case.answers.starts)

    more = wants(case.answers, case.scores, case.possible, first, step, first + room)

    assert (more >= 0).all()
    assert (counts + more >= np.minimum(first, first + room)).all()
    assert ((more == 0) | (counts + more <= first + room)).all()
