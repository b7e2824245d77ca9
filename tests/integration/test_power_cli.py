"""Whose votes count where: ballots by letter, delegations, locks."""

from collections.abc import Iterator

import pytest

from tests.integration.chambers import STAKE, TES, WHALE, Chamber, chamber, whale
from tests.integration.sdk_world import DAY, OPERATOR, WORKER

pytestmark = pytest.mark.integration

WORKERS = ("--account", WORKER.address)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[Chamber]:
    with chamber(tmp_path_factory.mktemp("chamber")) as built:
        yield built


def test_vote__signed_by_one__is_handed_in_by_another(house) -> None:
    proposal = house.propose("By letter", "{set: min_operator_stake_tes, to: 1100}")
    house.wait(2 * DAY + 60)
    wordy = ("gov", "vote", proposal, "for", "--sign-only", "--reason", "Yes.", *whale())
    too_wordy = ("gov", "vote", proposal, "for", "--reason", "y" * 4_097, *whale())
    refusals = [house.tessera(*wordy), house.tessera(*too_wordy)]
    powerless = house.tessera("gov", "vote", proposal, "for", *WORKERS)
    ballot = house.tessera("gov", "vote", proposal, "abstain", "--sign-only", *whale())
    file = house.folder / "ballot.json"
    file.write_text(str(ballot).replace("'", '"'))

    relayed = house.tessera("gov", "relay", file, *WORKERS)
    again = house.tessera("gov", "relay", file, *WORKERS)
    power = house.tessera("gov", "power", WHALE.address, "--proposal", "latest")

    assert (relayed["voter"], relayed["vote"]) == (WHALE.address, "abstain")
    assert relayed["stake_abstain"] == str(STAKE * TES)
    assert "was refused: Governor" in again
    assert refusals[0] == "error: a signed ballot has no reason: leave out --reason"
    assert refusals[1] == "error: the reason is longer than 4096 bytes: shorten it"
    assert f"{WORKER.address} had no votes at" in powerless
    assert (power["your_votes"], power["you_voted"]) == (str(STAKE * TES), True)


def test_power__delegated_and_taken_back__is_explained(house) -> None:
    operator = ("--account", OPERATOR.address)
    given = house.tessera("gov", "delegate", WORKER.address, *operator)
    received = house.tessera("gov", "power", WORKER.address)
    taken = house.tessera("gov", "delegate", "self", *operator)

    assert (given["own_votes"], given["votes"]) == (str(250 * TES), "0")
    assert (given["delegated_to"], given["counts"]) == (WORKER.address, "25 % of the stake")
    assert received["delegated_from"] == {OPERATOR.address: str(250 * TES)}
    assert (received["votes"], received["stake"]) == (str(250 * TES), "0")
    assert (taken["votes"], taken["delegated_to"]) == (str(250 * TES), None)


def test_power__locked_then_unlocked__rises_and_falls(house) -> None:
    operator = ("--account", OPERATOR.address)
    locked = house.tessera("gov", "lock", "365d", *operator)
    bound = house.tessera("stake", "unstake", "1", "--token", "tes", *operator)
    unlocked = house.tessera("gov", "unlock", *operator)

    assert (locked["votes"], locked["lock"]) == (str(1_000 * TES), "365 d")
    assert "staking: " in bound
    assert unlocked["votes"] == str(250 * TES)
    assert unlocked["unlocks_at"] > house.world.system.chain.clock() + 364 * DAY
