"""What happens over several epochs: rings, honest workers by mistake, and who stays.

Every crowd starts without history and takes a task a week.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.accuracy.rings import KINDS

from .chance import chance_of
from .lone import Tick
from .rule import Rule
from .runs import EPOCHS, mean_of, no_history, run_epochs, run_task
from .strategies import Strategy, answer
from .worlds import draw_crowd, draw_world


@dataclass
class RingFound:
    """What was measured of one ring, a value for each seed; the keys say in which epoch."""

    accuracy: dict[int, list[float]] = field(default_factory=dict)
    ring: dict[int, list[float]] = field(default_factory=dict)
    honest: dict[int, list[float]] = field(default_factory=dict)
    answers: dict[int, list[float]] = field(default_factory=dict)


RingFigures = dict[tuple[str, float], RingFound]
"""By kind of task and share of the ring."""

SHOWN_EPOCHS = (1, EPOCHS)
"""Newcomers at twice the audits, and a crowd that is known."""


def measure_rings(
    rule: Rule, seed: int, seeds: int, ring: Strategy, shares: Sequence[float], tick: Tick
) -> RingFigures:
    """Let a share of the crowd conspire, in the first epoch and the last."""
    found: RingFigures = {}
    for kind, labels in KINDS.items():
        for share in shares:
            here = found.setdefault((kind, share), RingFound())
            for turn in range(seeds):
                chance = chance_of(seed, ring, kind, share, turn)
                for epoch, outcome in enumerate(run_epochs(chance, labels, {ring: share}, rule), 1):
                    if epoch in SHOWN_EPOCHS:
                        here.accuracy.setdefault(epoch, []).append(outcome.accuracy)
                        here.ring.setdefault(epoch, []).append(outcome.net_of(ring))
                        here.honest.setdefault(epoch, []).append(outcome.net_of(Strategy.HONEST))
                        here.answers.setdefault(epoch, []).append(outcome.answers_per_item)
            tick()
    return found


def least_accuracy(found: RingFigures, share: float) -> float:
    """Return the mean accuracy in the worst kind and epoch."""
    rings = [each for (_, size), each in found.items() if size == share]
    return min(float(np.mean(values)) for each in rings for values in each.accuracy.values())


def most_earned(found: RingFigures, largest: float) -> float:
    """Return the mean net of rings of at most that share, in the best case for them."""
    return max(
        float(np.mean(values))
        for (_, share), each in found.items()
        for values in each.ring.values()
        if 0 < share <= largest
    )


FAIR_EPOCHS = 3
SPAM_SHARE = 0.1
SKILLED, ENOUGH_ANSWERS = 0.78, 100


@dataclass(frozen=True)
class Mistakes:
    """How many skilled honest workers settled a long task, and how many of them were slashed."""

    settled: int
    slashed: int

    @property
    def rate(self) -> float:
        """The share of them that was slashed."""
        return self.slashed / max(self.settled, 1)


def measure_mistakes(rule: Rule, seed: int, seeds: int, tick: Tick) -> dict[str, Mistakes]:
    """Count honest workers of accuracy .78 and more, with a hundred answers or more."""
    found = {}
    for kind, labels in KINDS.items():
        settled = slashed = 0
        for turn in range(seeds):
            chance = chance_of(seed, "mistakes", kind, turn)
            mix = {Strategy.PRIOR_MIMIC: SPAM_SHARE}
            for outcome in run_epochs(chance, labels, mix, rule, FAIR_EPOCHS):
                crowd = outcome.crowd
                is_counted = crowd.of(Strategy.HONEST) & (crowd.accuracies >= SKILLED)
                is_counted &= outcome.given >= ENOUGH_ANSWERS
                settled += int(is_counted.sum())
                slashed += int(outcome.is_slashed[is_counted].sum())
        found[kind] = Mistakes(settled, slashed)
        tick()
    return found


GENERATIONS = 30
START = 0.3
RIVALS = (Strategy.PRIOR_MIMIC, Strategy.CONSTANT, Strategy.RING, Strategy.LAZY)
LEAST_SHARE = 0.004
"""Below it a strategy does not fall: somebody always tries it again."""

DYNAMIC_ANSWERS = 100
NOBODY_PLAYS = -0.2
"""What a strategy is taken to net that is too rare to have a worker."""


def measure_dynamics(rule: Rule, seed: int, seeds: int, tick: Tick) -> dict[str, list[list[float]]]:
    """Return by kind and seed the share of honest workers, one generation after the other.

    Replicator dynamics: what nets more than the mean grows by the exponential of the difference.
    """
    return {
        kind: [
            _evolve(rule, labels, chance_of(seed, "dynamics", kind, turn), tick)
            for turn in range(seeds)
        ]
        for kind, labels in KINDS.items()
    }


def _evolve(
    rule: Rule, labels: Sequence[float], chance: np.random.Generator, tick: Tick
) -> list[float]:
    shares = np.array([START, *[(1 - START) / len(RIVALS)] * len(RIVALS)])
    course = [START]
    for _ in range(GENERATIONS):
        mix = dict(zip(RIVALS, shares[1:].tolist(), strict=True))
        crowd = draw_crowd(chance, mix)
        world = draw_world(chance, labels, crowd, DYNAMIC_ANSWERS, rule.overlap_most)
        answered = answer(world.view, crowd.plays, chance)
        outcome = run_task(world, crowd, answered, rule, no_history(crowd.plays.size))
        nets = [mean_of(outcome.net, crowd.of(each)) for each in (Strategy.HONEST, *RIVALS)]
        fitness = np.nan_to_num(nets, nan=NOBODY_PLAYS)
        grown = shares * np.exp(fitness - fitness.mean())
        shares = np.maximum(grown / grown.sum(), LEAST_SHARE)
        shares = shares / shares.sum()
        course.append(float(shares[0]))
    tick()
    return course
