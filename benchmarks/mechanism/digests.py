"""Whether the order in which answers and workers stand decides anything: it must not."""

import json

import numpy as np
from eth_hash.auto import keccak

from benchmarks.accuracy.rings import KINDS
from dao_client.types import Wei
from oracle.aggregate.choice import UNKNOWN, Answers
from oracle.settlement import Terms, settle

from .chance import chance_of
from .lone import Tick
from .rule import PRICE, Rule
from .strategies import Strategy, answer
from .worlds import draw_crowd, draw_world

RING_SHARE = 0.3
OVERLAP = 5
ANSWERS = 40


def measure_digests(rule: Rule, seed: int, shuffles: int, tick: Tick) -> dict[str, int]:
    """Return by kind how many different settlements the same answers give in different orders."""
    found = {}
    for kind, shares in KINDS.items():
        chance = chance_of(seed, "digests", kind)
        crowd = draw_crowd(chance, {Strategy.RING: RING_SHARE})
        world = draw_world(chance, shares, crowd, ANSWERS, OVERLAP)
        labels = answer(world.view, crowd.plays, chance).labels
        history = chance.integers(0, 5 * 10**9, crowd.plays.size)
        is_audited = world.lots < rule.audit_rate_bps / 5_000
        known = np.where(is_audited, world.audits, UNKNOWN)
        digests = set()
        for _ in range(shuffles):
            places = chance.permutation(crowd.plays.size)
            order = np.argsort(chance.random(labels.shape), axis=1)
            answers = Answers(
                starts=np.arange(labels.shape[0] + 1) * OVERLAP,
                workers=places[np.take_along_axis(world.view.workers, order, 1)]
                .ravel()
                .astype(np.int32),
                labels=np.take_along_axis(labels, order, 1).ravel().astype(np.int32),
                worker_count=places.size,
                label_count=world.label_count,
                weights=np.full(places.size, 10**9),
                known=known.astype(np.int32),
                seed=world.seed,
            )
            digests.add(_digest(answers, places, history, rule))
        found[kind] = len(digests)
        tick()
    return found


def _digest(answers: Answers, places: np.ndarray, history: np.ndarray, rule: Rule) -> bytes:
    """Hash labels, health and accounts, the workers in their own order again."""
    points, possible = np.zeros_like(history), np.zeros_like(history)
    points[places], possible[places] = history // 2, history
    terms = Terms(price=Wei(PRICE), slash_bps=rule.slash_per_answer_bps)
    settlement = settle(answers, points, possible, terms)
    accounts = [settlement.accounts[place] for place in places.tolist()]
    rows = [
        [each.pay, each.slash, each.skill, each.weight, each.history.points, each.history.possible]
        for each in accounts
    ]
    return bytes(keccak(json.dumps([settlement.labels.tolist(), settlement.health, rows]).encode()))
