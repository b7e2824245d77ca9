"""From residuals to what each worker's answers count: the middle step of `robust_consensus`."""

from dataclasses import dataclass

import numpy as np

from oracle.aggregate.types import BPS, Parameters
from oracle.integers import Ints, kernel, log2

from .answers import GRID_LIMIT, NumberAnswers
from .arithmetic import FRACTION_BITS, spread_of, square_root
from .mean import means_of
from .residuals import STEP_BITS, STEP_MASK, regress, residuals_of, squares_of, standardized
from .weights import FAR, HEAVIEST, LIGHTEST

_GAIN_LIMIT = 4 << FRACTION_BITS
_LEAST_GAIN = (1 << FRACTION_BITS) // 50
"""A worker whose answers run against the others' is weighed as one who hardly follows them."""

_NARROWEST_BETWEEN = 16
_NARROWEST_WITHIN = 64
"""The spread of the centres counts at least as 1/16 of the answers', and that as 1/64 of it."""

_WILD = 8
_WILD_SHARE = 100
"""Residuals beyond 8 deviations are wild; where 1/100 are, answers are cut the closest."""

_ODDS_LIMIT = 1 << 20


@dataclass(frozen=True)
class Scale:
    """Hold the middle and spread of the centres and the spread of the residuals, on the grid.

    `wild_rows` counts the residuals beyond `_WILD` times `within`.
    """

    middle: int
    between: int
    within: int
    wild_rows: int

    @property
    def ratio(self) -> int:
        """Return within / between, scaled by 2**10: at most 2**14."""
        return (self.within << STEP_BITS) // self.between


@dataclass(frozen=True, eq=False)
class Crowd:
    """Hold what one round learnt; one entry per worker, of `pulls` one per item.

    `gains`, less one, are scaled by 2**12, `log_weights` by 2**24; `biases` and `reaches` are on
    the grid. `pulls`, scaled by 2**12, say how far weights and biases are to be used.
    """

    gains: Ints
    biases: Ints
    log_weights: Ints
    reaches: Ints
    pulls: Ints


def unknown_crowd(answers: NumberAnswers) -> Crowd:
    """Take every worker for unbiased and equal."""
    nothing = np.zeros(answers.worker_count, dtype=np.int64)
    pulls = np.zeros(answers.item_count, dtype=np.int64)
    return Crowd(nothing, nothing, nothing, nothing + FAR, pulls)


def learn_workers(
    answers: NumberAnswers,
    grid: Ints,
    centres: Ints,
    others: Ints,
    crowd: Crowd,
    parameters: Parameters,
) -> Crowd:
    """Learn gain, bias, variance and reach of each worker from the others' centres."""
    scale = _scale_of(answers, grid, centres, others, crowd)
    places, differences = standardized(
        answers.workers,
        grid,
        others,
        scale.middle,
        scale.between,
        scale.within,
        crowd.gains,
        crowd.biases,
    )
    priors = parameters["gain_prior"], parameters["bias_prior"]
    slopes, offsets = regress(answers.workers, places, differences, answers.worker_count, *priors)
    squares = squares_of(answers.workers, places, differences, slopes, offsets)
    variance = max(1, int(squares.sum()) // grid.size)
    variances = _variances_of(answers, squares, variance, parameters["variance_prior"])
    gains = np.clip((slopes * scale.ratio) >> STEP_BITS, -_GAIN_LIMIT, _GAIN_LIMIT)
    return Crowd(
        gains=gains,
        biases=np.clip(_in_steps(scale.within, offsets), -GRID_LIMIT, GRID_LIMIT),
        log_weights=_log_weights(gains, variances),
        reaches=_reaches(scale, variances, _cut(scale, grid.size, parameters)),
        pulls=_pulls(answers, (variance * scale.ratio**2) >> 20, parameters["shared_bps"]),
    )


def _scale_of(
    answers: NumberAnswers, grid: Ints, centres: Ints, others: Ints, crowd: Crowd
) -> Scale:
    """Measure centres and residuals; keep both spreads within sight of each other."""
    middle, between = _middle_and_spread(centres)
    residuals = residuals_of(
        answers.workers, grid, others, middle, between, crowd.gains, crowd.biases
    )
    narrow = int(spread_of(residuals))
    between = max(between, narrow // _NARROWEST_BETWEEN, 1)
    within = max(narrow, between // _NARROWEST_WITHIN, 1)
    return Scale(middle, between, within, int(np.count_nonzero(residuals > _WILD * within)))


def _middle_and_spread(centres: Ints) -> tuple[int, int]:
    """Return the mean of the centres, each cut at three spreads from their median, and the spread.

    The lower of two medians is taken.
    """
    median = int(np.sort(centres)[(centres.size - 1) // 2])
    spread = int(spread_of(np.abs(centres - median)))
    cut = np.clip(centres - median, -3 * spread, 3 * spread)
    whole = np.array([0, centres.size], dtype=np.int64)
    return median + int(means_of(whole, cut)[0]), spread


def _variances_of(answers: NumberAnswers, squares: Ints, variance: int, prior: int) -> Ints:
    """Return each worker's variance in squares of `within`, scaled by 2**20, drawn to the crowd's.

    At most 9 * 2**20.
    """
    given = np.bincount(answers.workers, minlength=answers.worker_count)
    variances: Ints = (squares + prior * variance) // (given + prior)
    return np.maximum(variances, 1)


def _cut(scale: Scale, rows: int, parameters: Parameters) -> int:
    """Return at how many deviations answers are cut, scaled by 2**10."""
    loosest = parameters["clip_deviations"] << STEP_BITS
    tightest = 1 << (STEP_BITS - 1)
    wild = min(scale.wild_rows * _WILD_SHARE, rows)
    return loosest - (loosest - tightest) * wild // rows


def _reaches(scale: Scale, variances: Ints, cut: int) -> Ints:
    """Return how far from a centre each worker's answers count, at most `FAR`."""
    deviations = (_roots(variances) * cut) >> STEP_BITS
    return np.minimum(_in_steps(scale.within, deviations), FAR)


def _in_steps(unit: int, steps: Ints) -> Ints:
    """Return unit * steps / 2**10 for a unit below 2**53 and steps below 2**17."""
    product: Ints = steps * (unit >> STEP_BITS) + ((steps * (unit & STEP_MASK)) >> STEP_BITS)
    return product


def _pulls(answers: NumberAnswers, variance: int, shared_bps: int) -> Ints:
    """Return the pull of each item, scaled by 2**12.

    `variance` is an answer's, over the items', scaled by 2**20. An item has at most 2**19 answers,
    so the odds stay below 2**50 before they are cut.
    """
    shared = (shared_bps << 20) // BPS
    odds = np.minimum(((np.diff(answers.starts) * shared) << 10) // max(1, variance), _ODDS_LIMIT)
    pulls: Ints = (1 << (20 + FRACTION_BITS)) // ((1 << 20) + odds * odds)
    return pulls


@kernel
def _roots(squares: Ints) -> Ints:
    roots = np.zeros_like(squares)
    for place in range(squares.size):
        roots[place] = square_root(squares[place])
    return roots


def _log_weights(gains: Ints, variances: Ints) -> Ints:
    """Return log2 of gain / variance over the middle worker's, scaled by 2**24."""
    logs = _logs(np.maximum(gains + (1 << FRACTION_BITS), _LEAST_GAIN)) - _logs(variances)
    middle = np.sort(logs)[(logs.size - 1) // 2]
    log_weights: Ints = np.clip(logs - middle, LIGHTEST, HEAVIEST)
    return log_weights


@kernel
def _logs(values: Ints) -> Ints:
    logs = np.zeros_like(values)
    for place in range(values.size):
        logs[place] = log2(values[place])
    return logs
