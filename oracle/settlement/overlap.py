"""What decides whether an item wants more answers (rule 5, adaptive overlap)."""

from oracle.aggregate.choice import Answers
from oracle.integers import Ints

from .lots import Lots
from .references import read
from .skills import stand
from .types import Withheld


def weigh(answers: Answers, scores: Ints, possible: Ints) -> Ints:
    """Return each worker's weight by `WEIGHT_UNIT`, from audits, history and the crowd.

    `scores` and `possible` are the workers' histories, by `UNIT`. Nobody has withheld anything
    while answers still come.
    """
    return stand(answers, scores, possible, Withheld.nothing()).opinion.weights


def leads(answers: Answers, weights: Ints) -> Ints:
    """Return by `WEIGHT_UNIT` how far each item's first label is ahead of its second.

    Nothing where nobody of weight answered.
    """
    return read(answers, max(answers.label_count, 2), weights, Lots(answers)).leads
