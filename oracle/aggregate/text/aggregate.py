"""What every method for texts returns, and how it becomes an outcome."""

from collections.abc import Callable
from dataclasses import dataclass

from oracle.aggregate.types import Aggregation, AnswerKind, Outcome, Parameters
from oracle.frames import Frame
from oracle.integers import Ints

from .explanation import TextExplanation
from .parsing import TextAnswers, parse


@dataclass(frozen=True)
class TextAggregate:
    """Hold one text per item.

    `confidence_bps` is the share of its words expected to be right, one entry per item;
    `skill_bps`, one per worker, the share of the worker's words that the method holds for right.
    `explain` says how one item, given by its index, came out.
    """

    texts: list[str]
    confidence_bps: Ints
    skill_bps: Ints
    iterations: int
    explain: Callable[[int], TextExplanation]


TextMethod = Callable[[TextAnswers, Parameters], TextAggregate]


def text_method(
    name: str, version: str, parameters: Parameters, aggregate: TextMethod
) -> Aggregation:
    """Give a method the way from a frame to an outcome that all methods for texts share."""

    def outcome(frame: Frame, given: Parameters) -> Outcome:
        return outcome_of(frame, aggregate(parse(frame), given))

    return Aggregation(AnswerKind.TEXT, name, version, parameters, aggregate, outcome)


def outcome_of(frame: Frame, result: TextAggregate) -> Outcome:
    """Put names to the texts."""
    return Outcome(
        names=frame.items,
        answers=result.texts,
        confidence_bps=result.confidence_bps,
        skill_bps=result.skill_bps,
        iterations=result.iterations,
    )
