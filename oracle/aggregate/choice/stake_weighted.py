"""Majority in which a worker's vote weighs min(stake / seat size, 2)."""

from oracle.aggregate.types import Parameters

from .aggregate import Aggregate
from .crowd import Crowd
from .method import choice_method
from .votes import vote


def aggregate_stake_weighted(crowd: Crowd, parameters: Parameters) -> Aggregate:
    """Give each item the label with the most capped stake behind it."""
    return vote(crowd, crowd.answers.weights)


STAKE_WEIGHTED = choice_method("stake_weighted", "1", {}, aggregate_stake_weighted)
