"""What a few workers net who play otherwise in an honest crowd: spam, and cheaper work.

Each world is settled once for every way to play, so differences are of the same items and the same
co-workers. It is settled for two pools: one that nobody has a history in, and one in which all but
the deviators have.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.accuracy.rings import KINDS, WORKERS

from .chance import chance_of
from .rule import Rule
from .runs import ANSWERS_PER_WORKER, History, no_history, run_task
from .strategies import GUESS, SPAMMERS, Answered, Strategy, answer
from .worlds import Crowd, World, draw_crowd, draw_world

DEVIATORS = 6
"""Of 120 workers: enough to measure, too few to change the crowd."""

SPAM_ANSWERS = 100
"""What each worker answers where every overlap is compared."""

Tick = Callable[[], None]
Nets = dict[tuple[str, ...], list[float]]
"""By what was compared, a mean for each seed."""


@dataclass(frozen=True)
class Bench:
    """A world with a crowd in which the first workers may deviate, before and after a first task.

    `history` is what the first task left of honest workers.
    """

    crowd: Crowd
    first: World
    later: World
    history: History
    rule: Rule

    @property
    def is_deviator(self) -> np.ndarray:
        """Tell who may play otherwise."""
        return np.asarray(np.arange(self.crowd.plays.size) < DEVIATORS)

    def pools(self) -> Iterator[tuple[str, World, History]]:
        """Give the pool of newcomers, then the one that knows all but the deviators."""
        yield "new pool", self.first, no_history(self.crowd.plays.size)
        yield "known pool", self.later, self.history.forget(self.is_deviator)

    def playing(self, strategy: Strategy) -> Crowd:
        """Return the crowd with the deviators playing so."""
        return replace(self.crowd, plays=np.where(self.is_deviator, strategy, self.crowd.plays))


def make_bench(
    chance: np.random.Generator,
    shares: Sequence[float],
    rule: Rule,
    answers: float = ANSWERS_PER_WORKER,
) -> Bench:
    """Draw two tasks for one crowd and let it work honestly on the first."""
    crowd = draw_crowd(chance, {})
    first, later = (draw_world(chance, shares, crowd, answers, rule.overlap_most) for _ in range(2))
    honest = answer(first.view, crowd.plays, chance)
    outcome = run_task(first, crowd, honest, rule, no_history(WORKERS))
    return Bench(crowd, first, later, outcome.history.halved(), rule)


def measure_spam(rule: Rule, seed: int, seeds: int, overlaps: Sequence[int], tick: Tick) -> Nets:
    """Return the net of every spammer and of honest work: by strategy, kind, overlap and pool.

    An overlap of zero stands for the rule's own rounds.
    """
    nets: Nets = {}
    for kind, shares in KINDS.items():
        for overlap in overlaps:
            for turn in range(seeds):
                chance = chance_of(seed, "spam", kind, overlap, turn)
                fixed, answers = rule.fixed(overlap), SPAM_ANSWERS
                if not overlap:
                    fixed, answers = rule, ANSWERS_PER_WORKER
                bench = make_bench(chance, shares, fixed, answers)
                for strategy in (Strategy.HONEST, *SPAMMERS):
                    for pool, net in play(bench, strategy, chance):
                        nets.setdefault((strategy, kind, str(overlap), pool), []).append(net)
            tick()
    return nets


def play(
    bench: Bench, strategy: Strategy, chance: np.random.Generator
) -> Iterator[tuple[str, float]]:
    """Give the mean net of those who play so, in either pool; honest work is everybody's."""
    crowd = bench.playing(strategy)
    for pool, world, history in bench.pools():
        answered = answer(world.view, crowd.plays, chance)
        yield pool, run_task(world, crowd, answered, bench.rule, history).net_of(strategy)


EFFORTS = (0.0, 0.5, 0.75, 0.9)
FALLBACKS = ("constant", "prior", "rarest")


def measure_replies(rule: Rule, seed: int, seeds: int, tick: Tick) -> Nets:
    """Return how much more than honest work it nets to work on a share of the items alone.

    By share of the effort, what is answered without it, kind and pool.
    """
    gains: Nets = {}
    for kind, shares in KINDS.items():
        for turn in range(seeds):
            chance = chance_of(seed, "reply", kind, turn)
            bench = make_bench(chance, shares, rule)
            for pool, world, history in bench.pools():
                honest = answer(world.view, bench.crowd.plays, chance)
                base = _net_of_deviators(bench, world, honest, history)
                for effort in EFFORTS:
                    for fallback in FALLBACKS:
                        reply = _spare(world, honest, bench.is_deviator, effort, fallback, chance)
                        gain = _net_of_deviators(bench, world, reply, history) - base
                        key = (f"{effort:.0%} effort, else {fallback}", kind, pool)
                        gains.setdefault(key, []).append(gain)
            tick()
    return gains


def _spare(
    world: World,
    honest: Answered,
    is_deviator: np.ndarray,
    effort: float,
    fallback: str,
    chance: np.random.Generator,
) -> Answered:
    """Return the answers with the deviators working on a share of the items alone."""
    view = world.view
    shape, classes = view.found.shape, view.shares.size
    guesses = {
        "constant": lambda: np.full(shape, view.usual),
        "prior": lambda: chance.choice(classes, shape, p=view.shares),
        "uniform": lambda: chance.integers(0, classes, shape),
        "rarest": lambda: np.full(shape, int(view.shares.argmin())),
    }[fallback]()
    spares = is_deviator[view.workers] & (chance.random(shape) >= effort)
    return Answered(np.where(spares, guesses, honest.labels), np.where(spares, GUESS, honest.costs))


def _net_of_deviators(bench: Bench, world: World, answered: Answered, history: History) -> float:
    outcome = run_task(world, bench.crowd, answered, bench.rule, history)
    return float(outcome.net[bench.is_deviator & (outcome.given > 0)].mean())
