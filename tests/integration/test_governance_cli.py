"""The four verbs on Ganache: propose, vote, queue, execute, and what users see on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from dao_client.contracts import ParameterId
from dao_client.types import TaskId
from tests.integration.chambers import STAKE, TES, WHALE, Chamber, chamber, whale
from tests.integration.sdk_world import DAY, WORKER

pytestmark = pytest.mark.integration

SHORTER = "{set: challenge_seconds, to: 20h}"
WORKERS = ("--account", WORKER.address)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[Chamber]:
    with chamber(tmp_path_factory.mktemp("chamber")) as built:
        yield built


@dataclass(frozen=True)
class Enacted:
    """A change of a parameter that went through, and the tasks around it."""

    before: TaskId
    after: TaskId
    pending: Any
    executed: Any


@pytest.fixture(scope="module")
def enacted(house) -> Enacted:
    """The challenge window is 20 h from now on (changes the world)."""
    before = house.world.publish()
    proposal = house.propose("Shorten it", SHORTER)
    pending = house.tessera("gov", "show", proposal[:12])
    house.decide(proposal)
    house.tessera("gov", "queue", proposal, *WORKERS)
    house.wait(2 * DAY)
    executed = house.tessera("gov", "execute", proposal, *WORKERS)
    return Enacted(before, house.world.publish(), pending, executed)


def test_show__pending_proposal__tells_old_and_new_value_and_bounds(enacted) -> None:
    (call,) = enacted.pending["calls"]

    assert (call["contract"], call["function"]) == ("Parameters", "set_parameter")
    assert call["arguments"] == {"id": "challenge_seconds", "new_value": "20 h"}
    assert (call["what"], call["old"], call["new"]) == ("challenge_seconds", "24 h", "20 h")
    assert (call["bounds"], call["is_protected"]) == ("6 h to 7 d", False)
    assert call["simulation"] == "ok"
    assert (enacted.pending["state"], enacted.pending["class"]) == ("PENDING", "number")
    assert enacted.pending["description"].endswith(f"Because.\n\n#proposer={WHALE.address}")


def test_execute__decided_and_waited__is_told_with_its_votes(enacted) -> None:
    assert enacted.executed["state"] == "EXECUTED"
    assert enacted.executed["stake_for"] == str(STAKE * TES)


def test_params__after_a_change__name_value_and_proposal(house, enacted) -> None:
    rows = {row["parameter"]: row for row in house.tessera("params")}
    (change,) = house.tessera("params", "history", "challenge_seconds")

    row = rows["challenge_seconds"]
    assert (row["value"], row["number"]) == ("20 h", 72_000)
    assert (row["proposal"], row["title"]) == (enacted.executed["proposal"], "Shorten it")
    assert row["changeable_at"] == row["changed_at"] + 14 * DAY
    assert (rows["grace_seconds"]["proposal"], rows["grace_seconds"]["changed_at"]) == (None, None)
    assert (change["old"], change["new"], change["title"]) == ("24 h", "20 h", "Shorten it")


def test_change__tasks_around_it__keep_their_values(house, enacted) -> None:
    parameters, name = house.world.system.parameters, ParameterId.CHALLENGE_SECONDS

    assert parameters.value_for_task(name, enacted.before) == DAY
    assert parameters.value_for_task(name, enacted.after) == 72_000


def test_params__for_people__is_a_table_with_units(house, enacted) -> None:
    shown = house.tessera.shown("params")

    assert "protocol_fee_bps        2 %         0 to 5 %" in shown
    assert "price_floor_per_hour" in shown
    assert enacted.executed["proposal"][:12] in shown


def test_params_governance__first_day__has_the_bounds_of_the_code(house) -> None:
    rows = {row["setting"]: row for row in house.tessera("params", "governance")}

    assert {name: (row["value"], row["hard_bounds"]) for name, row in rows.items()} == {
        "voting_delay": ("2 d", "24 h to 7 d"),
        "voting_period": ("5 d", "3 d to 14 d"),
        "late_extension": ("2 d", "24 h to 3 d"),
        "proposal_threshold": ("0.5 %", "0.1 % to 2 %"),
        "quorum": ("5 %", "3 % to 20 %"),
        "timelock_delay": ("2 d", "2 d to 30 d"),
        "guardian": ("nobody", ""),
    }


def test_show__for_people__tells_the_change_in_one_line(house, enacted) -> None:
    shown = house.tessera.shown("gov", "show", enacted.executed["proposal"])
    made = house.file("Dry", "{set: reveal_seconds, to: 5h}", "{set_quorum: 6 %}")
    dry = house.tessera.shown("gov", "propose", made, "--dry-run", *whale())

    assert "challenge_seconds: 24 h → 20 h" in shown
    assert "reveal_seconds: 6 h → 5 h" in dry
    assert "workers protect it  yes" in dry
    assert "call 2       Governor.updateQuorumNumerator(newQuorumNumerator = 6 %)" in dry
    assert enacted.executed["proposal"][:12] in house.tessera.shown("gov", "list")


def test_propose__changed_too_lately__says_so_unless_anyway(house, enacted) -> None:
    file = house.file("Again", "{set: challenge_seconds, to: 18h}")

    refusal = house.tessera("gov", "propose", file, *whale())
    made = house.tessera("gov", "propose", file, "--anyway", *whale())

    assert refusal.startswith(
        "error: changes[0] would fail: parameters: changed too recently (it can change again"
    )
    (call,) = made["calls"]
    changed_at = house.world.system.parameters.parameter(ParameterId.CHALLENGE_SECONDS).changed_at
    assert call["simulation"] == "parameters: changed too recently"
    assert call["runs_from_at"] == changed_at + 14 * DAY


def test_find_proposal__unknown__points_to_the_list(house) -> None:
    refusal = house.tessera("gov", "show", "12345")

    assert refusal.startswith("error: proposal '12345': there is no such proposal; `tessera gov")
