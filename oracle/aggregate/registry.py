"""Every method that an oracle knows, by name."""

from .dawid_skene import DAWID_SKENE
from .majority import MAJORITY
from .stake_weighted import STAKE_WEIGHTED
from .types import Aggregation

METHODS: dict[str, Aggregation] = {
    method.name: method for method in (MAJORITY, STAKE_WEIGHTED, DAWID_SKENE)
}
DEFAULT_METHOD = DAWID_SKENE.name
