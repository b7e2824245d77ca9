"""Why power is what it is, and what a vote lacks."""

import pytest
from eth_abi import encode
from hypothesis import given, strategies as st

from dao_client.cli.desk import Desk
from dao_client.cli.gov_power import power_record
from dao_client.contracts.abi import Abi
from dao_client.contracts.governor import ProposalClass, Tally
from dao_client.governance.houses import House, read_houses, why_defeated
from dao_client.governance.power import YEAR, Power, explain_power
from dao_client.governance.types import Proposal
from tests.dao_client.governance.books import CONTRACTS, STRANGER
from tests.dao_client.governance.events import created
from tests.dao_client.governance.fake_system import NOW, fake_system

pytestmark = pytest.mark.unit

TES = 10**18
DAY = 86_400
HOLDER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
ANSWERS = {
    "Staking.vote_terms_of": lambda account: [
        (account, 120 * DAY, 0, 10 * TES, 45 * TES)
        if account == HOLDER
        else (HOLDER, 0, 0, 0, 5 * TES)
    ],
    "Staking.delegates": HOLDER,
    "Staking.unbonding_of": [(7 * TES, NOW + 60)],
    "Staking.stake_of": 100 * TES,
    "Staking.getVotes": 50 * TES,
    "Staking.getPastTotalSupply": 400 * TES,
    "Governor.proposalThreshold": 2 * TES,
    "Governor.proposalVotes": [0, 4 * TES, 0],
    "Governor.worker_votes": [1, 0, 0],
    "Governor.quorum": 5 * TES,
    "Governor.quorumNumerator": 5,
    "WorkerHouse.getVotes": 3 * TES,
    "WorkerHouse.getPastTotalSupply": 61,
}


def delegation(query: dict[str, object]) -> list[dict[str, object]]:
    """A stranger delegated to the holder."""
    parties = (STRANGER, STRANGER, HOLDER)
    return [
        {
            "address": CONTRACTS["Staking"],
            "topics": [
                "0x" + Abi.load("Staking").topic("DelegateChanged").hex(),
                *("0x" + encode(["address"], [each]).hex() for each in parties),
            ],
            "data": "0x",
            "blockNumber": "0x5",
            "blockHash": "0x" + "11" * 32,
            "logIndex": "0x0",
            "transactionHash": "0x" + "22" * 32,
        }
    ]


def test_explain_power__stake_lock_and_delegation__add_up() -> None:
    power = explain_power(fake_system(ANSWERS, delegation), HOLDER)

    shown = power_record(Desk("fake:node", None, False), power)

    assert power.votes == power.own_units + sum(each.units for each in power.delegations)
    assert shown["not_voting"] == {"held by disputes": "10 TES", "unbonding": "7 TES"}
    assert (shown["counts"], shown["lock"]) == ("49.65 % of the stake", "120 d")
    assert shown["delegated_from"] == {STRANGER: "5 votes"}
    assert (shown["votes"], shown["share_of_all"]) == ("50 votes", "12.5 %")
    assert (shown["can_propose"], shown["delegated_to"]) == (True, None)
    assert shown["share_of_worker_house"] is None


@given(st.integers(min_value=0, max_value=YEAR))
def test_multiplier__any_lock__is_a_quarter_to_all(lock: int) -> None:
    power = Power("0x", 0, 0, 0, 0, lock, 0, 0, "0x", (), 0, 0, 0, 0, 0)

    assert power.multiplier_bps == 10_000 * (YEAR + 3 * lock) // (4 * YEAR)
    assert 2_500 <= power.multiplier_bps <= 10_000


def test_read_houses__protected__counts_both_and_rounds_the_quorum_up() -> None:
    kind = ProposalClass(needs_workers=True, needs_two_thirds=False, is_slow=False)

    stake, workers = read_houses(fake_system(ANSWERS), Proposal(created(NOW - 9)), kind)

    assert (stake.quorum, workers.quorum) == (5 * TES, 4)
    assert why_defeated([stake, workers]) == [
        "the quorum of the stake was missed with 4 votes, it took 5 votes",
        "the quorum of the workers was missed with 0 votes, it took 0.000000000000000004 votes",
        "a majority of the workers was missed",
    ]


def test_read_houses__not_started__has_no_quorum_yet() -> None:
    kind = ProposalClass(needs_workers=False, needs_two_thirds=True, is_slow=True)

    (stake,) = read_houses(fake_system(ANSWERS), Proposal(created(NOW + 9)), kind)

    assert (stake.quorum, stake.needs_two_thirds) == (None, True)


@pytest.mark.parametrize(
    ("against", "in_favour", "needs_two_thirds", "has_majority"),
    [(1, 2, True, True), (2, 3, True, False), (2, 3, False, True), (1, 1, False, False)],
)
def test_house__two_thirds__are_twice_as_many(
    against, in_favour, needs_two_thirds, has_majority
) -> None:
    house = House("stake", Tally(against, in_favour, 0), 1, needs_two_thirds)

    assert house.has_majority is has_majority
    assert ("two thirds of the stake was missed" in why_defeated([house])) is (
        needs_two_thirds and not has_majority
    )
