"""What every aggregation method is made of, whatever kind of answer it takes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dao_client.types import Method
from oracle.frames import Column, Frame
from oracle.integers import UNIT as UNIT, Ints, Ints32 as Ints32

BPS = 10_000

Parameters = Mapping[str, int]


class AnswerKind(StrEnum):
    """Name what a worker is asked for."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    BOXES = "boxes"
    MULTI_LABEL = "multi_label"
    PAIRWISE = "pairwise"
    RANKING = "ranking"


@dataclass(frozen=True)
class Outcome:
    """What every kind ends in, ready to be written or hashed.

    `names`, `answers` and `confidence_bps` have one entry per row: a row is an item, or an object
    where objects are compared; a row whose code is -1 got no answer. `skill_bps` has one entry per
    worker, in the frame's order.
    """

    names: Sequence[str]
    answers: Sequence[str] | Column
    confidence_bps: Ints
    skill_bps: Ints
    iterations: int


@dataclass(frozen=True)
class Aggregation:
    """Pair a method's name, version and parameters, which stand hashed on chain, with its code.

    `aggregate` takes the answers of the method's kind and its parameters; `outcome` starts from a
    frame instead.
    """

    kind: AnswerKind
    name: str
    version: str
    parameters: Parameters
    aggregate: Callable[..., Any]
    outcome: Callable[[Frame, Parameters], Outcome]

    @property
    def method(self) -> Method:
        """Return what a task document names and the chain hashes."""
        return Method(name=self.name, version=self.version, parameters=dict(self.parameters))
