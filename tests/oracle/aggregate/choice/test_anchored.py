"""anchored on integers: better than the vote, led by audits, and not to be fooled by a ring."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.accuracy.rings import KINDS, ring_crowd
from oracle.aggregate import UNIT
from oracle.aggregate.choice import UNKNOWN
from tests.oracle.crowds import answers_of, run, shared_crowd, synthetic_crowd

pytestmark = pytest.mark.unit

SKILLS_OF_THE_DEMO = [0.3 + 0.015 * step for step in range(40)] + [0.0] * 6
CROWDS = (
    "d_product snow_rte sp sp_amt zc_all zc_in zc_us dog face s_rel labelme reuters cf cf_amt "
    "quiz_chinese quiz_pokemon quiz_science sp_art sp_states"
)
BEST_MEAN_OF_CROWD_KIT = 0.8117
"""Dawid-Skene's on the first fourteen (ANCHORS)."""


def audited(answers, known):
    return replace(answers, known=np.array(known, dtype=np.int32))


@pytest.mark.parametrize("kind", KINDS)
def test_anchored__ring_of_four_in_ten__keeps_92_percent(kind):
    crowd = ring_crowd(kind, 0.4)

    result = run("anchored", crowd.answers)

    assert crowd.unaudited_accuracy(result.labels) >= 0.92
    assert result.skill_bps[crowd.is_ring].mean() < 1_500
    assert result.skill_bps[~crowd.is_ring].mean() > 4_500


@pytest.mark.parametrize("kind", KINDS)
def test_dawid_skene__same_ring__collapses(kind):
    crowd = ring_crowd(kind, 0.4)

    assert crowd.unaudited_accuracy(run("dawid_skene", crowd.answers).labels) < 0.75


def test_anchored__public_crowds__beats_every_mean_and_is_never_far_below_the_vote():
    ours, votes = [], []
    for crowd in map(shared_crowd, CROWDS.split()):
        ours.append(crowd.accuracy(run("anchored", crowd.answers)))
        votes.append(crowd.accuracy(run("majority", crowd.answers)))

    assert np.mean(ours[:14]) > BEST_MEAN_OF_CROWD_KIT + 0.01
    assert min(np.subtract(ours, votes)) > -0.01


def test_anchored__five_percent_audits_of_a_public_crowd__help_the_rest():
    crowd = shared_crowd("zc_all")
    chosen = np.random.default_rng(1).random(crowd.answers.item_count) < 0.05
    truths = np.array([crowd.truths[item] for item in range(crowd.answers.item_count)])
    known = np.where(chosen, truths, UNKNOWN)

    with_audits = run("anchored", audited(crowd.answers, known)).labels
    without = run("anchored", crowd.answers).labels

    gain = (with_audits == truths)[~chosen].mean() - (without == truths)[~chosen].mean()
    assert gain > 0.02


def test_anchored__ten_classes_and_76_answers_each__beats_majority():
    crowd = synthetic_crowd(500, 7, 10, SKILLS_OF_THE_DEMO)

    accuracy = crowd.accuracy(run("anchored", crowd.answers))

    assert accuracy > crowd.accuracy(run("majority", crowd.answers))


def test_anchored__heavier_stakes__decide_an_even_split():
    rows = [(item, worker, worker // 2) for item in range(10) for worker in range(4)]
    answers = answers_of(rows, 10, 2, [UNIT, UNIT, 2 * UNIT, 2 * UNIT])

    assert run("anchored", answers).labels.tolist() == [1] * 10


def test_anchored__worker_without_stake__is_as_if_not_there():
    crowd = synthetic_crowd(200, 5, 3, [0.8] * 10).answers
    rows = [
        (item, worker, label)
        for item in range(200)
        for worker, label in zip(*map(np.ndarray.tolist, crowd.of_item(item)), strict=True)
    ]
    noise = [(item, 10, 0) for item in range(200)]
    with_stranger = answers_of(rows + noise, 200, 3, [UNIT] * 10 + [0])

    alone, beside = run("anchored", crowd), run("anchored", with_stranger)

    assert beside.labels.tolist() == alone.labels.tolist()
    assert beside.confidence_bps.tolist() == alone.confidence_bps.tolist()


def test_anchored__nobody_with_stake__labels_nothing():
    answers = answers_of([(0, 0, 1), (0, 1, 1)], 1, 2, [0, 0])

    assert run("anchored", answers).labels.tolist() == [UNKNOWN]


def test_anchored__exact_tie__does_not_depend_on_the_names_of_workers():
    rows = [(item, worker, worker) for item in range(20) for worker in range(2)]
    swapped = [(item, 1 - worker, label) for item, worker, label in rows]

    one, other = (run("anchored", answers_of(each, 20, 2, [UNIT] * 2)) for each in (rows, swapped))

    assert one.labels.tolist() == other.labels.tolist()
    assert set(one.labels.tolist()) == {0, 1}, "the tie rule favours no label"


@pytest.mark.parametrize("known", [[UNKNOWN] * 3, [1, UNKNOWN, UNKNOWN], [1, 0, 1]])
@pytest.mark.parametrize("rows", [[(0, 0, 1)], [(0, 0, 0), (1, 0, 0), (2, 0, 0)], []])
def test_anchored__hardly_any_answers__is_defined(rows, known):
    result = run("anchored", audited(answers_of(rows, 3, 2, [UNIT]), known))

    answered = {item for item, _, _ in rows}
    assert [label >= 0 for label in result.labels] == [item in answered for item in range(3)]
    assert result.confidence_bps[[item not in answered for item in range(3)]].sum() == 0
