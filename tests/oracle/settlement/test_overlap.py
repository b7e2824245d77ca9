"""Weights of the rule alone, and the leads by which items ask for more answers."""

import numpy as np
import pytest

from oracle.integers import UNIT
from oracle.settlement import WEIGHT_UNIT, leads, weigh

from .crowds import case_of

pytestmark = pytest.mark.unit


def test_weigh__newcomers_without_audits__have_a_quarter_of_a_seat_before_the_crowd_speaks():
    alone = case_of(["0.", ".1"], weights=[UNIT, 2 * UNIT])

    found = weigh(alone.answers, alone.scores, alone.possible)

    assert found.tolist() == [WEIGHT_UNIT // 4, WEIGHT_UNIT // 2]


def test_weigh__history__raises_and_lowers_the_weight():
    case = case_of(["0..", ".0.", "..1"], history=[(8 * UNIT, 8 * UNIT), (0, 0), (-UNIT, UNIT)])

    good, new, bad = weigh(case.answers, case.scores, case.possible).tolist()

    assert good > new > bad == 0


def test_weigh__any_task__equals_the_weights_of_its_settlement():
    case = case_of(["0011", "1101", "0000", "1110"], {0: 0, 2: 0})

    found = weigh(case.answers, case.scores, case.possible).tolist()

    assert found == [account.weight for account in case.settle().accounts]


@pytest.mark.parametrize(
    ("row", "lead"), [("...", 0), ("0..", 3), ("01.", 1), ("..1", 2), ("0.1", 1), ("010", 3)]
)
def test_leads__of_one_item__is_the_first_label_less_the_second(row, lead):
    case = case_of([row])
    weights = np.array([3, 2, 2], dtype=np.int64)

    assert leads(case.answers, weights).tolist() == [lead]


def test_leads__several_labels__looks_at_two():
    case = case_of(["0112220", "0123333"], label_count=4)
    weights = np.full(7, WEIGHT_UNIT, dtype=np.int64)

    assert leads(case.answers, weights).tolist() == [WEIGHT_UNIT, 3 * WEIGHT_UNIT]


def test_leads__labels_without_weight__is_nothing():
    case = case_of(["0011"])

    assert leads(case.answers, np.zeros(4, dtype=np.int64)).tolist() == [0]
