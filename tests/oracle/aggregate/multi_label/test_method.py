"""Sets of labels decided one label at a time."""

import json
from random import Random

import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.choice.anchored import ANCHORED
from oracle.aggregate.choice.majority import MAJORITY
from oracle.aggregate.multi_label import (
    MULTI_LABEL,
    aggregate_multi_label,
    ask_each_label,
    explain_item,
    multi_label_method,
    parse,
)
from oracle.frames import frame_of

pytestmark = pytest.mark.unit

BY_MAJORITY = multi_label_method(MAJORITY)
VOCABULARY = "abcde"


def frame_from(rows):
    return frame_of(*map(list, zip(*rows, strict=True)))


def outcome_of(rows, method=BY_MAJORITY):
    return method.outcome(frame_from(rows), method.parameters)


def synthetic_crowd(seed, accuracies, items=40):
    """Return each item's true set and rows whose yes and no are right as often as `accuracies`."""
    random = Random(seed)
    truth = [{label for label in VOCABULARY if random.random() < 0.4} for _ in range(items)]
    rows = [
        (
            f"i{item:03}",
            worker,
            json.dumps(
                [label for label in VOCABULARY if (label in own) is (random.random() < accuracy)]
            ),
        )
        for item, own in enumerate(truth)
        for worker, accuracy in accuracies.items()
    ]
    return truth, rows


def test_outcome__majority__takes_each_label_that_most_name():
    outcome = outcome_of([("i", "w0", "b|a"), ("i", "w1", '["a","c"]'), ("i", "w2", '["b"]')])

    assert outcome.answers == ['["a","b"]']
    assert outcome.confidence_bps.tolist() == [6_666]


def test_outcome__labels_of_unlike_certainty__is_as_sure_as_the_least():
    rows = [("i", "w0", "a|b"), ("i", "w1", "a|b"), ("i", "w2", "a|b"), ("i", "w3", "a")]

    outcome = outcome_of(rows)

    assert outcome.answers == ['["a","b"]']
    assert outcome.confidence_bps.tolist() == [7_500]


def test_outcome__most_name_nothing__is_the_empty_set():
    outcome = outcome_of([("i", "w0", "[]"), ("i", "w1", "[]"), ("i", "w2", "a")])

    assert outcome.answers == ["[]"]


def test_outcome__nobody_names_anything__is_empty_and_certain():
    outcome = outcome_of([("i", "w0", "[]"), ("j", "w1", "[]")])

    assert outcome.answers == ["[]", "[]"]
    assert outcome.confidence_bps.tolist() == [10_000, 10_000]
    assert outcome.skill_bps.tolist() == [10_000, 10_000]


def test_outcome__one_worker_one_item__is_their_answer():
    assert outcome_of([("i", "w", "b|a")], MULTI_LABEL).answers == ['["a","b"]']


def test_outcome__dawid_skene__finds_what_two_good_of_five_say():
    accuracies = {"good0": 0.97, "good1": 0.97, "poor0": 0.6, "poor1": 0.6, "poor2": 0.6}
    truth, rows = synthetic_crowd(4, accuracies)

    by_skill, by_votes = outcome_of(rows, MULTI_LABEL), outcome_of(rows)

    def right(outcome):
        return sum(set(json.loads(a)) == own for a, own in zip(outcome.answers, truth, strict=True))

    assert right(by_skill) >= right(by_votes) + 5
    assert by_skill.skill_bps[:2].min() > 9_000 > by_skill.skill_bps[2:].max()


def test_outcome__rows_in_any_order__are_the_same_bytes():
    _, rows = synthetic_crowd(5, {"w0": 0.9, "w1": 0.8, "w2": 0.7}, 10)

    first = outcome_of(rows, MULTI_LABEL)
    second = outcome_of(Random(1).sample(rows, len(rows)), MULTI_LABEL)

    assert first.answers == second.answers
    assert first.confidence_bps.tolist() == second.confidence_bps.tolist()


def test_multi_label_method__any_choice__carries_its_name_and_parameters():
    assert MULTI_LABEL.name == "multi_label_anchored"
    assert MULTI_LABEL.version == f"1.{ANCHORED.version}"
    assert MULTI_LABEL.parameters == ANCHORED.parameters


SETS = st.sets(st.sampled_from(VOCABULARY)).map(lambda own: json.dumps(sorted(own)))
ROWS = st.lists(st.tuples(st.sampled_from("ij"), st.sampled_from("uvw"), SETS), min_size=1)


@given(rows=ROWS)
def test_ask_each_label__any_rows__asks_every_row_of_the_item_about_every_label(rows):
    frame = frame_from(rows)
    answers = parse(frame)

    choices = ask_each_label(answers)

    count = len(answers.labels)
    assert choices.item_count == answers.item_count * count
    for question in range(choices.item_count):
        item, label = frame.items[question // count], answers.labels[question % count]
        workers, said = choices.of_item(question)
        expected = sorted((w, int(label in json.loads(text))) for i, w, text in rows if i == item)
        found = [
            (frame.workers[w], s) for w, s in zip(workers.tolist(), said.tolist(), strict=True)
        ]
        assert sorted(found) == expected


def test_explain_item__labels_named__are_explained_and_no_others():
    frame = frame_from([("i", "w0", "a"), ("i", "w1", "a|b"), ("j", "w0", "c")])
    answers = parse(frame)
    result = aggregate_multi_label(answers, MAJORITY, MAJORITY.parameters)

    reasons = explain_item(answers, result, 0)

    assert sorted(reasons) == ["a", "b"]
    assert reasons["a"].label == 1
    assert sorted((reason.worker, reason.label) for reason in reasons["b"].reasons) == [
        (0, 0),
        (1, 1),
    ]


def test_explain_item__nobody_named_anything__is_empty():
    answers = parse(frame_from([("i", "w0", "[]")]))
    result = aggregate_multi_label(answers, MAJORITY, MAJORITY.parameters)

    assert explain_item(answers, result, 0) == {}
