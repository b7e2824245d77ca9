"""The four verbs on Ganache: propose, vote, queue, execute, and what users see on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from dao_client.contracts import ParameterId
from dao_client.types import TaskId
from tests.integration.chambers import STAKE, WHALE, Chamber, chamber, whale
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
    assert enacted.executed["stake_for"] == f"{STAKE} votes"


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


def test_propose__changed_too_lately__says_so_unless_anyway(house, enacted) -> None:
    file = house.file("Again", "{set: challenge_seconds, to: 18h}")

    refusal = house.tessera("gov", "propose", file, *whale())
    made = house.tessera("gov", "propose", file, "--anyway", *whale())

    assert refusal.startswith(
        "error: changes[0] would fail: parameters: changed too recently; change it, or"
    )
    (call,) = made["calls"]
    changed_at = house.world.system.parameters.parameter(ParameterId.CHALLENGE_SECONDS).changed_at
    assert call["simulation"] == "parameters: changed too recently"
    assert call["runs_from_at"] == changed_at + 14 * DAY


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("{set: protocol_fee_bps, to: 3 %}", "changes[0] would fail: parameters: change too large"),
        ("{set: protocol_fee_bps, to: 2 %}", "changes[0] would fail: parameters: same value"),
        ("{set: weight_cap, to: 5}", "changes[0] would fail: parameters: out of bounds"),
        ("{set: colour, to: 5}", "changes[0].set: 'colour' is no parameter: `tessera params`"),
        ("{set_voting_period: 1d}", "changes[0] would fail: governor: out of bounds"),
        ("{set_timelock_delay: 1d}", "changes[0] would fail: timelock: delay too short"),
        (
            "{spend: {token: tes, to: Timelock, amount: 3000000}}",
            "changes[0] would fail: treasury: ",
        ),
    ],
)
def test_propose__what_a_contract_would_refuse__is_refused_before(house, change, refusal) -> None:
    before = len(house.tessera("gov", "list"))

    answer = house.tessera("gov", "propose", house.file("Wrong", change), *whale())

    assert refusal in answer
    assert len(house.tessera("gov", "list")) == before


def test_propose__below_threshold__says_what_it_takes(house) -> None:
    file = house.file("Mine", "{set: grace_seconds, to: 20h}")

    refusal = house.tessera("gov", "propose", file, *WORKERS)
    dry = house.tessera("gov", "propose", file, "--dry-run", *WORKERS)

    assert refusal.startswith("error: proposing takes 100001")
    assert f"{WORKER.address} has 0 votes: stake TES, lock it with" in refusal
    assert (dry["class"], dry["timelock"]) == ("number", "2 d")


def test_vote__too_early_twice_or_too_late__is_refused_in_words(house) -> None:
    proposal = house.propose("Grace", "{set: grace_seconds, to: 20h}")
    early = house.tessera("gov", "vote", proposal, "for", *whale())
    unknown = house.tessera("gov", "vote", proposal, "perhaps", *whale())
    house.wait(2 * DAY + 60)
    voted = house.tessera("gov", "vote", proposal, "for", "--reason", "Yes.", *whale())
    twice = house.tessera("gov", "vote", proposal, "against", *whale())
    hasty = house.tessera("gov", "queue", proposal, *whale())
    house.wait(5 * DAY)
    late = house.tessera("gov", "vote", proposal, "for", *WORKERS)

    assert "is PENDING, votes count while it is ACTIVE: voting starts after" in early
    assert unknown == "error: 'perhaps' is no vote: write for, against or abstain"
    assert (voted["vote"], voted["your_votes"]) == ("for", f"{STAKE} votes")
    assert "votes are final" in twice
    assert "is ACTIVE, it can be queued while it is SUCCEEDED" in hasty
    assert "is SUCCEEDED, votes count while it is ACTIVE" in late


def test_execute__before_the_delay__says_from_when(house) -> None:
    proposal = house.propose("Rulings", "{set: ruling_seconds, to: 13d}")
    house.decide(proposal)
    queued = house.tessera("gov", "queue", proposal, *WORKERS)

    early = house.tessera("gov", "execute", proposal, *WORKERS)

    assert queued["state"] == "QUEUED"
    assert "waits in the Timelock: it can be executed from" in early


def test_cancel__by_its_proposer_while_pending__ends_it(house) -> None:
    proposal = house.propose("Never", "{set: overlap_step, to: 3}")
    foreign = house.tessera("gov", "cancel", proposal, *WORKERS)

    cancelled = house.tessera("gov", "cancel", proposal, *whale())

    assert f"GovernorUnableToCancel: {WORKER.address} cannot cancel" in foreign
    assert (cancelled["state"], cancelled["next"]) == ("CANCELED", "it is over")


def test_whale__on_what_workers_protect__is_defeated_by_their_silence(house) -> None:
    proposal = house.propose("Raise the fee", "{set: protocol_fee_bps, to: 2.5 %}")

    shown = house.decide(proposal)

    assert (shown["class"], shown["state"]) == ("protected", "DEFEATED")
    assert shown["calls"][0]["is_protected"]
    assert shown["next"].startswith("it is over: the quorum of the workers was missed")
    assert "a majority and the quorum of the worker house" in shown["needs"]


def test_find_proposal__unknown__points_to_the_list(house) -> None:
    refusal = house.tessera("gov", "show", "12345")

    assert refusal.startswith("error: proposal '12345': there is no such proposal; `tessera gov")
