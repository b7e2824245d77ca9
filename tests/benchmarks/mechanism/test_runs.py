"""A simulated task goes through rounds, audits and settlement as the protocol's do."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.accuracy.rings import KINDS
from benchmarks.mechanism.rule import rule_of
from benchmarks.mechanism.runs import (
    Outcome,
    audit_rates,
    no_history,
    run_epochs,
    run_task,
    take_rounds,
)
from benchmarks.mechanism.strategies import Strategy, answer
from benchmarks.mechanism.worlds import draw_crowd, draw_world

pytestmark = pytest.mark.unit

RULE = rule_of()


def epochs(kind: str, mix: Mapping[Strategy, float], count: int, rule=RULE) -> list[Outcome]:
    return list(run_epochs(np.random.default_rng(3), KINDS[kind], mix, rule, count))


def test_audit_rates__pool_without_history__begin_with_twice_the_rate() -> None:
    known = replace(no_history(10), possible=np.full(10, 10**9))
    half = replace(known, possible=np.where(np.arange(10) < 5, 0, 10**9))

    assert audit_rates(RULE, no_history(10)) == (1_000, 1_500, 3_000)
    assert audit_rates(RULE, known) == audit_rates(RULE, half) == (500, 1_500, 3_000)


def test_run_epochs__first_batch__takes_all_answers_and_later_ones_fewer() -> None:
    first, later = epochs("K4-balanced", {}, 2)

    assert first.answers_per_item == 11
    assert 5 < later.answers_per_item < 7
    assert first.audited_share > 1.5 * later.audited_share


def test_take_rounds__no_history__never_stops_early() -> None:
    chance = np.random.default_rng(1)
    crowd = draw_crowd(chance, {Strategy.RING: 0.6})
    world = draw_world(chance, KINDS["K4-balanced"], crowd, 40, 11)
    answered = answer(world.view, crowd.plays, chance)

    assert take_rounds(world, crowd, answered, RULE, no_history(120)).all()


def test_run_task__same_world__is_settled_the_same() -> None:
    first, again = (epochs("K2-skew80", {Strategy.RING: 0.2}, 1)[0] for _ in range(2))

    assert (first.net == again.net).all()
    assert first.settlement.labels.tobytes() == again.settlement.labels.tobytes()


def test_run_epochs__copiers__earn_most_where_answers_are_open_and_lose_where_sealed() -> None:
    (opened,) = epochs("K4-balanced", {Strategy.COPIER_UNSEALED: 0.05}, 1)
    (sealed,) = epochs("K4-balanced", {Strategy.COPIER: 0.05}, 1)

    assert opened.net_of(Strategy.COPIER_UNSEALED) > 1 > opened.net_of(Strategy.HONEST)
    assert sealed.net_of(Strategy.COPIER) < -0.4


def test_run_task__slash__takes_no_more_than_the_stake() -> None:
    poor = replace(RULE, seat_size_prices=20)

    (slashed,) = epochs("K4-balanced", {Strategy.RANDOM: 0.1}, 1, poor)

    lost = -(slashed.gross * slashed.given)[slashed.crowd.of(Strategy.RANDOM)] * 0.6
    assert lost.max() == pytest.approx(20)


def test_run_task__crowd_that_stays_unhealthy__is_paid_for_audited_answers_alone() -> None:
    (lost,) = epochs("K2-balanced", {Strategy.RANDOM: 0.95}, 1)

    assert not lost.settlement.is_healthy
    assert lost.audited_share == pytest.approx(0.3, abs=0.03)
    assert lost.gross.max() < 0.6


def test_run_task__histories__are_of_audited_answers() -> None:
    (outcome,) = epochs("K4-balanced", {Strategy.RANDOM: 0.2}, 1)
    skill = outcome.history.points / np.maximum(outcome.history.possible, 1)

    honest, spam = (outcome.crowd.of(each) for each in (Strategy.HONEST, Strategy.RANDOM))

    assert skill[honest].mean() > 0.6
    assert abs(skill[spam].mean()) < 0.15


def test_run_task__answers_nobody_counted__earn_nothing() -> None:
    chance = np.random.default_rng(1)
    crowd = draw_crowd(chance, {})
    world = draw_world(chance, KINDS["K4-balanced"], crowd, 5, 5)
    answered = answer(world.view, crowd.plays, chance)

    outcome = run_task(world, crowd, answered, RULE.fixed(5), no_history(120))

    assert (outcome.net[outcome.given == 0] == 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_run_task__ring_that_hides_what_audits_find_wrong__gains_nothing_by_it(kind: str) -> None:
    """It opened only what the first audits had found right, and was paid like a perfect crowd."""
    open_ring, hiding = (
        epochs(kind, {strategy: 0.4}, 2)[-1] for strategy in (Strategy.RING, Strategy.HIDE)
    )

    assert hiding.net_of(Strategy.HIDE) < -0.2
    assert hiding.net_of(Strategy.HIDE) < open_ring.net_of(Strategy.RING) + 0.05
    assert hiding.accuracy > 0.9
