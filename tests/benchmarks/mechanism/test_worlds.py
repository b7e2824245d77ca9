"""Worlds: seeded, as hard as MECHANISM says, and nobody answers an item twice."""

import numpy as np
import pytest

from benchmarks.accuracy.rings import KINDS
from benchmarks.mechanism.chance import chance_of, half_width
from benchmarks.mechanism.strategies import Strategy
from benchmarks.mechanism.worlds import World, draw_crowd, draw_world

pytestmark = pytest.mark.unit


def world(seed: int, kind: str = "K4-balanced", load: np.ndarray | None = None) -> World:
    chance = np.random.default_rng(seed)
    return draw_world(chance, KINDS[kind], draw_crowd(chance, {}), 60, 5, load)


def test_draw_world__same_seed__is_the_same() -> None:
    first, again, other = world(1), world(1), world(2)

    assert (first.view.found == again.view.found).all()
    assert (first.view.workers == again.view.workers).all()
    assert first.seed == again.seed != other.seed


def test_draw_world__every_item__has_different_workers() -> None:
    rows = world(1).view.workers.tolist()

    assert all(len(set(row)) == 5 for row in rows)


def test_draw_world__honest_work__is_right_as_often_as_its_accuracy() -> None:
    view = world(3).view

    right = (view.found == view.truths[:, None]).mean()

    assert right == pytest.approx(0.8 * 0.85 + 0.2 * (0.25 + 0.6 / 2), abs=0.02)


def test_draw_world__with_a_load__draws_the_busy_more_often() -> None:
    load = np.where(np.arange(120) < 10, 4.0, 1.0)

    counts = np.bincount(world(1, load=load).view.workers.ravel(), minlength=120)

    assert counts[:10].mean() > 2 * counts[10:].mean()


@pytest.mark.parametrize(("kind", "shares"), KINDS.items())
def test_draw_world__truths__are_as_frequent_as_the_kind_says(kind, shares) -> None:
    truths = world(5, kind).truths

    found = np.bincount(truths, minlength=len(shares)) / truths.size

    assert found == pytest.approx(shares, abs=0.05)


def test_draw_world__audits__are_wrong_now_and_then() -> None:
    wrong = np.concatenate([world(seed).audits != world(seed).truths for seed in range(4)])

    assert wrong.mean() == pytest.approx(0.02, abs=0.01)


def test_draw_crowd__a_mix__has_the_shares_asked_for() -> None:
    crowd = draw_crowd(np.random.default_rng(1), {Strategy.RING: 0.4, Strategy.RANDOM: 0.1})

    counts = [int(crowd.of(each).sum()) for each in (Strategy.RING, Strategy.RANDOM)]

    assert counts == [48, 12]
    assert int(crowd.of(Strategy.HONEST).sum()) == 60


def test_chance_of__other_names__are_other_streams() -> None:
    first, same, other = (chance_of(1, *names).random() for names in ("ab", "ab", "ba"))

    assert first == same != other


def test_half_width__of_normal_numbers__is_students() -> None:
    assert half_width([1.0, 2.0, 3.0, 4.0, 5.0]) == pytest.approx(1.9632, abs=0.01)
    assert np.isnan(half_width([1.0]))
