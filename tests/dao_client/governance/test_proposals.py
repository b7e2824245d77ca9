"""Proposals as events tell them, and the proposal behind a change."""

from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak

from dao_client.contracts.abi import Abi, type_of
from dao_client.contracts.parameters import ParameterId
from dao_client.errors import TransactionRefused
from dao_client.governance.proposals import find_proposal, list_proposals, parameter_changes
from dao_client.governance.types import Action, Proposal
from tests.dao_client.governance.books import CONTRACTS, STRANGER
from tests.dao_client.governance.events import created
from tests.dao_client.governance.fake_system import fake_system

pytestmark = pytest.mark.unit

FIRST, SECOND = 1_234 * 10**70, 1_235 * 10**70


def log(contract: str, event: str, index: int, *values: Any) -> dict[str, Any]:
    """Write an event of transaction 0x22… as nodes do."""
    abi = Abi.load(contract)
    inputs = abi.entries[("event", event)]["inputs"]
    rows = list(zip(inputs, values, strict=True))
    plain = [(type_of(each), value) for each, value in rows if not each["indexed"]]
    indexed = [encode([type_of(each)], [value]) for each, value in rows if each["indexed"]]
    return {
        "address": CONTRACTS[contract],
        "topics": ["0x" + each.hex() for each in (abi.topic(event), *indexed)],
        "data": "0x" + encode([kind for kind, _ in plain], [each for _, each in plain]).hex(),
        "blockNumber": "0x5",
        "blockHash": "0x" + "11" * 32,
        "logIndex": hex(index),
        "transactionHash": "0x" + "22" * 32,
    }


def made(proposal: int, title: str) -> dict[str, Any]:
    calls = ([STRANGER], [0], [""], [b"\1"])
    return log(
        "Governor", "ProposalCreated", 0, proposal, STRANGER, *calls, 10, 20, f"# {title}\n\nWhy"
    )


LOGS = [
    made(FIRST, "One"),
    made(SECOND, "Two"),
    log("Parameters", "ParameterSet", 1, 9, 2, 3, 1),
    log("Governor", "ProposalExecuted", 2, FIRST),
    log("Parameters", "ParameterSet", 3, 1, 5, 6, 1),
    log("Governor", "ProposalExecuted", 4, SECOND),
    log("Parameters", "ParameterSet", 5, 2, 7, 8, 1),
]


def matching(query: dict[str, Any]) -> list[dict[str, Any]]:
    wanted = query["topics"]
    return [
        each
        for each in LOGS
        if each["address"] in query["address"]
        and all(
            topic in (None, found)
            for topic, found in zip(wanted, [*each["topics"], None, None], strict=False)
        )
    ]


SYSTEM = fake_system({}, matching)


def test_parameter_changes__many_in_one_transaction__each_has_its_proposal() -> None:
    changes = parameter_changes(SYSTEM)

    titles = {
        name: [each.proposal.title if each.proposal else None for each in found]
        for name, found in changes.items()
    }
    assert titles == {
        ParameterId.WEIGHT_CAP: ["One"],
        ParameterId.CHALLENGE_SECONDS: ["Two"],
        ParameterId.RULING_SECONDS: [None],
    }


def test_parameter_changes__of_one__are_its_own() -> None:
    assert set(parameter_changes(SYSTEM, ParameterId.WEIGHT_CAP)) == {ParameterId.WEIGHT_CAP}
    assert parameter_changes(SYSTEM, ParameterId.OVERLAP_MOST) == {}


@pytest.mark.parametrize(
    ("text", "title"),
    [("latest", "Two"), ("1234", "One"), (str(SECOND), "Two"), (" 1235 ", "Two")],
)
def test_find_proposal__id_or_first_digits__is_found(text: str, title: str) -> None:
    assert find_proposal(SYSTEM, text).title == title
    assert len(list_proposals(SYSTEM)) == 2


@pytest.mark.parametrize("text", ["123", "9999", "", "latest?"])
def test_find_proposal__none_or_too_short__is_refused(text: str) -> None:
    with pytest.raises(TransactionRefused, match="there is no such proposal; `tessera gov list`"):
        find_proposal(SYSTEM, text)


def test_find_proposal__two_alike__asks_for_more_digits() -> None:
    twins = [made(12_340, "One"), made(12_341, "Two")]

    with pytest.raises(TransactionRefused, match="'1234': 2 proposals begin so"):
        find_proposal(fake_system({}, twins), "1234")


def test_proposal__event__tells_title_and_calls() -> None:
    proposal = Proposal(created(100))

    assert (proposal.title, proposal.id) == ("A title", 7)
    assert proposal.actions == (Action(CONTRACTS["Parameters"], b"\3" * 36),)
    assert proposal.calls.description_hash == keccak(text="# A title \n\nA body")
