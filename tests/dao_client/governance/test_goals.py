"""What a proposal that changes the mechanism must carry: complete, and of the proposed values."""

import json

import pytest

from dao_client.contracts.parameters import ParameterId
from dao_client.errors import MalformedDocument
from dao_client.governance.decoding import decode_action
from dao_client.governance.goals import (
    NAMES,
    check_conditions,
    goals_cid,
    mark_of,
    mechanism_changes,
    read_goals,
    simulation_of,
)
from dao_client.governance.proposal_file import read_proposal
from ipfs_store import cid_of
from tests.dao_client.governance.books import book, proposal
from tests.dao_client.governance.goal_files import FIRST_DAY, goal_rows, goals_text

pytestmark = pytest.mark.unit

AUDITS = ParameterId.AUDIT_RATE_BPS


def test_read_goals__as_the_simulator_prints_them__are_taken() -> None:
    goals = read_goals(goals_text(audit_rate_bps=600), "goals.json")

    assert [goal.goal for goal in goals] == [f"G{number}" for number in range(1, 14)]
    assert goals[0].conditions["audit_rate_bps"] == 600
    assert goals[0].conditions["seed"] == 1


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("[", "goals.json is not JSON: "),
        ("{}", "goals.json holds a dict: it must be a list"),
        ("[]", "goals.json holds no goals: it must hold G1 to G13, in this order"),
        ("[3]", r"goals.json: \[0\] is 3: a goal has the fields goal, description, value, "),
        (json.dumps(goal_rows()[1:]), "goals.json holds G2, G3, .*: it must hold G1 to G13"),
        (json.dumps(goal_rows()[::-1]), "goals.json holds G13, G12, .*, in this order"),
    ],
)
def test_read_goals__incomplete__is_refused(text: str, refusal: str) -> None:
    with pytest.raises(MalformedDocument, match=refusal):
        read_goals(text, "goals.json")


@pytest.mark.parametrize("field", ["goal", "description", "value", "bound", "holds"])
def test_read_goals__without_a_field__is_refused(field: str) -> None:
    rows = goal_rows()
    del rows[4][field]

    with pytest.raises(MalformedDocument, match=r"goals.json: \[4\] is .*: a goal has the fields"):
        read_goals(json.dumps(rows), "goals.json")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", "-0.3"),
        ("value", float("nan")),
        ("value", True),
        ("bound", None),
        ("holds", 1),
        ("description", 5),
    ],
)
def test_read_goals__field_of_another_kind__is_refused(field: str, value: object) -> None:
    rows = goal_rows()
    rows[2][field] = value

    with pytest.raises(MalformedDocument, match=rf"goals.json: \[2\].{field}: .* wrong kind"):
        read_goals(json.dumps(rows), "goals.json")


def test_check_conditions__the_proposed_values__are_taken() -> None:
    goals = read_goals(goals_text(audit_rate_bps=600), "goals.json")

    check_conditions(goals, {**FIRST_DAY, AUDITS: 600}, "goals.json")


def test_check_conditions__other_value__names_parameter_and_command() -> None:
    goals = read_goals(goals_text(), "goals.json")

    with pytest.raises(MalformedDocument) as refusal:
        check_conditions(goals, {**FIRST_DAY, AUDITS: 600}, "goals.json")

    assert str(refusal.value) == (
        "goals.json: G1 was simulated with audit_rate_bps = 500, the proposal makes it 600: run "
        "`tessera simulate --goals --json --set audit_rate_bps=600 > goals.json`"
    )


def test_check_conditions__description_without_values__is_refused() -> None:
    rows = goal_rows()
    rows[0]["description"] = "what it means"

    with pytest.raises(MalformedDocument, match="G1 was simulated with audit_rate_bps = nothing"):
        check_conditions(read_goals(json.dumps(rows), "file"), FIRST_DAY, "file")


def test_simulation_of__values_of_the_first_day__sets_nothing() -> None:
    assert simulation_of(FIRST_DAY) == "tessera simulate --goals --json > goals.json"


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ("{set: audit_rate_bps, to: 6 %}", {AUDITS: 600}),
        ("{set: seat_size_tes, to: 110}", {ParameterId.SEAT_SIZE_TES: 110}),
        ("{set: challenge_seconds, to: 20h}", {}),
        ("{cancel_grant: 3}", {}),
    ],
)
def test_mechanism_changes__of_a_call__are_what_pays_guessing(change, changed) -> None:
    draft = read_proposal(proposal(change), book())

    found = mechanism_changes(decode_action(book(), action) for action in draft.actions)

    assert found == changed


def test_goals_cid__of_a_marked_description__is_the_file() -> None:
    cid = cid_of(b"[]")

    assert goals_cid(f"# Less\n\nWhy not?\n\n{mark_of(cid)}\n\n#proposer=0x1") == cid
    assert goals_cid("# Less\n\nWhy not?") is None


def test_read_proposal__text_with_a_mark__is_refused() -> None:
    found = {**proposal("{cancel_grant: 3}"), "description": "as in #goals=b"}

    with pytest.raises(MalformedDocument, match="nothing may hold #proposer= or #goals="):
        read_proposal(found, book())


def test_names__of_goals__are_thirteen() -> None:
    assert len(set(NAMES)) == 13
