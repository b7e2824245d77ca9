"""The reasons that are given add up to what decided."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from oracle.aggregate import METHODS, UNIT, AnswerKind
from oracle.aggregate.choice import UNKNOWN, explain, let_known_stand
from tests.oracle.crowds import answers_of, run, synthetic_crowd

pytestmark = pytest.mark.unit

CHOICES = sorted(name for name in METHODS if METHODS[name].kind is AnswerKind.CHOICE)
TWO_TO_ONE = answers_of([(0, 0, 1), (0, 1, 1), (0, 2, 0)], 1, 2, [UNIT] * 3)


@pytest.mark.parametrize("name", CHOICES)
def test_explain__any_method__weights_and_prior_add_up_to_the_lead(name):
    answers = synthetic_crowd(60, 5, 3, [0.9] * 6 + [0.3] * 6).answers
    result = run(name, answers)

    for item in range(60):
        found = explain(answers, result, item)

        assert found.prior + sum(each.weight for each in found.reasons) == found.lead
        assert found.lead >= 0
        assert len(found.reasons) == 5


def test_explain__majority__names_votes_for_and_against():
    found = explain(TWO_TO_ONE, run("majority", TWO_TO_ONE), 0)

    assert (found.label, found.runner_up, found.lead, found.unit) == (1, 0, 1, "votes")
    assert [(each.worker, each.weight) for each in found.reasons] == [(0, 1), (1, 1), (2, -1)]


def test_explain__exact_tie__has_no_lead():
    answers = answers_of([(0, 0, 1), (0, 1, 0)], 1, 2, [UNIT] * 2)

    assert explain(answers, run("majority", answers), 0).lead == 0


def test_explain__only_label__has_no_runner_up():
    answers = answers_of([(0, 0, 0)], 1, 1, [UNIT])

    found = explain(answers, run("majority", answers), 0)

    assert (found.runner_up, found.lead) == (UNKNOWN, 1)


def test_explain__audited_item__says_that_the_audit_decides():
    audited = replace(TWO_TO_ONE, known=np.zeros(1, dtype=np.int32))

    found = explain(audited, let_known_stand(audited, run("majority", audited)), 0)

    assert (found.is_known, found.label, found.confidence_bps) == (True, 0, 10_000)
    assert found.lead == Fraction(-1)
