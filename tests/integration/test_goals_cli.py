"""A change of the mechanism on Ganache: no vote without what the simulator says of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipfs_store import parse_cid
from tests.dao_client.governance.goal_files import goal_rows, goals_text
from tests.integration.chambers import Chamber, chamber, whale

pytestmark = pytest.mark.integration

MORE_AUDITS = "{set: audit_rate_bps, to: 6 %}"
COMMAND = "tessera simulate --goals --json --set audit_rate_bps=600 > goals.json"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[Chamber]:
    with chamber(tmp_path_factory.mktemp("chamber")) as built:
        yield built


def goals_file(house: Chamber, text: str) -> Path:
    path = house.folder / "goals.json"
    path.write_text(text)
    return path


def test_propose__mechanism_without_goals__is_refused_with_the_command(house) -> None:
    file = house.file("Audit more", MORE_AUDITS)

    refusal = house.tessera("gov", "propose", file, *whale())
    anyway = house.tessera("gov", "propose", file, "--anyway", *whale())

    assert refusal == anyway
    assert refusal.startswith("error: this changes the mechanism (audit_rate_bps), so voters")
    assert refusal.endswith(f"run `{COMMAND}` and add --attach goals.json")
    assert house.tessera("gov", "list") == []


def test_propose__goals_of_other_values__is_refused(house) -> None:
    file, goals = house.file("Audit more", MORE_AUDITS), goals_file(house, goals_text())

    refusal = house.tessera("gov", "propose", file, "--attach", goals, *whale())

    assert "G1 was simulated with audit_rate_bps = 500, the proposal makes it 600" in refusal
    assert COMMAND in refusal
    assert house.tessera("gov", "list") == []


def test_propose__with_goals__stores_and_shows_them(house) -> None:
    rows = goal_rows(audit_rate_bps=600)
    rows[4]["holds"] = False
    file, goals = house.file("Audit more", MORE_AUDITS), goals_file(house, json.dumps(rows))

    made = house.tessera("gov", "propose", file, "--attach", goals, *whale())

    shown = house.tessera("gov", "show", made["proposal"])
    assert shown["goals"] == rows
    assert "goals_problem" not in shown
    assert house.world.store.get_block(parse_cid(shown["goals_file"])) == goals.read_bytes()
    assert f"#goals={shown['goals_file']}\n\n#proposer=" in shown["description"]
    assert "12 of 13 hold, not G5" in house.tessera.shown("gov", "show", made["proposal"])


def test_show__another_proposal__tells_of_no_goals(house) -> None:
    proposal = house.propose("Grace", "{set: grace_seconds, to: 20h}")

    assert "goals" not in house.tessera("gov", "show", proposal)
