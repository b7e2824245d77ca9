"""Worker agreement with aggregate ("Wawa", Appen; crowd-kit 1.4): two votes.

The first vote is plain majority. In the second a worker weighs as much as the share of the answers
with which the worker was on the winning side of the first.
"""

from oracle.aggregate.types import Parameters

from .aggregate import Aggregate, equal_weights
from .crowd import Crowd
from .method import choice_method
from .votes import agreement, vote


def aggregate_wawa(crowd: Crowd, parameters: Parameters) -> Aggregate:
    """Vote, weigh each worker by agreement with the result, and vote again."""
    return vote(crowd, agreement(crowd, equal_weights(crowd.answers)), iterations=2)


WAWA = choice_method("wawa", "1", {}, aggregate_wawa)
