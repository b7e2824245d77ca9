"""Every method that an oracle knows, by name."""

from .boxes import BOX_METHODS
from .choice import CHOICE_METHODS
from .multi_label import MULTI_LABEL_METHODS
from .numbers import NUMBER_METHODS
from .pairwise import PAIRWISE_METHODS
from .rankings import RANKING_METHODS
from .text import TEXT_METHODS
from .types import Aggregation

_ALL = (
    *CHOICE_METHODS,
    *NUMBER_METHODS,
    *TEXT_METHODS,
    *BOX_METHODS,
    *MULTI_LABEL_METHODS,
    *PAIRWISE_METHODS,
    *RANKING_METHODS,
)

METHODS: dict[str, Aggregation] = {method.name: method for method in _ALL}
TASK_METHODS: dict[str, Aggregation] = {method.name: method for method in CHOICE_METHODS}
"""What a task on chain may name: its workers choose among labels."""

DEFAULT_METHOD = "anchored"
