"""Methods for answers that put objects in order."""

from .explanation import RankingReason, RankingVote, explain_ranking
from .kemeny import WEIGHTED_KEMENY, RankingAggregate, aggregate_weighted_kemeny
from .parsing import parse
from .rankings import Rankings

RANKING_METHODS = (WEIGHTED_KEMENY,)

__all__ = [
    "RANKING_METHODS",
    "RankingAggregate",
    "RankingReason",
    "RankingVote",
    "Rankings",
    "aggregate_weighted_kemeny",
    "explain_ranking",
    "parse",
]
