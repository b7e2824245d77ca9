"""Methods for answers that choose one of K labels."""

from .aggregate import Aggregate, Scores, let_known_stand, lot
from .anchored import ANCHORED
from .answers import MAX_WEIGHT, UNKNOWN, Answers
from .crowd import Crowd, LocalCrowd, interruptible
from .dawid_skene import DAWID_SKENE
from .explanation import Explanation, Reason, explain
from .glad import GLAD
from .mace import MACE
from .majority import MAJORITY
from .method import outcome_of
from .one_coin import ONE_COIN
from .parsing import parse
from .stake_weighted import STAKE_WEIGHTED
from .wawa import WAWA
from .zero_based_skill import ZERO_BASED_SKILL

CHOICE_METHODS = (
    ANCHORED,
    MAJORITY,
    STAKE_WEIGHTED,
    WAWA,
    ZERO_BASED_SKILL,
    DAWID_SKENE,
    ONE_COIN,
    GLAD,
    MACE,
)

__all__ = [
    "CHOICE_METHODS",
    "MAX_WEIGHT",
    "UNKNOWN",
    "Aggregate",
    "Answers",
    "Crowd",
    "Explanation",
    "LocalCrowd",
    "Reason",
    "Scores",
    "explain",
    "interruptible",
    "let_known_stand",
    "lot",
    "outcome_of",
    "parse",
]
