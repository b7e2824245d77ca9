"""Confidence grows with agreement and with the number of answers, and is a probability."""

import numpy as np
import pytest

from .tables import METHODS, answers_of, run, synthetic

pytestmark = pytest.mark.unit

NAMES = sorted(METHODS)


@pytest.mark.parametrize("name", NAMES)
def test_confidence__of_more_answers__is_higher(name):
    spread = [-20, 20, -10, 10]
    few = [(worker, 500 + shift) for worker, shift in enumerate(spread)]
    many = [(worker, 500 + spread[worker % 4]) for worker in range(40)]

    result = run(name, answers_of([few, many]))

    assert result.confidence_bps[0] + 600 < result.confidence_bps[1]


@pytest.mark.parametrize("name", NAMES)
def test_confidence__of_closer_answers__is_higher(name):
    wide = [(0, 100), (1, 200), (2, 300), (3, 400)]
    close = [(0, 240), (1, 250), (2, 250), (3, 260)]

    result = run(name, answers_of([wide, close]))

    assert result.confidence_bps[0] < result.confidence_bps[1]


@pytest.mark.parametrize("name", NAMES)
def test_confidence__where_all_agree__is_full(name):
    result = run(name, answers_of([[(0, 7), (1, 7)], [(0, 9), (1, 9)], [(0, 3)]]))

    assert result.values.tolist() == [7000, 9000, 3000]
    assert result.confidence_bps.tolist() == [10_000] * 3
    assert result.skill_bps.tolist() == [10_000] * 2


@pytest.mark.parametrize("name", NAMES)
def test_confidence__where_no_answers_meet__is_none(name):
    result = run(name, answers_of([[(0, 7)], [(1, 9)]]))

    assert result.values.tolist() == [7000, 9000]
    assert result.confidence_bps.tolist() == [0, 0]
    assert result.skill_bps.tolist() == [0, 0]


def test_confidence__without_tolerance__is_the_share_that_agrees():
    same = [[(worker, 5) for worker in range(10)] for _ in range(9)]
    one_off = [(worker, 5 if worker else 8) for worker in range(10)]

    result = run("median", answers_of([*same, one_off]))

    assert result.tolerance == 0
    assert result.confidence_bps.tolist() == [10_000] * 9 + [9_000]


def test_skill__of_a_careless_worker__is_lowest():
    answers, _ = synthetic([5, 5, 5, 5, 40], [1] * 5, [0] * 5)

    result = run("robust_consensus", answers)

    assert int(np.argmin(result.skill_bps)) == 4
