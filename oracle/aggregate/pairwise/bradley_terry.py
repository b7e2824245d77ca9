"""Bradley and Terry, 1952: every answer counts the same (`strengths` states the model).

Gives the order of crowd-kit's `BradleyTerry` where that one converges: its test for the end
compares an array with itself, so it stops after two steps, whatever its `n_iter`.
"""

import numpy as np

from oracle.aggregate.types import BPS, Parameters

from .comparisons import VOTE, Comparisons
from .fitting import fit_votes, pairwise_method, summarise
from .result import PairwiseAggregate


def aggregate_bradley_terry(comparisons: Comparisons, parameters: Parameters) -> PairwiseAggregate:
    """Fit one strength per object to the wins of all workers alike."""
    votes = comparisons.wins * VOTE, comparisons.losses * VOTE
    start = np.zeros(comparisons.object_count, dtype=np.int64)
    scores, steps = fit_votes(comparisons, votes, start, parameters)
    weights = np.full(comparisons.worker_count, BPS, dtype=np.int64)
    return summarise(comparisons, votes, scores, weights, steps, parameters)


BRADLEY_TERRY = pairwise_method(
    "bradley_terry",
    "1",
    {"iterations": 2_000, "prior_milli": 100, "tolerance": 16},
    aggregate_bradley_terry,
)
