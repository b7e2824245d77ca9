"""Methods for answers that say which of two objects wins."""

from .bradley_terry import BRADLEY_TERRY, aggregate_bradley_terry
from .comparisons import Comparisons
from .explanation import PairReason, PairVote, explain_pair
from .noisy_bradley_terry import NOISY_BRADLEY_TERRY, aggregate_noisy_bradley_terry
from .parsing import parse
from .result import PairWinners, PairwiseAggregate, winners_of

PAIRWISE_METHODS = (BRADLEY_TERRY, NOISY_BRADLEY_TERRY)

__all__ = [
    "PAIRWISE_METHODS",
    "Comparisons",
    "PairReason",
    "PairVote",
    "PairWinners",
    "PairwiseAggregate",
    "aggregate_bradley_terry",
    "aggregate_noisy_bradley_terry",
    "explain_pair",
    "parse",
    "winners_of",
]
