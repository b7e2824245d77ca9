"""What proposers and voters may not do, in the words that they see."""

from collections.abc import Iterator

import pytest

from tests.integration.chambers import STAKE, TES, Chamber, chamber, whale
from tests.integration.sdk_world import DAY, WORKER

pytestmark = pytest.mark.integration

WORKERS = ("--account", WORKER.address)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[Chamber]:
    with chamber(tmp_path_factory.mktemp("chamber")) as built:
        yield built


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (
            "{set: protocol_fee_bps, to: 3 %}",
            "change too large (one change reaches 1.5 to 2.5 %); change it",
        ),
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
    shown = house.tessera("gov", "show", proposal, *whale())
    hasty = house.tessera("gov", "queue", proposal, *whale())
    house.wait(5 * DAY)
    late = house.tessera("gov", "vote", proposal, "for", *WORKERS)

    assert "is PENDING, votes count while it is ACTIVE: voting starts after" in early
    assert unknown == "error: 'perhaps' is no vote: write for, against or abstain"
    assert (voted["vote"], voted["your_votes"]) == ("for", str(STAKE * TES))
    assert "votes are final" in twice
    assert (shown["your_votes"], shown["you_voted"]) == (str(STAKE * TES), True)
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
    proposal = house.propose("Never", "{set: unbonding_seconds, to: 8d}")
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
