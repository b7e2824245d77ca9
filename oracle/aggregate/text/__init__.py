"""Methods for answers in free text: the best text of many."""

from .aggregate import TextAggregate
from .explanation import AnswerShare, TextExplanation, WordVote
from .medoid import MEDOID, aggregate_medoid
from .parsing import TextAnswers, parse
from .rover import ROVER, aggregate_rover
from .tokens import fold, tokenise
from .weighted_rover import WEIGHTED_ROVER, aggregate_weighted_rover

TEXT_METHODS = (MEDOID, ROVER, WEIGHTED_ROVER)

__all__ = [
    "MEDOID",
    "ROVER",
    "TEXT_METHODS",
    "WEIGHTED_ROVER",
    "AnswerShare",
    "TextAggregate",
    "TextAnswers",
    "TextExplanation",
    "WordVote",
    "aggregate_medoid",
    "aggregate_rover",
    "aggregate_weighted_rover",
    "fold",
    "parse",
    "tokenise",
]
