"""Majority in which a worker's vote weighs min(stake / seat size, 2)."""

from .tally import count_votes, from_votes
from .types import Aggregate, Aggregation, Answers, Parameters


def aggregate_stake_weighted(answers: Answers, parameters: Parameters) -> Aggregate:
    """Give each item the label with the most capped stake behind it."""
    return from_votes(answers, count_votes(answers, answers.weights))


STAKE_WEIGHTED = Aggregation(
    name="stake_weighted", version="1", parameters={}, aggregate=aggregate_stake_weighted
)
