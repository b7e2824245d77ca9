"""The robust consensus sees through bias, flat answers, carelessness and wild answers."""

import numpy as np
import pytest

from .tables import METHODS, answers_of, error_of, outcome_of, run, shared_numbers, synthetic

pytestmark = pytest.mark.unit

EVEN = [1.0] * 6
LEVEL = [0.0] * 6


@pytest.mark.parametrize(
    ("situation", "share"),
    [
        (([4, 4, 4, 30, 30, 30], EVEN, LEVEL), 0.7),
        (([6] * 6, [1, 1, 1, 1, 0, 0], LEVEL), 0.85),
    ],
)
def test_robust_consensus__of_careless_or_flat_workers__beats_both_baselines(situation, share):
    answers, truths = synthetic(*situation)

    errors = {name: error_of(run(name, answers), truths) for name in METHODS}

    assert errors["robust_consensus"] < share * min(errors["mean"], errors["median"])


def test_robust_consensus__of_biased_workers_on_few_items_each__takes_the_bias_off():
    chance = np.random.default_rng(3)
    truths, biases = chance.normal(500, 200, 300), chance.normal(0, 150, 30)
    items = [
        [
            (worker, round(truth + biases[worker] + chance.normal(0, 50)))
            for worker in chance.choice(30, 4, replace=False).tolist()
        ]
        for truth in truths
    ]
    answers = answers_of(items)

    errors = {name: error_of(run(name, answers), truths) for name in METHODS}

    assert errors["robust_consensus"] < 0.75 * min(errors["mean"], errors["median"])


def test_robust_consensus__with_slips_by_a_factor_of_a_million__stays_with_the_median():
    answers, truths = synthetic([8] * 6, EVEN, LEVEL)
    answers.values[::19] *= 10**6

    errors = {name: error_of(run(name, answers), truths) for name in METHODS}

    assert errors["mean"] > 10**5
    assert errors["robust_consensus"] < 1.1 * errors["median"]


def test_robust_consensus__of_equal_workers__costs_little_against_the_mean():
    answers, truths = synthetic([15] * 6, EVEN, LEVEL)

    errors = {name: error_of(run(name, answers), truths) for name in METHODS}

    assert errors["robust_consensus"] < 1.06 * errors["mean"]


def test_robust_consensus__of_a_unanimous_item__is_what_all_said():
    answers, _ = synthetic([9] * 6, EVEN, [-9.0, 9.0, 4.0, -4.0, 0.0, 0.0])
    answers.values[:6] = 1234

    result = run("robust_consensus", answers)

    assert result.values[0] == 1_234_000


@pytest.mark.parametrize(
    "items",
    [
        [[(0, 5)]],
        [[(0, 5), (0, 7)]],
        [[(0, 1)], [(0, 2)], [(0, 10**15)]],
        [[(0, 10**15), (1, -(10**15))], [(1, 10**15), (0, -(10**15))]],
        [[(0, 0), (1, 0)], [(2, 0), (3, 0)]],
    ],
)
def test_robust_consensus__of_degenerate_crowds__stays_within_the_answers(items):
    result = run("robust_consensus", answers_of(items))

    for value, item in zip(result.values.tolist(), items, strict=True):
        said = [answer * 1000 for _, answer in item]
        assert min(said) <= value <= max(said)


@pytest.mark.parametrize("name", ["n_emotion", "groceries", "coins", "snow_valence"])
def test_robust_consensus__of_a_real_crowd__is_at_most_as_wrong_as_either_baseline(name):
    frame, truths = shared_numbers(name)

    errors = {}
    for method in METHODS:
        answers, _, _ = outcome_of(method, frame)
        errors[method] = np.mean(np.abs(np.array(answers, dtype=float) - truths))

    assert errors["robust_consensus"] <= min(errors["mean"], errors["median"])
