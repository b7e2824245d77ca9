"""Plain majority: one worker, one vote."""

from .tally import count_votes, equal_weights, from_votes
from .types import Aggregate, Aggregation, Answers, Parameters


def aggregate_majority(answers: Answers, parameters: Parameters) -> Aggregate:
    """Give each item the label that most workers chose."""
    return from_votes(answers, count_votes(answers, equal_weights(answers)))


MAJORITY = Aggregation(name="majority", version="1", parameters={}, aggregate=aggregate_majority)
