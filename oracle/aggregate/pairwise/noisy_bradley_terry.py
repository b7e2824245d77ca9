"""Bradley-Terry in which a worker counts by the probability of not guessing.

After X. Chen, P. N. Bennett, K. Collins-Thompson and E. Horvitz, "Pairwise Ranking Aggregation in a
Crowdsourced Setting" (Crowd-BT), WSDM 2013, who weigh a worker by agreement with the consensus:

    1  fit x to all answers alike; a worker's repeated answers on one pair share one vote
    2  a worker either guesses, P(i beats j) = 1/2, or follows the strengths with some slope,
       P(i beats j) = s(a * (x[i] - x[j])), a one of +-1/4, +-1/2, +-1, +-2, +-4;
       weight = P(does not guess | the worker's answers), all slopes being equally likely before
    3  fit x again, each answer with its worker's weight

Unlike Crowd-BT it pays nobody for agreeing more than others do, nor turns a dissenter's answers
round: who differs steadily from the majority has another view of the objects, not less of one, and
rewarding conformity loses to plain Bradley-Terry where views differ (crowdea_cheat). And the
weights are taken once, never fed back into themselves, so a clique cannot talk the fit over.
"""

import numpy as np

from oracle.aggregate.types import BPS, Parameters
from oracle.integers import Ints

from .comparisons import SHARES, WEIGHT_BITS, Comparisons
from .fitting import fit_votes, pairwise_method, summarise
from .guessing import weigh_workers
from .leave_one_out import ahead_without_own
from .result import PairwiseAggregate


def aggregate_noisy_bradley_terry(
    comparisons: Comparisons, parameters: Parameters
) -> PairwiseAggregate:
    """Fit, learn who guesses, and fit again without them."""
    shares = shared_votes(comparisons)
    full = shares[0] << WEIGHT_BITS, shares[1] << WEIGHT_BITS
    start = np.zeros(comparisons.object_count, dtype=np.int64)
    first, steps = fit_votes(comparisons, full, start, parameters)
    ahead = ahead_without_own(comparisons, shares[0], first, parameters["prior_milli"])
    weights = weigh_workers(comparisons, shares, ahead, parameters["guessers_bps"])
    of_entry = weights[comparisons.workers]
    votes = shares[0] * of_entry, shares[1] * of_entry
    scores, more = fit_votes(comparisons, votes, first, parameters)
    return summarise(
        comparisons, votes, scores, weights * BPS >> WEIGHT_BITS, steps + more, parameters
    )


def shared_votes(comparisons: Comparisons) -> tuple[Ints, Ints]:
    """Return what each entry gives to `low` and to `high`, together one vote of `SHARES`."""
    return (
        comparisons.wins * SHARES // comparisons.counts,
        comparisons.losses * SHARES // comparisons.counts,
    )


NOISY_BRADLEY_TERRY = pairwise_method(
    "noisy_bradley_terry",
    "1",
    {"guessers_bps": 5_000, "iterations": 2_000, "prior_milli": 100, "tolerance": 16},
    aggregate_noisy_bradley_terry,
)
