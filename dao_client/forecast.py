"""What a task will take: looked up in a table that the simulator has measured, never assumed.

    table      forecast.json beside this file; its `command` measures it again
    between    overlap and its most: on a straight line between the measured rounds
    elsewhere  the nearest measured value that is worse: fewer labels, labels less even, workers
               less accurate, more of them in a ring

Numbers are exact fractions of what the table holds with four decimals.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from dao_client.contracts.parameters import ParameterId
from dao_client.errors import MalformedDocument

TABLE = "forecast.json"
FIXED = (
    ParameterId.AUDIT_RATE_BPS,
    ParameterId.OVERLAP_STEP,
    ParameterId.SLASH_PER_ANSWER_BPS,
    ParameterId.WEIGHT_CAP,
)
"""Parameters of the DAO that the table was measured with."""
RING_SHARES = (Fraction(0), Fraction(1, 5), Fraction(2, 5))
"""What every forecast shows: an honest crowd, and a fifth and two fifths of it in a ring."""
FIGURES = ("answers_per_item", "accuracy_found", "pay_share", "audited_share")


@dataclass(frozen=True)
class Case:
    """A task and its crowd; `top_share` is that of the most frequent label, 0 for even shares."""

    labels: int
    overlap: int
    overlap_most: int
    accuracy: Fraction = Fraction(85, 100)
    ring_share: Fraction = Fraction(0)
    top_share: Fraction = Fraction(0)
    is_known: bool = False


@dataclass(frozen=True)
class Expected:
    """What was measured, on average.

    answers_per_item   answers that an item takes
    accuracy_found     share of the delivered labels that are right
    pay_share          pay of all workers over the price of their answers
    audited_share      share of the items that a jury answers too
    """

    answers_per_item: Fraction
    accuracy_found: Fraction
    pay_share: Fraction
    audited_share: Fraction


class Table:
    """The measured grid."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        columns = list(content["columns"])
        rows = [dict(zip(columns, row, strict=True)) for row in content["rows"]]
        self.command = str(content["command"])
        self.fixed = {name: int(content["fixed"][name.name.lower()]) for name in FIXED}
        self._found = {
            _key(row): Expected(*(Fraction(row[name]) for name in FIGURES)) for row in rows
        }
        self._labels = _axis(rows, "labels")
        self._top_shares = _axis(rows, "top_share")
        self._accuracies = _axis(rows, "accuracy")
        self._ring_shares = _axis(rows, "ring_share")
        rounds = {(Fraction(row["overlap"]), Fraction(row["overlap_most"])) for row in rows}
        self._most = max(most for _, most in rounds)
        self._fixed = sorted(first for first, most in rounds if first == most)
        self._growing = sorted(first for first, most in rounds if most == self._most)

    def expect(self, case: Case) -> Expected | None:
        """Return what a task takes; none for one that is easier to fool than all measured ones."""
        worst = (
            _below(self._labels, Fraction(case.labels)),
            _above(self._top_shares, case.top_share),
            _below(self._accuracies, case.accuracy),
            _above(self._ring_shares, case.ring_share),
            Fraction(case.is_known),
        )
        known = tuple(each for each in worst if each is not None)
        if len(known) < len(worst) or case.overlap < self._fixed[0]:
            return None
        return self._between(case, lambda first, most: self._found[(*known, first, most)])

    def _between(self, case: Case, at: Callable[[Fraction, Fraction], Expected]) -> Expected:
        """Go from the task's overlap without rounds to the same with the most rounds."""
        first = min(Fraction(case.overlap), self._most)
        most = max(first, min(Fraction(case.overlap_most), self._most))
        start = _on_line(self._fixed, first, lambda each: at(each, each))
        end = _on_line(self._growing, first, lambda each: at(each, self._most))
        way = (most - first) / (self._most - first) if first < self._most else Fraction(0)
        return _mixed(start, end, way)


@cache
def table() -> Table | None:
    """Return the table of this release; none when it was not measured yet."""
    place = files("dao_client").joinpath(TABLE)
    if not place.is_file():
        return None
    return read_table(place.read_text("utf-8"))


def read_table(text: str) -> Table:
    """Read a table; refuse one that is not as the simulator writes it."""
    try:
        return Table(json.loads(text, parse_float=Decimal))
    except (ValueError, KeyError, TypeError, IndexError, ArithmeticError) as error:
        raise MalformedDocument(
            f"{TABLE} is no table of forecasts ({error!r}): measure it again by "
            "`python -m benchmarks.mechanism.forecast`"
        ) from error


def _key(row: Mapping[str, Any]) -> tuple[Fraction, ...]:
    names = ("labels", "top_share", "accuracy", "ring_share", "is_known", "overlap", "overlap_most")
    return tuple(Fraction(row[name]) for name in names)


def _figures(row: Mapping[str, Any]) -> Expected:
    return Expected(*(Fraction(row[name]) for name in FIGURES))


def _axis(rows: Sequence[Mapping[str, Any]], name: str) -> list[Fraction]:
    return sorted({Fraction(row[name]) for row in rows})


def _below(axis: Sequence[Fraction], value: Fraction) -> Fraction | None:
    place = bisect_right(axis, value)
    return axis[place - 1] if place else None


def _above(axis: Sequence[Fraction], value: Fraction) -> Fraction | None:
    return next((each for each in axis if each >= value), None)


def _on_line(
    axis: Sequence[Fraction], value: Fraction, at: Callable[[Fraction], Expected]
) -> Expected:
    low = _below(axis, value) or axis[0]
    high = _above(axis, value) or axis[-1]
    way = (value - low) / (high - low) if low < high else Fraction(0)
    return _mixed(at(low), at(high), way)


def _mixed(start: Expected, end: Expected, way: Fraction) -> Expected:
    return Expected(
        *(
            getattr(start, name) + way * (getattr(end, name) - getattr(start, name))
            for name in FIGURES
        )
    )
