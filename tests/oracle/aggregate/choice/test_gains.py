"""Beliefs from gains: labels that nobody named count, and every tie is noticed."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.choice.gains import NOBODY, believe, board_of, prior_of, wipe
from oracle.aggregate.choice.logistic import SURE
from oracle.integers import ONE

pytestmark = pytest.mark.unit


def ask(
    labels: Sequence[int], gains: Sequence[int], counts: Sequence[int]
) -> tuple[int, int, bool, list[int]]:
    board = board_of(len(counts))
    named = np.array(labels, dtype=np.int32)
    prior = prior_of(np.array(counts, dtype=np.int64))
    best, belief, is_tied = believe(named, np.array(gains, dtype=np.int64), prior, board)
    return best, belief, bool(is_tied), [int(board.scores[label]) for label in labels]


def test_believe__one_answer_of_one_bit__is_twice_as_likely_as_another_label():
    best, belief, is_tied, named = ask([1], [ONE], [1, 1, 1])

    assert (best, is_tied) == (1, False)
    assert abs(belief - SURE // 2) <= 2
    assert named == [belief]


def test_believe__answer_that_speaks_against_itself__leaves_the_other_of_two():
    best, belief, is_tied, named = ask([0], [-ONE], [1, 1])

    assert (best, is_tied) == (1, False)
    assert abs(belief - 2 * SURE // 3) <= 2
    assert abs(named[0] - SURE // 3) <= 2


def test_believe__two_labels_that_nobody_named_are_best__says_that_they_tie():
    assert ask([0], [-ONE], [1, 1, 1])[2]


def test_believe__unlikely_label_that_nobody_named__is_not_best():
    assert ask([0], [-ONE], [1_000, 1])[:1] == (0,)


def test_believe__commonest_of_the_labels_that_nobody_named__is_best():
    best, _, is_tied, _ = ask([2], [-20 * ONE], [2, 8, 8_000])

    assert (best, is_tied) == (1, False)


def test_believe__label_without_a_rival__is_certain():
    assert ask([0, 0], [0, ONE], [5])[:3] == (0, SURE, False)


gains = st.integers(-(1 << 30), 1 << 30)


@given(st.lists(st.tuples(st.integers(0, 4), gains), min_size=1, max_size=12), st.data())
def test_believe__any_answers__agrees_with_a_sum_over_all_labels(answers, draw):
    counts = draw.draw(st.lists(st.integers(1, 10**6), min_size=5, max_size=5))
    prior = prior_of(np.array(counts, dtype=np.int64))
    scores = prior.logs.tolist()
    for label, gain in answers:
        scores[label] += gain
    highest = max(scores)

    named, gained = zip(*answers, strict=True)
    best, belief, is_tied, _ = ask(named, gained, counts)

    expected = 1 / sum(2.0 ** ((score - highest) / ONE) for score in scores)
    assert scores[best] == highest
    assert is_tied == (scores.count(highest) > 1)
    assert belief / SURE == pytest.approx(expected, rel=1e-4)


def test_wipe__after_an_item__leaves_an_empty_board():
    board = board_of(3)
    labels = np.array([2, 0], dtype=np.int32)
    believe(labels, np.zeros(2, dtype=np.int64), prior_of(np.ones(3, dtype=np.int64)), board)

    wipe(labels, board)

    assert board.scores.tolist() == [NOBODY] * 3
