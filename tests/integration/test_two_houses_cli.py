"""What workers protect changes with them and not without them."""

from collections.abc import Iterator

import pytest

from dao_client.types import TaskId
from tests.integration.chambers import STAKE, TES, Chamber, chamber, whale
from tests.integration.sdk_world import DAY, GATEWAY, WORKER

pytestmark = pytest.mark.integration

WORKERS = ("--account", WORKER.address)
PAY = {WORKER.address: 20, GATEWAY.address: 20}


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[Chamber]:
    """Two workers have points, one has the whale's stake."""
    with chamber(tmp_path_factory.mktemp("chamber")) as built:
        task_id: TaskId = built.world.publish()
        built.world.settle(task_id, PAY, shown=PAY)
        built.tessera("earn", "register", task_id, *WORKERS)
        built.wait(7 * DAY)
        for worker in PAY:
            built.tessera("earn", "claim", task_id, "--worker", worker, *WORKERS)
        yield built


def voted(house: Chamber, title: str, change: str, *votes: tuple[str, str]) -> dict[str, str]:
    """Propose, let the whale vote for and workers as told, and show how it ended."""
    proposal = house.propose(title, change)
    house.wait(2 * DAY + 60)
    house.tessera("gov", "vote", proposal, "for", *whale())
    for voter, vote in votes:
        house.tessera("gov", "vote", proposal, vote, "--account", voter)
    house.wait(5 * DAY)
    return house.tessera("gov", "show", proposal)


def test_protected_change__workers_agree__happens(house) -> None:
    shown = voted(
        house, "Lower the fee", "{set: protocol_fee_bps, to: 1.5 %}", (WORKER.address, "for")
    )
    house.tessera("gov", "queue", shown["proposal"], *WORKERS)
    house.wait(2 * DAY)

    executed = house.tessera("gov", "execute", shown["proposal"], *WORKERS)

    assert (shown["state"], shown["class"]) == ("SUCCEEDED", "protected")
    assert (shown["stake_for"], shown["workers_for"]) == (str(STAKE * TES), "20")
    assert (shown["workers_quorum"], executed["state"]) == ("2", "EXECUTED")
    assert house.tessera("params")[0]["value"] == "1.5 %"


def test_protected_change__workers_are_against__is_defeated(house) -> None:
    shown = voted(
        house,
        "Slash jurors less",
        "{set: jury_slash_bps, to: 9 %}",
        (WORKER.address, "against"),
        (GATEWAY.address, "for"),
    )

    assert (shown["state"], shown["workers_against"]) == ("DEFEATED", "20")
    assert shown["next"] == "it is over: a majority of the workers was missed"


def test_critical_change__whale_without_workers__is_defeated(house) -> None:
    shown = voted(house, "My guardian", f'{{set_guardian: "{GATEWAY.address}"}}')

    assert (shown["state"], shown["class"]) == ("DEFEATED", "critical")
    assert "the quorum of the workers was missed" in shown["next"]
    assert shown["needs"][0] == "two thirds of the votes and the quorum"
