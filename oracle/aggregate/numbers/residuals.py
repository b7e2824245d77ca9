"""What a worker's answers say of the worker: gain, bias and variance, by ridge regression.

An answer's residual is its distance from the centre of the others' answers to the item. Over a
worker's answers it is regressed on that centre, so that a worker who says the same to everything
(gain 0) is told from one who is precise. The regression runs in small integers: centres in units of
the items' spread, at most 3.5, differences in units of the answers' spread, at most 64, both in
steps of 2**-10. With at most 2**27 answers no sum leaves 2**61.
"""

import numpy as np

from oracle.integers import Ints, Ints32, kernel

from .arithmetic import FRACTION_BITS, bits_of, clip, times

STEP_BITS = 10
STEP_MASK = (1 << STEP_BITS) - 1
FARTHEST_CENTRE = (7 << STEP_BITS) >> 1
FARTHEST_RESIDUAL = (7 << STEP_BITS) >> 1
"""Beyond 3.5 deviations a residual counts as 3.5 (winsorized)."""

_FARTHEST_DIFFERENCE = 64 << STEP_BITS
_MEAN_BITS = 16
_STEEPEST = 1 << 24
_GREATEST_DIFFERENCE = 1 << 51
_SLOPE_NUMERATOR = 1 << 50


@kernel
def expected(centre: int, middle: int, between: int, gain: int, bias: int) -> int:
    """Return by how much a worker is expected to differ from the centre: at most 2**51."""
    return clip(times(clip(centre - middle, (7 * between) >> 1), gain) + bias, _GREATEST_DIFFERENCE)


@kernel
def residuals_of(
    workers: Ints32,
    grid: Ints,
    centres: Ints,
    middle: int,
    between: int,
    gains: Ints,
    biases: Ints,
) -> Ints:
    """Return each answer's distance from what its worker was expected to say."""
    residuals = np.zeros_like(grid)
    for row in range(grid.size):
        worker = workers[row]
        own = expected(centres[row], middle, between, gains[worker], biases[worker])
        residuals[row] = abs(grid[row] - centres[row] - own)
    return residuals


@kernel
def standardized(
    workers: Ints32,
    grid: Ints,
    centres: Ints,
    middle: int,
    between: int,
    within: int,
    gains: Ints,
    biases: Ints,
) -> tuple[Ints32, Ints32]:
    """Return centres and winsorized differences from them in the small units."""
    places = np.zeros(grid.size, dtype=np.int32)
    differences = np.zeros(grid.size, dtype=np.int32)
    for row in range(grid.size):
        worker = workers[row]
        own = expected(centres[row], middle, between, gains[worker], biases[worker])
        difference = own + clip(grid[row] - centres[row] - own, (7 * within) >> 1)
        places[row] = clip(((centres[row] - middle) << STEP_BITS) // between, FARTHEST_CENTRE)
        differences[row] = clip((difference << STEP_BITS) // within, _FARTHEST_DIFFERENCE)
    return places, differences


@kernel
def regress(
    workers: Ints32,
    places: Ints32,
    differences: Ints32,
    worker_count: int,
    gain_prior: int,
    bias_prior: int,
) -> tuple[Ints, Ints]:
    """Return each worker's slope and offset; the priors count as so many answers without either."""
    sums = np.zeros((worker_count, 5), dtype=np.int64)
    for row in range(workers.size):
        own, place, difference = sums[workers[row]], int(places[row]), int(differences[row])
        own[0] += 1
        own[1] += place
        own[2] += place * place
        own[3] += difference
        own[4] += place * difference
    slopes = np.zeros(worker_count, dtype=np.int64)
    offsets = np.zeros(worker_count, dtype=np.int64)
    for worker in range(worker_count):
        count, place, difference = sums[worker, 0], sums[worker, 1], sums[worker, 3]
        mean_place = (place << (_MEAN_BITS - STEP_BITS)) // (count + bias_prior)
        spread = sums[worker, 2] - ((place * mean_place) >> 6) + (gain_prior << 2 * STEP_BITS)
        slopes[worker] = _slope(sums[worker, 4] - ((difference * mean_place) >> 6), spread)
        offset = difference // (count + bias_prior) - ((slopes[worker] * mean_place) >> 18)
        offsets[worker] = clip(offset, _FARTHEST_DIFFERENCE)
    return slopes, offsets


@kernel
def _slope(product: int, spread: int) -> int:
    """Return product / spread, scaled by 2**12, for a positive spread."""
    shift = max(0, bits_of(spread) - 40)
    slope = (clip(product >> shift, _SLOPE_NUMERATOR) << FRACTION_BITS) // (spread >> shift)
    return clip(slope, _STEEPEST)


@kernel
def squares_of(
    workers: Ints32, places: Ints32, differences: Ints32, slopes: Ints, offsets: Ints
) -> Ints:
    """Return per worker the sum of the squares of the winsorized residuals from the regression."""
    squares = np.zeros(slopes.size, dtype=np.int64)
    for row in range(workers.size):
        worker = workers[row]
        line = ((slopes[worker] * places[row]) >> FRACTION_BITS) + offsets[worker]
        residual = clip(differences[row] - line, FARTHEST_RESIDUAL)
        squares[worker] += residual * residual
    return squares
