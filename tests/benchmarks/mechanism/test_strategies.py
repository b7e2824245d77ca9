"""What each strategy answers and what its effort costs."""

import numpy as np
import pytest

from benchmarks.accuracy.rings import KINDS
from benchmarks.mechanism.strategies import (
    BOT,
    GUESS,
    LOOK,
    PLAYS,
    SHARED,
    WORK,
    Answered,
    Strategy,
    View,
    answer,
)
from benchmarks.mechanism.worlds import draw_crowd, draw_world

pytestmark = pytest.mark.unit


def played(strategy: Strategy, kind: str = "K5-skew") -> tuple[View, np.ndarray, Answered]:
    """A third of the crowd plays so; the view, whose answers those are, and all answers."""
    chance = np.random.default_rng(4)
    crowd = draw_crowd(chance, {strategy: 1 / 3})
    view = draw_world(chance, KINDS[kind], crowd, 60, 5).view
    return view, crowd.of(strategy)[view.workers], answer(view, crowd.plays, chance)


@pytest.mark.parametrize("strategy", [*PLAYS, Strategy.COPIER_UNSEALED])
def test_answer__others__answer_what_they_find(strategy: Strategy) -> None:
    view, is_own, answered = played(strategy)

    assert (answered.labels == view.found)[~is_own].all()
    assert (answered.costs[~is_own] == WORK).all()
    assert is_own.any()


@pytest.mark.parametrize(
    ("strategy", "cost"),
    [
        (Strategy.BIASED, WORK),
        (Strategy.RANDOM, GUESS),
        (Strategy.CONSTANT, GUESS),
        (Strategy.PRIOR_MIMIC, GUESS),
        (Strategy.COPIER, GUESS),
        (Strategy.COPIER_UNSEALED, GUESS),
        (Strategy.BOT, BOT),
        (Strategy.RING, GUESS),
        (Strategy.SABOTAGE, LOOK),
        (Strategy.TARGET, WORK),
    ],
)
def test_answer__effort__costs_what_the_strategy_spends(strategy: Strategy, cost: float) -> None:
    _, is_own, answered = played(strategy)

    assert set(answered.costs[is_own].tolist()) == {cost}


def test_answer__random__is_even() -> None:
    _, is_own, answered = played(Strategy.RANDOM)

    assert np.bincount(answered.labels[is_own]) / is_own.sum() == pytest.approx(0.2, abs=0.03)


def test_answer__constant__is_the_usual_label() -> None:
    _, is_own, answered = played(Strategy.CONSTANT)

    assert set(answered.labels[is_own].tolist()) == {0}


@pytest.mark.parametrize("strategy", [Strategy.PRIOR_MIMIC, Strategy.COPIER])
def test_answer__mimic_and_copier_of_sealed_answers__know_frequencies_alone(strategy) -> None:
    view, is_own, answered = played(strategy)

    given = np.bincount(answered.labels[is_own], minlength=5) / is_own.sum()
    right = (answered.labels == view.truths[:, None])[is_own].mean()

    assert given == pytest.approx(KINDS["K5-skew"], abs=0.03)
    assert right == pytest.approx(sum(share**2 for share in KINDS["K5-skew"]), abs=0.03)


def test_answer__copier_who_sees_the_others__is_right_more_often_than_they() -> None:
    view, is_own, answered = played(Strategy.COPIER_UNSEALED)

    is_right = answered.labels == view.truths[:, None]

    assert is_right[is_own].mean() > is_right[~is_own].mean()


def test_answer__bots__repeat_one_model() -> None:
    view, is_own, answered = played(Strategy.BOT)

    same = (answered.labels == view.modelled[:, None])[is_own].mean()

    assert same == pytest.approx(0.95 + 0.05 / 5, abs=0.01)


def test_answer__lazy__works_on_every_other_item() -> None:
    _, is_own, answered = played(Strategy.LAZY)

    assert (answered.costs[is_own] == WORK).mean() == pytest.approx(0.5, abs=0.03)


def test_answer__ring__agrees_whatever_is_true() -> None:
    view, is_own, answered = played(Strategy.RING)

    agreed = np.broadcast_to(view.agreed[:, None], is_own.shape)
    right = (answered.labels == view.truths[:, None])[is_own].mean()

    assert (answered.labels == agreed)[is_own].all()
    assert right == pytest.approx(sum(share**2 for share in KINDS["K5-skew"]), abs=0.05)


def test_answer__sabotage__is_never_right() -> None:
    view, is_own, answered = played(Strategy.SABOTAGE)

    assert not (answered.labels == view.truths[:, None])[is_own].any()


def test_answer__target__is_wrong_on_targets_and_honest_elsewhere() -> None:
    view, is_own, answered = played(Strategy.TARGET)

    is_aimed = is_own & view.is_target[:, None]
    alike = np.broadcast_to(view.alike[:, None], is_own.shape)

    assert (answered.labels == alike)[is_aimed].all()
    assert (answered.labels == view.found)[is_own & ~is_aimed].all()


def test_answer__sharing_ring__lets_one_work_for_all() -> None:
    _, is_own, answered = played(Strategy.SHARE)

    for own, labels, costs in zip(is_own, answered.labels, answered.costs, strict=True):
        assert len(set(labels[own].tolist())) <= 1
        assert sorted(costs[own].tolist(), reverse=True)[:1] == [WORK] * bool(own.any())
        assert costs[own].sum() == pytest.approx(
            bool(own.any()) * WORK + max(own.sum() - 1, 0) * SHARED
        )
