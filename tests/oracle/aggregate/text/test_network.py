"""Word transition networks hold every answer whole and align what belongs together."""

import numpy as np
import pytest
from hypothesis import given

from oracle.aggregate.text.network import EMPTY, build_networks, table_of
from oracle.aggregate.text.parsing import TextAnswers, parse
from tests.oracle.aggregate.text.crowds import CROWDS, answered, frame_from

pytestmark = pytest.mark.unit


def slots(answers: TextAnswers, item: int = 0) -> list[list[str]]:
    """The words of each slot, "" where an answer has none."""
    networks = build_networks(answers.texts, 600, 300)
    return [
        ["" if cell == EMPTY else answers.vocabulary[answers.texts.words[cell]] for cell in cells]
        for cells in table_of(answers.texts, networks, item).tolist()
    ]


def test_build_networks__answers_that_differ__align_word_by_word():
    table = slots(parse(answered("the cat sat", "the sat", "the fat cat sat", "the cat sat")))

    assert table == [
        ["the"] * 4,
        ["", "", "fat", ""],
        ["cat", "cat", "cat", ""],
        ["sat"] * 4,
    ]


def test_build_networks__words_spelled_alike__share_a_slot():
    table = slots(parse(answered("so grieved was he", "so greeved he", "so greeved he")))

    assert table[1] == ["greeved", "greeved", "grieved"]
    assert table[2] == ["", "", "was"]


@given(CROWDS)
def test_build_networks__any_crowd__keeps_every_answer_whole(rows):
    answers = parse(frame_from(rows))
    texts = answers.texts

    networks = build_networks(texts, 600, 300)

    for item in range(len(answers.frame.items)):
        table = table_of(texts, networks, item)
        first, end = texts.item_starts[item : item + 2]
        assert sorted(networks.rows[first:end].tolist()) == list(range(first, end))
        for column, row in enumerate(networks.rows[first:end].tolist()):
            cells = table[:, column]
            start = texts.word_starts[texts.answers[row]]
            whole = np.arange(start, start + texts.lengths[row])
            assert cells[cells != EMPTY].tolist() == whole.tolist()


def test_build_networks__many_cells__outgrow_the_first_guess():
    """Answers without a word in common after an anchor need slots of their own."""
    rows = [(f"item {n}", f"w{w}", "end " * w + "x") for n in range(40) for w in range(12)]
    answers = parse(frame_from(rows))

    networks = build_networks(answers.texts, 600, 300)

    assert networks.cells.size > 2 * answers.texts.words.size + 1024
    assert table_of(answers.texts, networks, 39).shape == (12, 12)
