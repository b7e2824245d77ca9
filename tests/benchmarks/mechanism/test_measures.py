"""What goals are judged by: small runs, and rules under which a goal must not hold."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.accuracy.rings import KINDS
from benchmarks.mechanism.digests import measure_digests
from benchmarks.mechanism.lone import DEVIATORS, make_bench
from benchmarks.mechanism.rule import rule_of
from benchmarks.mechanism.runs import run_epochs
from benchmarks.mechanism.splits import PLAYED, gains_of_splitting, measure_splits
from benchmarks.mechanism.strategies import Strategy
from benchmarks.mechanism.together import (
    RingFound,
    least_accuracy,
    measure_mistakes,
    measure_rings,
    most_earned,
)

pytestmark = pytest.mark.unit

RULE = rule_of()


def count() -> None:
    """Nobody waits."""


def test_measure_rings__sabotage_without_slashes__loses_no_more_than_its_effort() -> None:
    harmless = replace(RULE, slash_per_answer_bps=0)

    slashed, spared = (
        most_earned(measure_rings(rule, 1, 1, Strategy.SABOTAGE, (0.2,), count), 0.5)
        for rule in (RULE, harmless)
    )

    assert slashed < -0.4 < spared


def test_measure_rings__labels_by_count_of_heads__would_miss_the_bound() -> None:
    chance = np.random.default_rng(1)
    (outcome,) = run_epochs(chance, KINDS["K4-balanced"], {Strategy.RING: 0.6}, RULE, 1)
    view = outcome.world.view
    is_ring = outcome.crowd.of(Strategy.RING)[view.workers]

    labels = np.where(is_ring, view.agreed[:, None], view.found)
    counts = np.stack([(labels == label).sum(axis=1) for label in range(4)], axis=1)

    assert (counts.argmax(axis=1) == view.truths).mean() < 0.7
    assert outcome.accuracy > 0.87


def test_least_accuracy_and_most_earned__several_rings__are_the_worst_of_their_share() -> None:
    found = {
        ("a", 0.4): RingFound({1: [0.9, 0.94], 4: [0.95]}, {1: [-0.2], 4: [-0.4]}),
        ("b", 0.4): RingFound({1: [0.93], 4: [0.96]}, {1: [-0.3], 4: [-0.1, -0.2]}),
        ("b", 0.6): RingFound({1: [0.5]}, {1: [0.7]}),
        ("b", 0.0): RingFound({1: [0.99]}, {1: [float("nan")]}),
    }

    assert least_accuracy(found, 0.4) == pytest.approx(0.92)
    assert most_earned(found, 0.5) == pytest.approx(-0.15)
    assert most_earned(found, 0.6) == pytest.approx(0.7)


def test_measure_mistakes__of_a_crowd__counts_skilled_workers_with_enough_answers() -> None:
    found = measure_mistakes(RULE, 1, 1, count)

    assert {*found} == {*KINDS}
    assert all(108 * 3 > each.settled > 100 and each.rate == 0 for each in found.values())


def test_gains_of_splitting__of_nets__are_above_one_name_and_above_staying_away() -> None:
    nets = {
        ("spam", "a", "1"): [-0.5],
        ("spam", "a", "4"): [-0.1, 0.1],
        ("honest", "a", "1"): [0.3],
        ("honest", "a", "4"): [0.25],
    }

    gains = gains_of_splitting(nets)

    assert gains == pytest.approx({("spam", "a", "4"): 0.0, ("honest", "a", "4"): -0.05})


def test_measure_splits__under_one_name_and_two__covers_all_who_split() -> None:
    nets = measure_splits(RULE, 1, 1, (1, 2), count, ["K4-balanced"])

    assert {*nets} == {(each, "K4-balanced", parts) for each in PLAYED for parts in ("1", "2")}
    assert nets[Strategy.RANDOM, "K4-balanced", "2"][0] == pytest.approx(-0.51, abs=0.05)


def test_make_bench__later_pool__knows_all_but_the_deviators() -> None:
    bench = make_bench(np.random.default_rng(1), KINDS["K4-balanced"], RULE, 60)

    (_, _, nobody), (_, _, known) = bench.pools()

    assert not nobody.possible.any()
    assert not known.possible[:DEVIATORS].any()
    assert (known.possible[DEVIATORS:] > 0).mean() > 0.95


def test_measure_digests__in_three_orders__is_one_settlement() -> None:
    assert measure_digests(RULE, 1, 3, count) == dict.fromkeys(KINDS, 1)
