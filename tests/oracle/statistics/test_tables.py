"""Confusion, hardest items and overlap on a crowd small enough to count by hand."""

from fractions import Fraction

import numpy as np
import pytest

from oracle.aggregate import UNIT
from oracle.aggregate.choice import UNKNOWN, LocalCrowd
from oracle.statistics import confusion_of, hardest_items, overlap_of
from tests.oracle.crowds import answers_of, run

pytestmark = pytest.mark.unit

ROWS = [(0, 0, 0), (0, 1, 0), (0, 2, 1), (1, 0, 1), (1, 1, 1), (2, 3, 1)]
ANSWERS = answers_of(ROWS, 4, 2, [UNIT] * 4)


def test_confusion_of__known_truths__counts_answers_by_truth():
    truths = np.array([0, 1, 0, UNKNOWN])

    careful, careless = (confusion_of(LocalCrowd(ANSWERS), truths, worker) for worker in (0, 3))

    assert careful.counts.tolist() == [[1, 0], [0, 1]]
    assert (careful.right, careful.answered) == (2, 2)
    assert (careless.right, careless.answered) == (0, 1)


def test_confusion_of__unknown_truth__is_left_out():
    nothing = np.full(4, UNKNOWN)

    assert confusion_of(LocalCrowd(ANSWERS), nothing, 0).answered == 0


def test_hardest_items__least_confidence__comes_first():
    hard = hardest_items(ANSWERS, run("majority", ANSWERS), 2)

    assert [each.item for each in hard] == [0, 1]
    assert hard[0].votes == ((0, 2), (1, 1))
    assert hard[0].confidence_bps == 6_666


def test_hardest_items__item_without_answers__is_not_listed():
    assert 3 not in {each.item for each in hardest_items(ANSWERS, run("majority", ANSWERS), 9)}


def test_overlap_of__small_crowd__counts_by_item_and_worker():
    found = overlap_of(ANSWERS)

    assert found.items_by_answers == (1, 1, 1, 1)
    assert (found.fewest_by_worker, found.most_by_worker) == (1, 2)
    assert found.alone == 1
    assert found.mean == Fraction(6, 4)


def test_overlap_of__nothing__is_nothing():
    found = overlap_of(answers_of([], 0, 2, []))

    assert (found.items_by_answers, found.alone, found.mean) == ((), 0, 0)
