"""Rows become counted comparisons, or are refused by name."""

import random
from itertools import pairwise

import pytest

from oracle.aggregate.pairwise import parse
from oracle.errors import CrowdFileRefused
from oracle.frames import frame_of
from tests.oracle.aggregate.pairwise.comparison_crowds import comparisons_of, crowd

pytestmark = pytest.mark.unit


def test_parse__of_repeats_and_swapped_sides__counts_one_entry_per_worker_and_pair():
    rows = [("w", "b", "a", "a"), ("w", "a", "b", "a"), ("w", "a", "b", "b"), ("v", "a", "c", "c")]

    found = comparisons_of(rows)

    assert list(found.objects) == ["a", "b", "c"]
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0], [1, 2])
    assert (found.workers.tolist(), found.pairs.tolist()) == ([0, 1], [1, 0])
    assert (found.wins.tolist(), found.counts.tolist()) == ([0, 2], [1, 3])
    assert found.losses.tolist() == [1, 1]


def test_parse__of_rows_in_another_order__is_the_same():
    rows = crowd(seed=1, objects=6, rows=80, workers=5, guessers=1)
    shuffled = random.Random(2).sample(rows, len(rows))

    first, second = comparisons_of(rows), comparisons_of(shuffled)

    assert first.wins.tolist() == second.wins.tolist()
    assert first.workers.tolist() == second.workers.tolist()


def test_parse__of_an_answer_that_is_neither_object__names_it():
    with pytest.raises(CrowdFileRefused) as refusal:
        comparisons_of([("w", "a", "b", "a"), ("v", "a", "b", "c")])

    assert str(refusal.value) == (
        "table: answer 'c' of worker 'v' to item 'a|b' is neither 'a' nor 'b': "
        "name the object that wins"
    )


def test_parse__of_an_object_from_another_pair__is_refused():
    with pytest.raises(CrowdFileRefused, match="is neither 'a' nor 'b'"):
        comparisons_of([("w", "a", "b", "d"), ("w", "c", "d", "c")])


def test_parse__of_an_object_against_itself__is_refused():
    with pytest.raises(CrowdFileRefused) as refusal:
        comparisons_of([("w", "a", "a", "a")])

    assert str(refusal.value) == (
        "table: item 'a|a' compares 'a' with itself: give two objects, or leave the row out"
    )


def test_parse__without_the_column_right__is_refused():
    frame = frame_of(["i"], ["w"], ["a"], {"left": ["a"]})

    with pytest.raises(CrowdFileRefused) as refusal:
        parse(frame)

    assert str(refusal.value) == (
        "table has no column 'right': a comparison needs the columns worker, left, right and answer"
    )


def test_parse__of_adversarial_names__keeps_them():
    names = ["\u202ex", " ", "a|b", "\U0001f600", "x" * 1_000_000]
    rows = [("w", first, second, second) for first, second in pairwise(names)]

    assert list(comparisons_of(rows).objects) == sorted(names)
