"""An item's estimate can be taken apart into what each answer counted."""

import pytest

from oracle.aggregate.numbers import explain_item

from .tables import answers_of, run, synthetic

pytestmark = pytest.mark.unit


def test_explain_item__of_the_mean__gives_every_answer_the_same():
    answers = answers_of([[(0, 10), (1, 25)], [(1, 4)]], decimals=1)

    influences = explain_item(answers, run("mean", answers), 0)

    assert [one.answer for one in influences] == ["1", "2.5"]
    assert [one.counted_as for one in influences] == ["1", "2.5"]
    assert [one.weight_bps for one in influences] == [5000, 5000]


def test_explain_item__of_the_median__gives_the_middle_answers_all():
    answers = answers_of([[(0, 10), (1, 30), (2, 20), (3, 90)]])

    influences = explain_item(answers, run("median", answers), 0)

    assert [one.weight_bps for one in influences] == [0, 5000, 5000, 0]


def test_explain_item__of_a_biased_worker__says_the_bias_and_takes_it_off():
    answers, _ = synthetic([4] * 4, [1] * 4, [0, 0, 0, 20], items=80)

    biased = explain_item(answers, run("robust_consensus", answers), 0)[3]

    assert (biased.worker, float(biased.bias) > 10) == (3, True)
    assert float(biased.counted_as) < float(biased.answer) - 5


def test_explain_item__of_a_careless_worker__gives_least_weight():
    answers, _ = synthetic([4, 4, 4, 30], [1] * 4, [0] * 4)

    influences = explain_item(answers, run("robust_consensus", answers), 0)

    assert min(influences, key=lambda one: one.weight_bps).worker == 3
