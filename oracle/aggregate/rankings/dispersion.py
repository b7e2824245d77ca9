"""How strongly a worker's orders lean to the right one: the parameter of Mallows' model.

C. L. Mallows, "Non-Null Ranking Models I", Biometrika 44, 1957: an order at Kendall's distance d
from the right one has a probability in proportion to 2 ** (-theta * d). The distance of m objects
is then a sum of m truncated geometric variables (M. A. Fligner and J. S. Verducci, "Distance Based
Ranking Models", JRSS B 48, 1986):

    E[m](theta) = sum over k = 1..m of (sum over t < k of t * f**t) / (sum over t < k of f**t),
    f = 2 ** -theta

which falls with theta, so the maximum likelihood theta is where it meets the distance observed.
"""

import numpy as np

from oracle.integers import EXP2_BITS, ONE, Ints, exp2

from .rankings import Rankings

LEVELS_PER_BIT = 16
LEVELS = 128
"""Theta is looked for among 0, 1/16, ... 8 bits."""

FAINTEST = ONE // 64
_DISTANCE_BITS = 20
_PRIOR_LENGTH = 3
_PRIOR_LEVEL = LEVELS_PER_BIT


def weigh_workers(rankings: Rankings, compared: Ints, against: Ints, prior_lists: int) -> Ints:
    """Return each worker's theta in bits scaled by `ONE`, at least `FAINTEST`.

    `compared` pairs of each answer, of which `against` disagreed, are what is known. Beside them
    everybody has `prior_lists` orders of three objects, at the distance that one bit expects.
    """
    longest = max(int(rankings.lengths.max(initial=0)), _PRIOR_LENGTH)
    expected = expected_distances(longest)
    observed = np.zeros(rankings.worker_count, dtype=np.int64)
    np.add.at(observed, rankings.workers, against << _DISTANCE_BITS)
    observed += prior_lists * expected[_PRIOR_LENGTH, _PRIOR_LEVEL]
    levels = np.zeros(rankings.worker_count, dtype=np.int64)
    for step in (64, 32, 16, 8, 4, 2, 1):
        at_least = levels + step
        sums = _expect(rankings, compared, expected, at_least)
        sums += prior_lists * expected[_PRIOR_LENGTH, at_least]
        levels = np.where(sums >= observed, at_least, levels)
    return np.maximum(levels * (ONE // LEVELS_PER_BIT), FAINTEST)


def expected_distances(longest: int) -> Ints:
    """Return E for each number of objects and each level, scaled by 2**20; shape (m + 1, 128)."""
    table = np.zeros((longest + 1, LEVELS), dtype=np.int64)
    for level in range(LEVELS):
        ratio = exp2(-level * (ONE // LEVELS_PER_BIT))
        power, total, weighted, distance = 1 << EXP2_BITS, 0, 0, 0
        for objects in range(1, longest + 1):
            total += power
            weighted += (objects - 1) * power
            distance += (weighted << _DISTANCE_BITS) // total
            power = power * ratio >> EXP2_BITS
            table[objects, level] = distance
    return table


def _expect(rankings: Rankings, compared: Ints, expected: Ints, levels: Ints) -> Ints:
    """Sum E over each worker's answers; an answer counts by the share of its pairs compared.

    A distance of m objects scaled stays below m**2 / 4 * 2**20, over all places below 2**60.
    """
    lengths = rankings.lengths
    pairs = np.maximum(lengths * (lengths - 1) // 2, 1)
    whole = expected[lengths, levels[rankings.workers]]
    sums = np.zeros(rankings.worker_count, dtype=np.int64)
    np.add.at(sums, rankings.workers, whole * compared // pairs)
    return sums
