"""How much each answer counts, and as what."""

from dataclasses import dataclass

import numpy as np

from oracle.integers import EXP2_BITS, ONE, Ints, Ints32, exp2, kernel

from .answers import NumberAnswers
from .arithmetic import FRACTION_BITS, bits_of, clip, times

EVEN_WEIGHT = 1 << 10
"""What an answer of the middle worker counts."""

LIGHTEST, HEAVIEST = -5 * ONE, 4 * ONE
"""Bounds of the log2 of a worker's weight: 1/32 and 16 times the middle worker's."""

_WEIGHT_SHIFT = EXP2_BITS - 14
"""An answer weighs at most 16 * `EVEN_WEIGHT` = 2**14."""

FAR = 1 << 52
"""A reach that no answer leaves."""

_DEVIATION_BITS = 29


@dataclass(frozen=True, eq=False)
class Counting:
    """Hold what answers count: weights per row, pulls per item, biases and reaches per worker.

    An answer counts as its value less its item's `pulls` (scaled by 2**12) times its worker's bias,
    moved to within the worker's reach of the item's centre.
    """

    weights: Ints32
    pulls: Ints
    biases: Ints
    reaches: Ints


def even_weights(answers: NumberAnswers) -> Ints32:
    """Let every answer count the same."""
    return np.full(answers.values.size, EVEN_WEIGHT, dtype=np.int32)


@kernel
def weigh_answers(starts: Ints, workers: Ints32, log_weights: Ints, pulls: Ints) -> Ints32:
    """Return each worker's weight to the power of the item's pull: pull 0 makes all even."""
    weights = np.zeros(workers.size, dtype=np.int32)
    for item in range(starts.size - 1):
        for row in range(starts[item], starts[item + 1]):
            exponent = (log_weights[workers[row]] * pulls[item]) >> FRACTION_BITS
            weights[row] = exp2(min(0, exponent - HEAVIEST)) >> _WEIGHT_SHIFT
    return weights


@kernel
def deviation(value: int, centre: int, bias: int, pull: int, reach: int) -> int:
    """Return how far from the centre an answer counts."""
    return clip(value - times(bias, pull) - centre, reach)


@kernel
def _deviations(
    workers: Ints32, grid: Ints, centre: int, pull: int, biases: Ints, reaches: Ints
) -> Ints:
    """Return what each answer to one item counts, seen from its centre."""
    deviations = np.zeros(workers.size, dtype=np.int64)
    for row in range(workers.size):
        worker = workers[row]
        deviations[row] = deviation(grid[row], centre, biases[worker], pull, reaches[worker])
    return deviations


@kernel
def move_centres(
    starts: Ints,
    workers: Ints32,
    grid: Ints,
    centres: Ints,
    weights: Ints32,
    pulls: Ints,
    biases: Ints,
    reaches: Ints,
) -> Ints:
    """Return the weighted mean of what the answers of each item count, seen from its centre."""
    moved = np.zeros_like(centres)
    for item in range(centres.size):
        first, last = starts[item], starts[item + 1]
        deviations = _deviations(
            workers[first:last], grid[first:last], centres[item], pulls[item], biases, reaches
        )
        total, shift = weighted_sum(deviations, weights[first:last])
        moved[item] = centres[item] + (total // weights[first:last].sum() << shift)
    return moved


@kernel
def centres_of_others(
    starts: Ints,
    workers: Ints32,
    grid: Ints,
    centres: Ints,
    weights: Ints32,
    pulls: Ints,
    biases: Ints,
    reaches: Ints,
) -> Ints:
    """Return for each answer where the centre would be without it; alone, where it is."""
    others = np.zeros_like(grid)
    for item in range(centres.size):
        first, last = starts[item], starts[item + 1]
        deviations = _deviations(
            workers[first:last], grid[first:last], centres[item], pulls[item], biases, reaches
        )
        total, shift = weighted_sum(deviations, weights[first:last])
        weight = weights[first:last].sum()
        for row in range(first, last):
            rest = total - (deviations[row - first] >> shift) * weights[row]
            others[row] = centres[item] + (rest // max(1, weight - weights[row]) << shift)
    return others


@kernel
def weighted_sum(deviations: Ints, weights: Ints32) -> tuple[int, int]:
    """Sum weighted deviations cut to 29 bits; return the sum and the number of bits cut off.

    2**19 terms of 2**29 * 2**14 stay below 2**62.
    """
    farthest = 0
    for value in deviations:
        farthest = max(farthest, abs(value))
    shift = max(0, bits_of(farthest) - _DEVIATION_BITS)
    total = 0
    for row in range(deviations.size):
        total += (deviations[row] >> shift) * weights[row]
    return total, shift
