"""GLAD on integers: abilities and difficulties are found, and real crowds reach their anchor."""

import numpy as np
import pytest

from oracle.aggregate import METHODS, UNIT
from oracle.aggregate.choice import LocalCrowd
from tests.oracle.crowds import answers_of, run, shared_crowd, synthetic_crowd

pytestmark = pytest.mark.unit


def test_glad__good_workers_outvoted_by_guessers__are_followed():
    crowd = synthetic_crowd(300, 5, 2, [0.95] * 4 + [0.0] * 6)

    glad = crowd.accuracy(run("glad", crowd.answers))

    assert glad > crowd.accuracy(run("majority", crowd.answers)) + 0.05


def test_glad__good_and_bad_workers__tells_their_skill():
    skills = run("glad", synthetic_crowd(300, 5, 4, [0.9] * 6 + [0.1] * 3).answers).skill_bps

    assert skills[:6].min() > 8_500
    assert skills[6:].max() < 5_000


def test_glad__disputed_item__is_less_sure_and_speaks_softer():
    rows = [(item, worker, 0) for item in range(20) for worker in range(7)]
    rows += [(20, worker, worker % 2) for worker in range(7)]

    result = run("glad", answers_of(rows, 21, 2, [UNIT] * 7))

    assert result.confidence_bps[20] < result.confidence_bps[0]
    assert result.scores_of(20).added.max() < result.scores_of(0).added.max()


def test_glad__worker_who_always_lies__speaks_against_the_own_label():
    truths = [item % 2 for item in range(40)]
    rows = [(i, w, t) for i, t in enumerate(truths) for w in range(4)]
    rows += [(i, 4, 1 - t) for i, t in enumerate(truths)]

    result = run("glad", answers_of([*rows, (40, 4, 0)], 41, 2, [UNIT] * 5))

    assert result.labels.tolist() == [*truths, 1]
    assert result.scores_of(40).added.tolist()[0][0] < 0


def test_glad__thousands_of_answers_on_one_item__stays_in_bounds():
    rows = [(0, worker, int(worker % 3 == 0)) for worker in range(3_000)]
    rows += [(item, worker, 0) for item in range(1, 60) for worker in range(60)]

    result = run("glad", answers_of(rows, 60, 2, [UNIT] * 3_000))

    assert result.labels.tolist() == [0] * 60
    assert result.confidence_bps.min() > 9_000


def test_glad__first_round__believes_as_worked_out_by_hand():
    answers = answers_of([(0, 0, 0), (0, 1, 0), (0, 2, 1)], 1, 3, [UNIT] * 3)

    parameters = {**METHODS["glad"].parameters, "iterations": 0}
    scores = METHODS["glad"].aggregate(LocalCrowd(answers), parameters).scores_of(0)

    bits = np.e * np.log2(np.e) + 1
    assert scores.total / scores.scale == pytest.approx([2 * bits, bits, 0], abs=1e-4)


@pytest.mark.parametrize(
    ("name", "crowd_kit"),
    [
        ("d_product", 0.928),
        ("snow_rte", 0.925),
        ("sp", 0.917),
        ("sp_amt", 0.946),
        ("zc_all", 0.830),
        ("zc_in", 0.772),
        ("zc_us", 0.879),
        ("dog", 0.834),
        ("face", 0.630),
        ("labelme", 0.775),
        ("reuters", 0.717),
        ("cf", 0.880),
        ("cf_amt", 0.853),
    ],
)
def test_glad__real_crowd__is_within_half_a_point_of_crowd_kit(name, crowd_kit):
    crowd = shared_crowd(name)

    assert abs(crowd.accuracy(run("glad", crowd.answers)) - crowd_kit) <= 0.005
