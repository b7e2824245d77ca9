"""Aggregation methods: one file and one function per method, integers only."""

from .registry import DEFAULT_METHOD, METHODS
from .types import MAX_WEIGHT, UNIT, Aggregate, Answers, Ints, Method, Parameters

__all__ = [
    "DEFAULT_METHOD",
    "MAX_WEIGHT",
    "METHODS",
    "UNIT",
    "Aggregate",
    "Answers",
    "Ints",
    "Method",
    "Parameters",
]
