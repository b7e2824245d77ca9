"""Boxes as text: what is read, what is refused, and what is written."""

import pytest

from oracle.aggregate.boxes import parse
from oracle.aggregate.boxes.parsing import write_boxes, write_number
from oracle.errors import CrowdFileRefused
from tests.oracle.aggregate.boxes.drawings import frame_from, text_of

pytestmark = pytest.mark.unit


def test_parse__decimals__are_exact_thousandths():
    answers = parse(frame_from([("i", "w", '{"box":[0.1,2,3.0005,4.0015],"label":"c"}')]))

    (box,) = answers.boxes[0]
    assert box.corners == (100, 2_000, 3_000, 4_002)
    assert answers.labels == ["c"]


def test_parse__list_of_boxes__is_each_of_them():
    text = f"[{text_of([0, 0, 1, 1], 'b')}, {text_of([2, 2, 3, 3], 'a')}]"

    answers = parse(frame_from([("i", "w", text)]))

    assert [answers.labels[box.label] for box in answers.boxes[0]] == ["b", "a"]


def test_parse__empty_list__is_a_look_without_a_box():
    answers = parse(frame_from([("i", "w0", "[]"), ("i", "w1", text_of([0, 0, 1, 1]))]))

    assert answers.viewers == ((0, 1),)
    assert [box.worker for box in answers.boxes[0]] == [1]


def test_parse__same_box_twice_by_one_worker__counts_once():
    row = ("i", "w", text_of([0, 0, 1, 1]))

    assert parse(frame_from([row, row])).box_count == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nonsense", "it is not JSON (Expecting value: line 1 column 1 (char 0))"),
        ("7", 'write {"box":[x0,y0,x1,y1],"label":"..."} or a list of such'),
        ('{"box":[0,0,1,1]}', 'write {"box":[x0,y0,x1,y1],"label":"..."} or a list of such'),
        ('{"box":[0,0,1],"label":"c"}', "its box must be a list of four numbers: x and y of"),
        ('{"box":[0,0,1,"1"],"label":"c"}', "each of its coordinates must be a number"),
        ('{"box":[0,0,1,true],"label":"c"}', "each of its coordinates must be a number"),
        ('{"box":[0,0,1,NaN],"label":"c"}', "NaN is not a number"),
        ('{"box":[0,0,1,Infinity],"label":"c"}', "Infinity is not a number"),
        ('{"box":[0,0,1,1e999999],"label":"c"}', "a coordinate lies beyond 10000000 pixels"),
        ('{"box":[0,0,1,1e' + "9" * 30 + '],"label":"c"}', "one of its numbers is beyond read"),
        ('{"box":[0,0,1,' + "9" * 5_000 + '],"label":"c"}', "a coordinate lies beyond 10000000"),
        ("[" * 1_000, "its brackets are nested deeper than 100"),
        ('{"box":[0,0,1,1],"label":""}', "its label must be a text that is not empty"),
        ('{"box":[0,0,1,1],"label":"\\ud800"}', "its label must be a text that is not empty"),
        ('{"box":[0,0,0,1],"label":"c"}', "it has no area: its corners must differ in both d"),
        ('{"box":[3,3,3,0],"label":"c"}', "it has no area: its corners must differ in both d"),
        ('{"box":[0,0,0.0001,1],"label":"c"}', "it has no area: its corners must differ in bo"),
    ],
)
def test_parse__no_box__is_refused_with_item_worker_and_answer(text, reason):
    frame = frame_from([("good", "w0", text_of([0, 0, 1, 1])), ("bad", "w1", text)])

    with pytest.raises(CrowdFileRefused) as refused:
        parse(frame)

    start = f"boxes.csv: answer {text[:200]!r} of worker 'w1' to item 'bad' is not a box: {reason}"
    assert str(refused.value).startswith(start)


def test_parse__corners_in_another_order__are_the_same_box():
    frame = frame_from([("i", "w0", text_of([3, 4, 1, 2])), ("i", "w1", text_of([1, 2, 3, 4]))])

    first, second = parse(frame).boxes[0]

    assert first.corners == second.corners == (1_000, 2_000, 3_000, 4_000)


def test_write_boxes__several__are_sorted_without_spaces():
    text = write_boxes([((2_000, 0, 3_000, 1_500), "b"), ((-500, 0, 1_001, 1_010), 'é"')])

    assert text == ('[{"box":[-0.5,0,1.001,1.01],"label":"é\\""},{"box":[2,0,3,1.5],"label":"b"}]')


@pytest.mark.parametrize(
    ("thousandths", "text"), [(0, "0"), (-1, "-0.001"), (10_000, "10"), (120_340, "120.34")]
)
def test_write_number__thousandths__is_the_shortest_decimal(thousandths, text):
    assert write_number(thousandths) == text
