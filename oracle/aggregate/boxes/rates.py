"""Loops over all clusters: their chances to be real, and the rates of the workers that follow.

Counts and rates are scaled by `COUNT` = 2**20, logarithms and log-odds by 2**24. Boxes and looks
are fewer than 2**22 and a rate of real objects is at most `MOST_PER_ITEM` = 2**32, so what a worker
was exposed to stays below 2**22 * (2**32 + 2**20) * 3 < 2**57; every product is bounded where it
stands.
"""

from typing import NamedTuple

import numpy as np

from oracle.integers import EXP2_BITS, LOWEST, ONE, Ints, exp2, kernel, log2

COUNT_BITS = 20
COUNT = 1 << COUNT_BITS
"""One box or object."""

MOST_PER_ITEM = 1 << 32

LEVELS = 3
"""Hard, usual and easy to see."""

_CERTAIN = 1 << EXP2_BITS
_FARTHEST = 12 * ONE


class Votes(NamedTuple):
    """Say which clusters an item has, who is in a cluster, and who looked at an item.

    Item i has the clusters `item_starts[i]:item_starts[i + 1]` and the viewers
    `view_starts[i]:view_starts[i + 1]`, cluster c the voters `vote_starts[c]:vote_starts[c + 1]`.
    `boxes_of` and `looks_of` count by worker.
    """

    item_starts: Ints
    vote_starts: Ints
    voters: Ints
    view_starts: Ints
    viewers: Ints
    boxes_of: Ints
    looks_of: Ints


class Rates(NamedTuple):
    """Hold log-odds and look-alikes per item of each worker, and objects per item by difficulty."""

    odds: Ints
    false_rates: Ints
    real_rates: Ints


class Constants(NamedTuple):
    """Hold log2 of the odds between two difficulties, and of falling for a look-alike or not."""

    step: int
    log_falls: int
    log_resists: int


class Expected(NamedTuple):
    """Hold each cluster's chance to be real, and what was expected in all.

    `exposed` has a row per worker: the objects of each difficulty that were there to be seen, of
    which `hits` were. `false` counts a worker's look-alikes. `drawn` and `missed` count objects.
    """

    chances: Ints
    exposed: Ints
    hits: Ints
    false: Ints
    drawn: int
    missed: int


@kernel
def expect(votes: Votes, rates: Rates, constants: Constants) -> Expected:
    """Do the E step."""
    workers = votes.looks_of.size
    chances = np.zeros(votes.vote_starts.size - 1, dtype=np.int64)
    exposed = np.zeros((workers, LEVELS), dtype=np.int64)
    hits = np.zeros(workers, dtype=np.int64)
    false = np.zeros(workers, dtype=np.int64)
    log_unseen = np.zeros(LEVELS, dtype=np.int64)
    there = np.zeros(LEVELS, dtype=np.int64)
    missed = 0
    for item in range(votes.item_starts.size - 1):
        missed += _expect_unseen(votes, rates, constants.step, item, log_unseen, there)
        for cluster in range(votes.item_starts[item], votes.item_starts[item + 1]):
            chance = _expect_cluster(votes, rates, constants, item, cluster, log_unseen, there)
            chances[cluster] = chance
            _credit(votes, rates, cluster, chance, hits, false)
        for place in range(votes.view_starts[item], votes.view_starts[item + 1]):
            for level in range(LEVELS):
                exposed[votes.viewers[place], level] += there[level]
    return Expected(chances, exposed, hits, false, chances.sum(), missed)


@kernel
def _expect_unseen(
    votes: Votes, rates: Rates, step: int, item: int, log_unseen: Ints, there: Ints
) -> int:
    """Fill in the chance that nobody sees an object, and how many nobody saw; return their sum.

    A rate of 2**32 times a power of 2**30 is 2**62.
    """
    total = 0
    for level in range(LEVELS):
        log_unseen[level] = 0
        for place in range(votes.view_starts[item], votes.view_starts[item + 1]):
            log_unseen[level] += _log_miss(rates.odds[votes.viewers[place]] + (level - 1) * step)
        there[level] = (rates.real_rates[level] * exp2(log_unseen[level])) >> EXP2_BITS
        total += there[level]
    return total


@kernel
def _expect_cluster(
    votes: Votes,
    rates: Rates,
    constants: Constants,
    item: int,
    cluster: int,
    log_unseen: Ints,
    there: Ints,
) -> int:
    """Return the cluster's chance to be real, and add it to what was there to be seen."""
    scores = np.zeros(LEVELS + 1, dtype=np.int64)
    size = votes.vote_starts[cluster + 1] - votes.vote_starts[cluster]
    resisted = votes.view_starts[item + 1] - votes.view_starts[item] - size
    started = 0
    for place in range(votes.vote_starts[cluster], votes.vote_starts[cluster + 1]):
        worker = votes.voters[place]
        started += rates.false_rates[worker]
        for level in range(LEVELS):
            scores[level] += rates.odds[worker] + (level - 1) * constants.step
    for level in range(LEVELS):
        scores[level] += log2(rates.real_rates[level]) + log_unseen[level]
    scores[LEVELS] = (
        log2(started) + (size - 1) * constants.log_falls + resisted * constants.log_resists
    )
    best = scores.max()
    powers = np.zeros(LEVELS + 1, dtype=np.int64)
    for kind in range(LEVELS + 1):
        powers[kind] = exp2(max(scores[kind] - best, LOWEST))
    whole = powers.sum()
    chance = 0
    for level in range(LEVELS):
        share = (powers[level] << COUNT_BITS) // whole
        there[level] += share
        chance += share
    return chance


@kernel
def _credit(votes: Votes, rates: Rates, cluster: int, chance: int, hits: Ints, false: Ints) -> None:
    """Give each voter a detection, or the part of a look-alike that likely started with them.

    A rate of look-alikes is at most a worker's boxes, so together below 2**42, times 2**20.
    """
    started = 0
    for place in range(votes.vote_starts[cluster], votes.vote_starts[cluster + 1]):
        started += rates.false_rates[votes.voters[place]]
    for place in range(votes.vote_starts[cluster], votes.vote_starts[cluster + 1]):
        worker = votes.voters[place]
        hits[worker] += chance
        false[worker] += (COUNT - chance) * rates.false_rates[worker] // started


@kernel
def solve_odds(exposed: Ints, hits: Ints, one: int, step: int) -> Ints:
    """Return the log-odds at which each worker's expected detections are the counted ones.

    One detection and one miss of the usual difficulty are added. A row of `exposed` adds up to at
    most 2**40, times a chance of 2**20.
    """
    odds = np.zeros(hits.size, dtype=np.int64)
    for worker in range(hits.size):
        low, high = -_FARTHEST, _FARTHEST
        while high - low > 1:
            middle = (low + high) >> 1
            expected = 2 * one * _chance(middle)
            for level in range(LEVELS):
                expected += exposed[worker, level] * _chance(middle + (level - 1) * step)
            if expected < (hits[worker] + one) << COUNT_BITS:
                low = middle
            else:
                high = middle
        odds[worker] = low
    return odds


@kernel
def _chance(odds: int) -> int:
    """Return 2**x / (1 + 2**x), scaled by 2**20."""
    power = exp2(-abs(odds))
    top = power if odds < 0 else _CERTAIN
    return (top << COUNT_BITS) // (_CERTAIN + power)


@kernel
def _log_miss(odds: int) -> int:
    """Return log2 of 1 / (1 + 2**x)."""
    return -(log2(_CERTAIN + exp2(-abs(odds))) - EXP2_BITS * ONE + max(odds, 0))
