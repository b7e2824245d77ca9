"""The simulator's goals: what a proposal that changes the mechanism shows of its new values.

A file of goals is a JSON list, as `tessera simulate --goals --json` prints it:

    [{"goal": "G1", "description": "…; with audit_rate_bps=500, …, seed=1",
      "value": -0.31, "bound": 0, "holds": true}, …]

What stands after "; with " says what was simulated, so anybody can run it again and compare.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dao_client.contracts.parameters import ParameterId
from dao_client.errors import MalformedDocument
from dao_client.governance.decoding import DecodedCall
from dao_client.parameter_values import BOUNDED
from ipfs_store import MAX_BLOCK_BYTES, Cid

MECHANISM = (
    ParameterId.AUDIT_RATE_BPS,
    ParameterId.OVERLAP_FIRST,
    ParameterId.OVERLAP_STEP,
    ParameterId.OVERLAP_MOST,
    ParameterId.SLASH_PER_ANSWER_BPS,
    ParameterId.WEIGHT_CAP,
    ParameterId.SEAT_SIZE_PRICES,
    ParameterId.SEAT_SIZE_TES,
)
"""The parameters that decide whether guessing and conspiring pay."""

NAMES = tuple(f"G{number}" for number in range(1, 14))
FIELDS = ("goal", "description", "value", "bound", "holds")
CONDITIONS = "; with "
GOALS_MARK = "#goals="
_MARKED = re.compile(rf"^{GOALS_MARK}(\S+)$", re.MULTILINE)
_SETTING = re.compile(r"(\w+)=(\d+)")

Values = Mapping[ParameterId, int]


@dataclass(frozen=True, slots=True)
class Goal:
    """What the mechanism must show, and what the simulator found."""

    goal: str
    description: str
    value: float
    bound: float
    holds: bool

    @property
    def conditions(self) -> Mapping[str, int]:
        """What was simulated, by name."""
        _, _, after = self.description.partition(CONDITIONS)
        return {name: int(value) for name, value in _SETTING.findall(after)}


def read_goals(text: str | bytes, place: str) -> tuple[Goal, ...]:
    """Read a file of goals; refuse one that is not complete."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise MalformedDocument(f"{place} is not JSON: {error}") from error
    if len(text) > MAX_BLOCK_BYTES:
        raise MalformedDocument(f"{place} has {len(text)} bytes, {MAX_BLOCK_BYTES} are taken")
    if not isinstance(found, list):
        raise MalformedDocument(f"{place} holds a {type(found).__name__}: it must be a list")
    goals = tuple(_goal(each, f"{place}: [{number}]") for number, each in enumerate(found))
    names = tuple(each.goal for each in goals)
    if names != NAMES:
        raise MalformedDocument(
            f"{place} holds {', '.join(names) or 'no goals'}: it must hold {NAMES[0]} to "
            f"{NAMES[-1]}, in this order"
        )
    return goals


def check_conditions(goals: Iterable[Goal], values: Values, place: str) -> None:
    """Refuse goals of a simulation with other values than the proposal would make."""
    for goal in goals:
        for name, value in values.items():
            simulated = goal.conditions.get(name.name.lower())
            if simulated != value:
                raise MalformedDocument(
                    f"{place}: {goal.goal} was simulated with {name.name.lower()} = "
                    f"{'nothing' if simulated is None else simulated}, the proposal makes it "
                    f"{value}: run `{simulation_of(values)}`"
                )


def mechanism_changes(calls: Iterable[DecodedCall]) -> Values:
    """Return what calls would set of the mechanism; the last call of a parameter counts."""
    named = ((call.parameter, call.values) for call in calls)
    return {name: int(values[1]) for name, values in named if name in MECHANISM}


def simulation_of(values: Values) -> str:
    """Return the command that shows what the mechanism does with these values."""
    changed = {name: value for name, value in values.items() if value != BOUNDED[name].usual}
    settings = "".join(f" --set {name.name.lower()}={value}" for name, value in changed.items())
    return f"tessera simulate --goals --json{settings} > goals.json"


def mark_of(cid: Cid) -> str:
    """Return the line of a description that names a file of goals."""
    return f"{GOALS_MARK}{cid}"


def goals_cid(description: str) -> str | None:
    """Return which file of goals a description names, none if it names none."""
    found = _MARKED.findall(description)
    return found[-1] if found else None


def _goal(found: object, place: str) -> Goal:
    if not isinstance(found, Mapping) or {*found} != {*FIELDS}:
        keys = ", ".join(map(str, found)) if isinstance(found, Mapping) else repr(found)
        raise MalformedDocument(f"{place} is {keys}: a goal has the fields {', '.join(FIELDS)}")
    goal = Goal(**found)
    wrong = [
        name
        for name, is_right in {
            "goal": isinstance(goal.goal, str),
            "description": isinstance(goal.description, str),
            "value": _is_number(goal.value),
            "bound": _is_number(goal.bound),
            "holds": isinstance(goal.holds, bool),
        }.items()
        if not is_right
    ]
    if wrong:
        raise MalformedDocument(
            f"{place}.{wrong[0]}: {found[wrong[0]]!r} is of the wrong kind; take the file as "
            "`tessera simulate --goals --json` prints it"
        )
    return goal


def _is_number(value: object) -> bool:
    """Tell whether a value is a finite number; JSON of Python's knows others."""
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
    )
