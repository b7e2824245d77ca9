"""Whether one stake nets more under several names.

A stake of four seats stands for 400 answers of a task, a hundred to a seat: what `S_min` = 100
prices are the bond of. It is split over n identities, each of which gets its share of the very same
answers, so that only the names differ. Nobody may work with less than a seat, so four is the most.
`SMALL` asks for more: whoever owns as many seats as names and answers little under each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.accuracy.rings import KINDS

from .chance import chance_of
from .lone import Nets, Tick
from .rule import Rule
from .runs import no_history, run_task
from .strategies import Answered, Strategy, answer
from .worlds import ACCURACY, Crowd, World, draw_accuracies, draw_world

HOLDERS, SEATS, ANSWERS = 6, 4, 100
"""How many stakes are split, the seats of each, and the answers to a seat."""

PARTS = (1, 2, 4)
SMALL = (8, 16)
OTHERS = 200
"""Honest workers of one seat."""

PLAYED = (Strategy.HONEST, Strategy.RANDOM, Strategy.CONSTANT, Strategy.PRIOR_MIMIC)


def measure_splits(
    rule: Rule,
    seed: int,
    seeds: int,
    parts: Sequence[int],
    tick: Tick,
    kinds: Iterable[str] = KINDS,
) -> Nets:
    """Return the net per answer of a stake under n names: by strategy, kind and n."""
    nets: Nets = {}
    fixed = rule.fixed(rule.overlap_first)
    for kind in kinds:
        for turn in range(seeds):
            chance = chance_of(seed, "split", kind, turn)
            whole = _crowd(chance)
            load = np.where(_is_own(whole), SEATS, 1)
            world = draw_world(
                chance, KINDS[kind], whole, ANSWERS * load.mean(), fixed.overlap_most, load
            )
            names = chance.integers(0, max(parts), world.view.workers.shape)
            for strategy in PLAYED:
                crowd = replace(whole, plays=np.where(_is_own(whole), strategy, whole.plays))
                answered = answer(world.view, crowd.plays, chance)
                for count in parts:
                    net = _net_split(world, crowd, answered, names % count, count, fixed)
                    nets.setdefault((strategy, kind, str(count)), []).append(net)
        tick()
    return nets


def gains_of_splitting(nets: Nets) -> Mapping[tuple[str, ...], float]:
    """Return what a split nets above the better of one name and staying away."""
    means = {key: float(np.mean(values)) for key, values in nets.items()}
    return {
        (strategy, kind, parts): net - max(means[strategy, kind, "1"], 0)
        for (strategy, kind, parts), net in means.items()
        if parts != "1"
    }


def _net_split(
    world: World, crowd: Crowd, answered: Answered, names: np.ndarray, count: int, rule: Rule
) -> float:
    """Settle with every stake under `count` names, the new names behind all workers."""
    size = crowd.plays.size
    workers = world.view.workers
    is_moved = (workers < HOLDERS) & (names > 0)
    moved = np.where(is_moved, size + (names - 1) * HOLDERS + workers, workers)
    again = np.arange(HOLDERS * (count - 1)) % HOLDERS
    seats = np.where(_is_own(crowd), max(SEATS / count, 1), crowd.seats)
    named = Crowd(
        np.concatenate([crowd.plays, crowd.plays[again]]),
        np.concatenate([crowd.accuracies, crowd.accuracies[again]]),
        np.concatenate([seats, seats[again]]),
    )
    split = replace(world, view=replace(world.view, workers=moved))
    outcome = run_task(split, named, answered, rule, no_history(named.plays.size))
    is_own = _is_own(crowd, named.plays.size)
    return float(np.average(outcome.net[is_own], weights=outcome.given[is_own]))


def _crowd(chance: np.random.Generator) -> Crowd:
    """Return stakes first, all of the mean accuracy, and honest workers behind them."""
    size = HOLDERS + OTHERS
    accuracies = draw_accuracies(chance, size)
    accuracies[:HOLDERS] = ACCURACY
    seats = np.where(np.arange(size) < HOLDERS, float(SEATS), 1.0)
    return Crowd(np.full(size, Strategy.HONEST, dtype="U24"), accuracies, seats)


def _is_own(crowd: Crowd, size: int | None = None) -> np.ndarray:
    """Tell which identities belong to a split stake."""
    places = np.arange(size or crowd.plays.size)
    return np.asarray((places < HOLDERS) | (places >= HOLDERS + OTHERS))
