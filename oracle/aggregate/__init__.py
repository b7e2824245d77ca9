"""Aggregation methods, by kind of answer: many answers in, one result and its confidence out."""

from .registry import DEFAULT_METHOD, METHODS, TASK_METHODS
from .types import BPS, UNIT, Aggregation, AnswerKind, Outcome, Parameters

__all__ = [
    "BPS",
    "DEFAULT_METHOD",
    "METHODS",
    "TASK_METHODS",
    "UNIT",
    "Aggregation",
    "AnswerKind",
    "Outcome",
    "Parameters",
]
