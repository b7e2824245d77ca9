"""Every method that an oracle knows, by name."""

from .choice import CHOICE_METHODS
from .types import Aggregation

METHODS: dict[str, Aggregation] = {method.name: method for method in CHOICE_METHODS}
DEFAULT_METHOD = "dawid_skene"
