"""Each goal of the mechanism, measured by the quick variant of `tessera simulate --goals`.

A value is the mean over a few seeds in the worst case of kinds, overlaps, ring shares and pools, so
it is noisier than the full table (`make bench`): the tolerances say by how much a mean may miss its
bound before that counts. The seed is fixed, so a run gives the same figures again.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.mechanism.goals import TARGETS
from dao_client.governance.goals import MECHANISM, Goal, check_conditions, read_goals
from dao_client.parameter_values import BOUNDED
from tests.benchmarks.mechanism.commands import simulate_app

pytestmark = pytest.mark.unit

SEED = 7
TOLERANCES = {
    "G1": 0.03,
    "G2": 0.03,
    "G3": 0.03,
    "G4": 0.03,
    "G5": 0.03,
    "G6": 0.0005,
    "G7": 0.005,
    "G8": 0.05,
    "G9": 0.0,
    "G10": 0.03,
    "G11": 0.0,
    "G12": 0.0,
    "G13": 0.0,
}
"""In the units of the goal: about a standard error of the worst cell; exact goals have none."""


@dataclass(frozen=True)
class Told:
    """What the command said."""

    exit_code: int
    text: str
    goals: dict[str, Goal]
    pictures: list[str]


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Told:
    folder: Path = tmp_path_factory.mktemp("pictures")
    words = ["--goals", "--json", "--seed", SEED, "--out", folder]
    result = CliRunner().invoke(simulate_app(), [str(word) for word in words])
    text = result.stdout
    goals = {goal.goal: goal for goal in read_goals(text, "goals.json")}
    return Told(result.exit_code, text, goals, sorted(path.name for path in folder.iterdir()))


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.goal)
def test_goal__quick_variant__holds_within_its_tolerance(told: Told, target) -> None:
    value, tolerance = told.goals[target.goal].value, TOLERANCES[target.goal]

    missed = value - target.bound if target.sign[0] == "<" else target.bound - value

    if target.sign == "==":
        assert value == target.bound
    else:
        assert missed <= tolerance, f"{value} is not {target.sign} {target.bound}"


def test_simulate__goals_as_json__have_exactly_the_fields_of_a_goal(told: Told) -> None:
    rows = json.loads(told.text)

    assert {frozenset(row) for row in rows} == {
        frozenset({"goal", "description", "value", "bound", "holds"})
    }


def test_simulate__goals__end_with_one_unless_all_hold(told: Told) -> None:
    all_hold = all(goal.holds for goal in told.goals.values())

    assert told.exit_code == (0 if all_hold else 1)


def test_simulate__goals__are_what_a_proposal_of_these_values_attaches(told: Told) -> None:
    first_day = {name: BOUNDED[name].usual for name in MECHANISM}

    check_conditions(told.goals.values(), first_day, "goals.json")

    assert told.goals["G1"].conditions["seed"] == SEED


def test_simulate__goals_with_a_folder__draws_what_they_rest_on(told: Told) -> None:
    assert told.pictures == ["dynamics.svg", "overlaps.svg", "rings.svg"]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.goal)
def test_judge__on_either_side_of_the_bound__tells_them_apart(target) -> None:
    worse = target.bound + 1 if target.sign[0] in "<=" else target.bound - 1
    better = target.bound if target.sign == "==" else 2 * target.bound - worse

    assert not target.judge(worse, "").holds
    assert target.judge(better, "").holds
