"""
Whether it pays to answer little under each of many names; writes what was found.

    python -m benchmarks.mechanism.few [--seed N] [--seeds N] [--out FILE]

Some owners share out the answers of a few workers over names of n answers each. Each name holds a
seat and has no history; the items and all other answers stay the same, so only n differs.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from benchmarks.accuracy.rings import KINDS, WORKERS

from .chance import chance_of
from .lone import Nets
from .rule import Rule, rule_of
from .runs import History, no_history, run_task
from .strategies import NAME_TYPE, Answered, Strategy, answer
from .worlds import ACCURACY, Crowd, World, draw_crowd, draw_world

OUT = Path(__file__).resolve().parents[1] / "results" / "few_answers.json"
SEEDS = 20
OWNERS, ANSWERS = 6, 100
"""Workers whose answers are shared out, and the answers of each."""

COUNTS = (1, 2, 3, 5, 10, 20, 30, 50)
PLAYED = (Strategy.HONEST, Strategy.RANDOM, Strategy.CONSTANT, Strategy.PRIOR_MIMIC)


def measure_few(
    rule: Rule, seed: int, seeds: int, counts: Sequence[int] = COUNTS, kinds: Iterable[str] = KINDS
) -> Nets:
    """Return the net per answer under names of n answers: by strategy, kind, n and pool."""
    nets: Nets = {}
    fixed = rule.fixed(rule.overlap_first)
    for kind in kinds:
        for turn in range(seeds):
            chance = chance_of(seed, "few", kind, turn)
            crowd = draw_crowd(chance, {})
            crowd.accuracies[:OWNERS] = ACCURACY
            first, later = (
                draw_world(chance, KINDS[kind], crowd, ANSWERS, fixed.overlap_most)
                for _ in range(2)
            )
            honest = answer(first.view, crowd.plays, chance)
            known = run_task(first, crowd, honest, fixed, no_history(WORKERS)).history.halved()
            pools = (("new pool", first, no_history(WORKERS)), ("known pool", later, known))
            for strategy in PLAYED:
                plays = np.where(np.arange(WORKERS) < OWNERS, strategy, crowd.plays)
                for pool, world, history in pools:
                    answered = answer(world.view, plays.astype(NAME_TYPE), chance)
                    for count in counts:
                        net = _net_under_names(world, crowd, answered, history, count, fixed)
                        nets.setdefault((strategy, kind, str(count), pool), []).append(net)
    return nets


def _net_under_names(
    world: World, crowd: Crowd, answered: Answered, history: History, count: int, rule: Rule
) -> float:
    """Settle with the owners' answers under new names, which come behind all workers."""
    workers = world.view.workers
    is_own = workers < OWNERS
    names = max(OWNERS, int(is_own.sum()) // count)  # so no name meets itself on an item
    renamed = workers.copy()
    renamed[is_own] = WORKERS + np.arange(is_own.sum()) % names
    named = Crowd(
        np.concatenate([crowd.plays, np.full(names, Strategy.HONEST, dtype=NAME_TYPE)]),
        np.concatenate([crowd.accuracies, np.full(names, ACCURACY)]),
        np.ones(WORKERS + names),
    )
    nobody = np.zeros(names, dtype=np.int64)
    is_old = np.arange(WORKERS) >= OWNERS
    before = History(
        np.concatenate([np.where(is_old, history.points, 0), nobody]),
        np.concatenate([np.where(is_old, history.possible, 0), nobody]),
    )
    again = replace(world, view=replace(world.view, workers=renamed))
    outcome = run_task(again, named, answered, rule, before)
    return float(np.average(outcome.net[WORKERS:], weights=outcome.given[WORKERS:]))


def rows_of(nets: Nets) -> list[dict[str, object]]:
    """Write means as rows: of honest work in the worse pool, of the rest in the better one."""
    cells: dict[tuple[str, str], dict[str, list[float]]] = {}
    for (strategy, kind, count, _), each in nets.items():
        cells.setdefault((strategy, kind), {}).setdefault(count, []).append(float(np.mean(each)))
    return [
        {
            "strategy": str(strategy),
            "kind": kind,
            "net": {
                count: round(min(found) if strategy == Strategy.HONEST else max(found), 4)
                for count, found in by_count.items()
            },
        }
        for (strategy, kind), by_count in cells.items()
    ]


def main() -> None:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    rows = rows_of(measure_few(rule_of(), given.seed, given.seeds))
    report = {"seed": given.seed, "seeds": given.seeds, "parameters": asdict(rule_of())}
    given.out.write_text(json.dumps({**report, "few_answers": rows}, indent=1) + "\n", "utf-8")
    for row in rows:
        print(row)


if __name__ == "__main__":
    main()
