"""What a method for numbers returns, and how its estimates become decimals."""

from dataclasses import dataclass

import numpy as np

from oracle.integers import Ints, Ints32

from .answers import NumberAnswers
from .certainty import confidence_of, distances_to, hit_shares, tolerance_of
from .weights import FAR, Counting

EXTRA_DECIMALS = 3
"""Estimates have three decimals more than the answers; halves are rounded up."""


@dataclass(frozen=True, eq=False)
class NumberAggregate:
    """Hold one estimate per item, and how sure the method is of it.

    `values`, one per item, and `tolerance` are scaled by 10**`decimals`. `tolerance` is the
    standard deviation of the bulk of the answers around the estimates: what one answer is usually
    off. `confidence_bps` is the probability that the truth is at most `tolerance` off the estimate,
    and `skill_bps`, one per worker, the share of a worker's answers that are. Both learn from items
    with two answers or more only, and are 0 where there is none. `centres` are the estimates on the
    grid of the answers; `counting` says how each answer entered them.
    """

    values: Ints
    decimals: int
    tolerance: int
    confidence_bps: Ints
    skill_bps: Ints
    iterations: int
    centres: Ints
    counting: Counting


def aggregate_of(
    answers: NumberAnswers,
    centres: Ints,
    counting: Counting,
    certainty_weights: Ints32,
    iterations: int = 1,
) -> NumberAggregate:
    """Judge grid estimates by how far the answers are from them."""
    distances = distances_to(answers.starts, answers.grid, centres)
    tolerance = tolerance_of(answers.starts, distances)
    return NumberAggregate(
        values=scaled_of(answers, centres),
        decimals=answers.decimals + EXTRA_DECIMALS,
        tolerance=int(scaled_of(answers, np.array([tolerance], dtype=np.int64))[0]),
        confidence_bps=confidence_of(answers.starts, distances, certainty_weights, tolerance),
        skill_bps=hit_shares(answers, distances, tolerance),
        iterations=iterations,
        centres=centres,
        counting=counting,
    )


def even_counting(answers: NumberAnswers, weights: Ints32) -> Counting:
    """Count answers as they are: no bias, no reach."""
    nothing = np.zeros(answers.worker_count, dtype=np.int64)
    pulls = np.zeros(answers.item_count, dtype=np.int64)
    return Counting(weights, pulls, nothing, np.full_like(nothing, FAR))


def scaled_of(answers: NumberAnswers, grid: Ints) -> Ints:
    """Round grid values, below 2**52, to `EXTRA_DECIMALS` more than the answers have."""
    half = (1 << answers.grid_bits) >> 1
    scaled: Ints = (grid * 10**EXTRA_DECIMALS + half) >> answers.grid_bits
    return scaled
