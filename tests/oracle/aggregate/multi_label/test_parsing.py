"""Sets of labels as text."""

import pytest

from oracle.aggregate.multi_label import parse
from oracle.aggregate.multi_label.answers import MAX_CHOICES, MAX_QUESTIONS, MultiLabelAnswers
from oracle.aggregate.multi_label.parsing import write_labels
from oracle.errors import AggregationRefused, CrowdFileRefused
from oracle.frames import frame_of

pytestmark = pytest.mark.unit


def sets_of(*texts):
    workers = [f"w{place}" for place in range(len(texts))]
    answers = parse(frame_of(["i"] * len(texts), workers, texts))
    sets = [set() for _ in texts]
    for row, label in zip(answers.named_by.tolist(), answers.named.tolist(), strict=True):
        sets[row].add(answers.labels[label])
    return sets


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ('["b", "a"]', {"a", "b"}),
        (" [] ", set()),
        ("b | a", {"a", "b"}),
        ("a|a", {"a"}),
        ('["a|b"]', {"a|b"}),
        ("red car", {"red car"}),
        ('["é\\n"]', {"é\n"}),
    ],
)
def test_parse__set_of_labels__is_read(text, labels):
    assert sets_of(text) == [labels]


def test_parse__several_answers__share_their_labels():
    assert sets_of("a|c", "[]", '["b","c"]') == [{"a", "c"}, set(), {"b", "c"}]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a||b", "each label must be a text that is not empty; write"),
        ('["a", ""]', "each label must be a text that is not empty; write"),
        ("[1]", "each label must be a text that is not empty; write"),
        ("[NaN]", "NaN is not a number"),
        ('["a"', "it is not JSON (Expecting ',' delimiter: line 1 column 5 (char 4))"),
        ("[" * 1_000, "its brackets are nested deeper than 100"),
    ],
)
def test_parse__no_set_of_labels__is_refused_with_item_worker_and_answer(text, reason):
    frame = frame_of(["good", "bad"], ["w0", "w1"], ["a", text], source="labels.csv")

    with pytest.raises(CrowdFileRefused) as refused:
        parse(frame)

    start = f"labels.csv: answer {text[:200]!r} of worker 'w1' to item 'bad' is not a set of labels"
    assert str(refused.value).startswith(f"{start}: {reason}")


def test_answers__more_choices_than_fit__are_refused():
    answers = parse(frame_of(["i"], ["w"], ["a"]))
    labels = range(MAX_CHOICES + 1)

    with pytest.raises(AggregationRefused, match="are 100000001 binary choices, 100000000 are"):
        MultiLabelAnswers(
            answers.starts, answers.workers, answers.named_by, answers.named, 1, labels
        )


def test_answers__more_questions_than_fit__are_refused():
    answers = parse(frame_of(["i"], ["w"], ["a"]))
    labels = range(MAX_QUESTIONS + 1)

    with pytest.raises(AggregationRefused, match="are 16777217 binary questions, 16777216 are"):
        MultiLabelAnswers(
            answers.starts, answers.workers, answers.named_by, answers.named, 1, labels
        )


def test_write_labels__any_order__is_one_text():
    assert write_labels(["é", "b"]) == write_labels(["b", "é"]) == '["b","é"]'
