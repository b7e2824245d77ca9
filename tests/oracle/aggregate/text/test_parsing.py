"""Answers that are too long: one is cut, most of an item's are refused."""

import numpy as np
import pytest

from oracle.aggregate.text.parsing import MAX_ITEM_WORDS, parse
from oracle.errors import CrowdFileRefused
from tests.oracle.aggregate.text.crowds import METHODS, answered, frame_from, run, texts_of

pytestmark = pytest.mark.unit

MEGABYTE = "spam " * 200_000


def test_parse__equal_answers__are_read_once():
    parsed = parse(answered("A cat.", "A cat.", "a cat"))

    assert len(parsed.texts.words) == 4
    assert parsed.vocabulary == ["a", "cat"]
    assert parsed.texts.lengths.tolist() == [2, 2, 2]


def test_parse__one_answer_of_a_megabyte__is_cut_and_the_others_kept():
    parsed = parse(answered("the cat sat", MEGABYTE, "the cat sat"))

    lengths = sorted(parsed.texts.lengths.tolist())
    assert lengths == [3, 3, 13_108]


@pytest.mark.parametrize("name", METHODS)
def test_methods__one_answer_of_a_megabyte__follow_the_others(name):
    outcome = run(name, answered("The cat sat.", MEGABYTE, "the cat sat.", "The cat sat."))

    assert texts_of(outcome) == ["The cat sat."]


def test_parse__most_answers_of_a_megabyte__names_the_item():
    rows = [("good", "a", "cat"), ("bad", "a", MEGABYTE), ("bad", "b", MEGABYTE)]

    with pytest.raises(CrowdFileRefused) as refused:
        parse(frame_from(rows))

    assert str(refused.value) == (
        "table: the 2 answers to item 'bad' are too long to compare: 16384 words together and "
        "65536 characters each are taken; split the item"
    )


def test_parse__one_answer_far_longer_than_the_bound__is_cut_to_it():
    """The longest two of three share what the short one leaves."""
    long = "a " * 20_000

    parsed = parse(answered("one two", "three four", "five", long))

    assert int(np.sum(parsed.texts.lengths)) == MAX_ITEM_WORDS
    assert sorted(parsed.texts.lengths.tolist())[:3] == [1, 2, 2]


def test_parse__more_answers_than_the_bound__is_refused():
    rows = [("item", f"worker {place}", "a b") for place in range(MAX_ITEM_WORDS)]

    with pytest.raises(CrowdFileRefused, match="the 16384 answers to item 'item' are too long"):
        parse(frame_from(rows))
