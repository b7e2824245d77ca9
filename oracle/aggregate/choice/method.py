"""Register a method for labels."""

from collections.abc import Callable

import numpy as np

from oracle.aggregate.types import Aggregation, AnswerKind, Outcome, Parameters
from oracle.frames import Column, Frame

from .aggregate import Aggregate
from .crowd import Crowd, LocalCrowd
from .parsing import parse

ChoiceMethod = Callable[[Crowd, Parameters], Aggregate]


def choice_method(
    name: str, version: str, parameters: Parameters, aggregate: ChoiceMethod
) -> Aggregation:
    """Give a method the way from a frame to an outcome that all methods for labels share."""

    def outcome(frame: Frame, given: Parameters) -> Outcome:
        return outcome_of(frame, aggregate(LocalCrowd(parse(frame)), given))

    return Aggregation(AnswerKind.CHOICE, name, version, parameters, aggregate, outcome)


def outcome_of(frame: Frame, result: Aggregate) -> Outcome:
    """Put names to the labels."""
    return Outcome(
        names=frame.items,
        answers=Column(frame.answers, result.labels.astype(np.int32)),
        confidence_bps=result.confidence_bps,
        skill_bps=result.skill_bps,
        iterations=result.iterations,
    )
