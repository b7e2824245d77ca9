"""Boxes of a crowd from the frame to the outcome."""

import json
from random import Random

import pytest

from oracle.aggregate.boxes import BOXES, aggregate_boxes, explain_item, parse
from tests.oracle.aggregate.boxes.drawings import drawn_crowd, frame_from, text_of

pytestmark = pytest.mark.unit

RATES = {"w0": (0.9, 0.02), "w1": (0.8, 0.05), "w2": (0.8, 0.0), "spammer": (0.1, 0.6)}


def outcome_of(rows):
    return BOXES.outcome(frame_from(rows), BOXES.parameters)


def test_outcome__all_draw_the_same__is_that_box():
    outcome = outcome_of([("i", f"w{n}", text_of([0, 0, 10.5, 10])) for n in range(3)])

    assert outcome.answers == ['[{"box":[0,0,10.5,10],"label":"cell"}]']
    assert outcome.confidence_bps.tolist() > [8_000]
    assert min(outcome.skill_bps) > 8_000


def test_outcome__one_worker_one_item__is_the_box():
    assert outcome_of([("i", "w", text_of([0, 0, 1, 1]))]).answers == [
        '[{"box":[0,0,1,1],"label":"cell"}]'
    ]


def test_outcome__nothing_drawn_anywhere__is_empty_and_certain():
    outcome = outcome_of([("i", "w0", "[]"), ("i", "w1", "[]")])

    assert outcome.answers == ["[]"]
    assert outcome.confidence_bps.tolist() == [10_000]
    assert outcome.skill_bps.tolist() == [0, 0]


def test_outcome__spammer__is_outvoted_and_known():
    rows = drawn_crowd(5, 60, RATES)
    frame = frame_from(rows)

    outcome = BOXES.outcome(frame, BOXES.parameters)

    skill = dict(zip(frame.workers, outcome.skill_bps.tolist(), strict=True))
    given = [box["box"][0] for answer in outcome.answers for box in json.loads(answer)]
    assert skill["spammer"] < 4_000 < 8_000 < min(skill["w0"], skill["w1"], skill["w2"])
    assert sum(left > 2_300 for left in given) < len(given) // 20


def test_outcome__rows_in_any_order__are_the_same_bytes():
    rows = drawn_crowd(6, 8, RATES)
    shuffled = Random(1).sample(rows, len(rows))

    first, second = outcome_of(rows), outcome_of(shuffled)

    assert first.answers == second.answers
    assert first.confidence_bps.tolist() == second.confidence_bps.tolist()
    assert first.skill_bps.tolist() == second.skill_bps.tolist()


def test_outcome__one_list_per_worker__is_the_same_as_one_row_per_box():
    rows = drawn_crowd(7, 6, RATES)
    pairs = sorted({(item, worker) for item, worker, _ in rows})
    lists = [
        (item, worker, f"[{','.join(text for i, w, text in rows if (i, w) == (item, worker))}]")
        for item, worker in pairs
    ]

    assert outcome_of(lists).answers == outcome_of(rows).answers


def test_aggregate_boxes__confidence__is_mean_of_the_given_boxes():
    answers = parse(frame_from(drawn_crowd(8, 10, RATES)))

    result = aggregate_boxes(answers, BOXES.parameters)

    own = [each.confidence_bps for each in result.given(0)]
    assert len(own) > 1
    assert result.confidence_bps[0] == sum(own) // len(own)
    assert all(each.confidence_bps >= result.least_bps for each in result.given(0))


def test_explain_item__box_of_two_of_three__names_votes_and_who_saw_nothing():
    rows = [("i", "w0", text_of([0, 0, 10, 10])), ("i", "w1", text_of([0, 0, 10, 12], "dot"))]
    answers = parse(frame_from([*rows, ("i", "w2", "[]")]))
    result = aggregate_boxes(answers, BOXES.parameters)

    (reason,) = explain_item(answers, result, 0)

    assert [vote.worker for vote in reason.votes] == [0, 1]
    assert [vote.weight_bps for vote in reason.votes] == [5_000, 5_000]
    assert reason.against == (2,)
    assert set(reason.label_bps) == {"cell", "dot"}
    assert reason.is_given is (reason.confidence_bps >= reason.least_bps)
