"""How sure an estimate is: from the spread of the answers to a probability."""

import numpy as np
from numpy.typing import NDArray

from oracle.aggregate.types import BPS
from oracle.integers import Ints, Ints32, kernel

from .answers import NumberAnswers
from .arithmetic import spread_of, square_root

_UNIT_BITS = 8
_FARTHEST = 1 << 12
"""Distances are measured in 1/256 of the tolerance and cut at 16 times the tolerance."""

_VARIANCE_BITS = 2 * _UNIT_BITS
_PRIOR_ANSWERS = 4
"""An item's own spread counts against the crowd's as so many answers fewer."""

_SHARED_ERROR = 1 << 19
"""The part of an answer's variance that all answers to an item share and no number of them averages
away: one half, scaled by 2**20. Measured on n_emotion, coins and snow_valence it is .25, .38 and
.43, with tails heavier than normal; groceries, ten items that a crowd knows badly, has about 4."""

# fmt: off
_WITHIN = np.array([
    0, 995, 1974, 2923, 3829, 4680, 5467, 6184, 6827, 7394, 7887, 8309, 8664, 8958, 9199, 9392,
    9545, 9664, 9756, 9825, 9876, 9913, 9940, 9960, 9973, 9982, 9988, 9993, 9995, 9997, 9998,
    9999, 9999,
], dtype=np.int64)
# fmt: on
"""Probability in bps that a normal error is within 0, 1/8, 2/8 … 32/8 standard deviations."""


@kernel
def distances_to(starts: Ints, grid: Ints, centres: Ints) -> Ints:
    """Return how far each answer is from its item's centre."""
    distances = np.zeros_like(grid)
    for item in range(centres.size):
        for row in range(starts[item], starts[item + 1]):
            distances[row] = abs(grid[row] - centres[item])
    return distances


def tolerance_of(starts: Ints, distances: Ints) -> int:
    """Return the spread of the answers to items with two or more; 0 if there are none."""
    shared = distances[_is_shared(starts)]
    return spread_of(shared) if shared.size else 0


def hit_shares(answers: NumberAnswers, distances: Ints, tolerance: int) -> Ints:
    """Return per worker the share in bps of answers to shared items within the tolerance."""
    counted = _is_shared(answers.starts)
    hits = counted & (distances <= tolerance)
    right = np.bincount(answers.workers[hits], minlength=answers.worker_count)
    given = np.bincount(answers.workers[counted], minlength=answers.worker_count)
    shares: Ints = (right.astype(np.int64) * BPS) // np.maximum(given, 1)
    return shares


def confidence_of(starts: Ints, distances: Ints, weights: Ints32, tolerance: int) -> Ints:
    """Return per item the probability in bps that the truth is within the tolerance.

    With no tolerance, because most answers of the crowd agree exactly, it is the weighted share of
    the answers that do.
    """
    if not _is_shared(starts).any():
        return np.zeros(starts.size - 1, dtype=np.int64)
    if not tolerance:
        return _agreement(starts, distances, weights)
    return _probabilities(starts, distances, weights, tolerance)


def _is_shared(starts: Ints) -> NDArray[np.bool_]:
    """Tell of each answer whether its item has another."""
    counts = np.diff(starts)
    return np.repeat(counts > 1, counts)


@kernel
def _agreement(starts: Ints, distances: Ints, weights: Ints32) -> Ints:
    shares = np.zeros(starts.size - 1, dtype=np.int64)
    for item in range(shares.size):
        agreed, total = 0, 0
        for row in range(starts[item], starts[item + 1]):
            total += int(weights[row])
            if distances[row] == 0:
                agreed += int(weights[row])
        shares[item] = agreed * BPS // total
    return shares


@kernel
def _probabilities(starts: Ints, distances: Ints, weights: Ints32, tolerance: int) -> Ints:
    probabilities = np.zeros(starts.size - 1, dtype=np.int64)
    for item in range(probabilities.size):
        first, last = starts[item], starts[item + 1]
        variance = _error_variance(distances[first:last], weights[first:last], tolerance)
        probabilities[item] = _within(variance)
    return probabilities


@kernel
def _error_variance(distances: Ints, weights: Ints32, tolerance: int) -> int:
    """Return the variance of an estimate in squares of the tolerance, scaled by 2**16.

    v * (1 / n + shared): v is the item's weighted variance, drawn towards the crowd's, and n the
    number of even answers that are worth the weighted ones. 2**19 answers of weight 2**14 and
    squares of 2**24 sum to less than 2**58.
    """
    weighted, weight, squares = 0, 0, 0
    for row in range(distances.size):
        own_weight = int(weights[row])
        distance = min((min(distances[row], tolerance << 4) << _UNIT_BITS) // tolerance, _FARTHEST)
        weighted += own_weight * distance * distance
        weight += own_weight
        squares += own_weight * own_weight
    count = distances.size
    own = (weighted // weight) * count + (_PRIOR_ANSWERS << _VARIANCE_BITS)
    one_of_n = (((squares << 12) // weight) << 8) // weight
    return (own // (count - 1 + _PRIOR_ANSWERS) * (one_of_n + _SHARED_ERROR)) >> 20


@kernel
def _within(variance: int) -> int:
    """Return the probability in bps that a normal error of this variance is within 1."""
    deviations = (64 << _UNIT_BITS) // max(1, square_root(variance))
    step = min(deviations >> 3, _WITHIN.size - 2)
    part = min(deviations - (step << 3), 8)
    return int(_WITHIN[step] + (((_WITHIN[step + 1] - _WITHIN[step]) * part) >> 3))
