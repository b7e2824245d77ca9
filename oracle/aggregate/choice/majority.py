"""Plain majority: one worker, one vote."""

from oracle.aggregate.types import Parameters

from .aggregate import Aggregate, equal_weights
from .crowd import Crowd
from .method import choice_method
from .votes import vote


def aggregate_majority(crowd: Crowd, parameters: Parameters) -> Aggregate:
    """Give each item the label that most workers chose."""
    return vote(crowd, equal_weights(crowd.answers))


MAJORITY = choice_method("majority", "1", {}, aggregate_majority)
