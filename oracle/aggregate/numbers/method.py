"""Register a method for numbers."""

from collections.abc import Callable

from oracle.aggregate.types import Aggregation, AnswerKind, Outcome, Parameters
from oracle.frames import Frame

from .aggregate import NumberAggregate
from .answers import NumberAnswers
from .parsing import decimal_texts, parse

NumberMethod = Callable[[NumberAnswers, Parameters], NumberAggregate]


def number_method(
    name: str, version: str, parameters: Parameters, aggregate: NumberMethod
) -> Aggregation:
    """Give a method the way from a frame to an outcome that all methods for numbers share."""

    def outcome(frame: Frame, given: Parameters) -> Outcome:
        return outcome_of(frame, aggregate(parse(frame), given))

    return Aggregation(AnswerKind.NUMBER, name, version, parameters, aggregate, outcome)


def outcome_of(frame: Frame, result: NumberAggregate) -> Outcome:
    """Put names and decimals to the estimates."""
    return Outcome(
        names=frame.items,
        answers=decimal_texts(result.values, result.decimals),
        confidence_bps=result.confidence_bps,
        skill_bps=result.skill_bps,
        iterations=result.iterations,
    )
