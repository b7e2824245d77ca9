"""Methods for answers that are numbers."""

from .aggregate import NumberAggregate
from .answers import NumberAnswers
from .explanation import AnswerInfluence, explain_item
from .mean import MEAN
from .median import MEDIAN
from .parsing import parse
from .robust_consensus import ROBUST_CONSENSUS

NUMBER_METHODS = (MEAN, MEDIAN, ROBUST_CONSENSUS)

__all__ = [
    "NUMBER_METHODS",
    "AnswerInfluence",
    "NumberAggregate",
    "NumberAnswers",
    "explain_item",
    "parse",
]
