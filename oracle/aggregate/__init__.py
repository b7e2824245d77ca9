"""Aggregation methods: one file and one function per method, integers only."""

from .registry import DEFAULT_METHOD, METHODS
from .types import MAX_WEIGHT, UNIT, Aggregate, Aggregation, Answers, Ints, Parameters

__all__ = [
    "DEFAULT_METHOD",
    "MAX_WEIGHT",
    "METHODS",
    "UNIT",
    "Aggregate",
    "Aggregation",
    "Answers",
    "Ints",
    "Parameters",
]
