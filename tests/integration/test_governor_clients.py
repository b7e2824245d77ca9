"""ethers and viem govern by OpenZeppelin's published ABIs, on both real nodes."""

from collections.abc import Iterator
from typing import Any

import pytest

from dao_client.contracts.governor import ProposalState, Support
from dao_client.contracts.parameters import ParameterId
from tests.integration.governor_world import (
    DELEGATOR,
    EXTENDED,
    PEOPLE,
    PROPOSER,
    SIGNER,
    VOTER,
    Governed,
    bitmap_of,
    govern_with,
    governor_world,
    power,
)

pytestmark = pytest.mark.integration

DAY = 86_400
NEW_SECONDS = 64_800
DESCRIPTION = "# Shorten the challenge window\n\nEighteen hours are enough."
CASES = [(node, library) for node in ("ganache", "anvil") for library in ("ethers", "viem")]


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def governed(request, tmp_path_factory) -> Iterator[Governed]:
    node, library = request.param
    with governor_world(node, tmp_path_factory.mktemp(node)) as system:
        change = system.parameters.set_parameter(ParameterId.CHALLENGE_SECONDS, NEW_SECONDS)
        yield govern_with(library, system, change, DESCRIPTION)


def test_execute__by_an_unknown_client__changes_the_parameter(governed) -> None:
    parameters, governor = governed.system.parameters, governed.system.governor

    found = parameters.parameter(ParameterId.CHALLENGE_SECONDS)

    assert (found.value, found.changed_at > 0) == (NEW_SECONDS, True)
    (change,) = parameters.changes(ParameterId.CHALLENGE_SECONDS)
    assert (change.old_value, change.new_value, change.first_task) == (DAY, NEW_SECONDS, 1)
    assert governor.state(int(governed.record["proposal"]["id"])) is ProposalState.EXECUTED


def test_states__of_one_proposal__are_read_as_openzeppelins_enum(governed) -> None:
    assert governed.record["states"] == {
        "proposed": "Pending",
        "voting": "Active",
        "voted": "Succeeded",
        "queued": "Queued",
        "executed": "Executed",
    }


def test_proposal__read_by_openzeppelins_functions__is_the_one_on_chain(governed) -> None:
    told, governor = governed.record["proposal"], governed.system.governor

    proposal = governor.proposal_id(governed.calls)

    assert (told["id"], told["id_read"]) == (str(proposal), str(proposal))
    assert told["proposer"] == PEOPLE[PROPOSER].address
    assert told["needs_queuing"] is True
    times = governor.snapshot(proposal), governor.deadline(proposal)
    assert (int(told["snapshot"]), int(told["deadline"])) == times
    assert times[1] - times[0] == 5 * DAY


def test_delegate_by_sig__by_the_library__moves_the_votes(governed) -> None:
    told = governed.record["delegation"]
    events = [event["name"] for event in governed.record["events"]["delegateBySig"]]

    holder, delegatee = PEOPLE[DELEGATOR].address, PEOPLE[VOTER].address

    assert told["before"] == [holder, "0"]
    assert told["after"] == [delegatee, power(DELEGATOR)]
    assert events == ["DelegateChanged", "DelegateVotesChanged", "DelegateVotesChanged"]
    assert governed.arguments("delegateBySig")["DelegateChanged"] == {
        "delegator": holder,
        "fromDelegate": holder,
        "toDelegate": delegatee,
    }


def test_votes__cast_and_signed__are_counted_with_delegated_power(governed) -> None:
    record = governed.record

    assert record["tally"] == {
        "againstVotes": power(EXTENDED),
        "forVotes": power(DELEGATOR, SIGNER),
        "abstainVotes": power(PROPOSER),
    }
    assert record["has_voted"] == [True, False]
    assert record["nonces"] == {"delegator": "1", "signer": "1", "extended": "1"}
    assert int(record["quorum"]) == 2_000_000 * 10**18


def test_vote_events__parsed_by_openzeppelins_abi__say_who_what_and_why(governed) -> None:
    vote = governed.vote
    found = {step: governed.arguments(step) for step in governed.record["events"]}

    assert found["castVote"]["VoteCast"] == vote(VOTER, Support.FOR, power(DELEGATOR))
    assert found["castVoteWithReason"]["VoteCast"] == vote(
        PROPOSER, Support.ABSTAIN, power(PROPOSER), reason="I only proposed it"
    )
    assert found["castVoteBySig"]["VoteCast"] == vote(SIGNER, Support.FOR, power(SIGNER))
    with_params = found["castVoteWithReasonAndParamsBySig"]["VoteCastWithParams"]
    assert with_params == vote(
        EXTENDED,
        Support.AGAINST,
        power(EXTENDED),
        reason="against, with a reason and params",
        params="0x" + "c0ffee" * 12,
    )


def test_life_events__parsed_by_openzeppelins_abi__tell_the_operation(governed) -> None:
    record, calls = governed.record, governed.calls
    proposal, target = record["proposal"]["id"], calls.targets[0]
    operation = {
        "index": "0",
        "target": target,
        "value": "0",
        "data": "0x" + calls.calldatas[0].hex(),
    }

    created = governed.arguments("propose")["ProposalCreated"]
    queued, executed = governed.arguments("queue"), governed.arguments("execute")

    assert (created["proposalId"], created["description"]) == (proposal, DESCRIPTION)
    assert (created["targets"], created["signatures"]) == ([target], [""])
    assert created["calldatas"] == [operation["data"]]
    scheduled = queued["CallScheduled"]
    assert scheduled.items() >= operation.items()
    assert scheduled["delay"] == str(2 * DAY)
    eta = record["proposal"]["eta"]
    assert queued["ProposalQueued"] == {"proposalId": proposal, "etaSeconds": eta}
    assert executed["CallExecuted"] == {"id": scheduled["id"], **operation}
    assert executed["ProposalExecuted"] == {"proposalId": proposal}
    assert record["queried"] == ["ProposalCreated", "ProposalExecuted"]


def test_refusals__decoded_by_openzeppelins_abi__are_its_custom_errors(governed) -> None:
    proposal = governed.record["proposal"]["id"]

    def wrong_state(now: ProposalState, *wanted: ProposalState) -> dict[str, Any]:
        told = {"proposalId": proposal, "current": str(int(now))}
        told["expectedStates"] = bitmap_of(*wanted)
        return {"name": "GovernorUnexpectedProposalState", "args": told}

    def of_voter(name: str, place: int) -> dict[str, Any]:
        return {"name": name, "args": {"voter": PEOPLE[place].address}}

    scheduled = governed.arguments("queue")["CallScheduled"]["id"]
    assert governed.record["errors"] == {
        "vote_too_early": wrong_state(ProposalState.PENDING, ProposalState.ACTIVE),
        "queue_too_early": wrong_state(ProposalState.PENDING, ProposalState.SUCCEEDED),
        "vote_twice": of_voter("GovernorAlreadyCastVote", VOTER),
        "another_support_than_signed": of_voter("GovernorInvalidSignature", SIGNER),
        "signature_again": of_voter("GovernorInvalidSignature", SIGNER),
        "other_params_than_signed": of_voter("GovernorInvalidSignature", EXTENDED),
        "vote_too_late": wrong_state(ProposalState.SUCCEEDED, ProposalState.ACTIVE),
        "execute_too_early": {
            "name": "TimelockUnexpectedOperationState",
            "args": {"operationId": scheduled, "expectedStates": f"0x{1 << 2:064x}"},
        },
        "execute_twice": wrong_state(ProposalState.EXECUTED, ProposalState.QUEUED),
    }


def test_settings__read_by_the_library__are_those_of_an_openzeppelin_governor(governed) -> None:
    assert governed.record["settings"] == {
        "name": "Tessera",
        "version": "1",
        "counting": "support=bravo&quorum=for,abstain",
        "clock_mode": "mode=timestamp",
        "voting_delay": str(2 * DAY),
        "voting_period": str(5 * DAY),
        "is_erc165": True,
        "is_governor": True,
    }


def test_domains__told_by_eip712_domain__are_those_that_were_signed_for(governed) -> None:
    system, domains = governed.system, governed.record["domains"]

    contracts = {name: domain["verifyingContract"] for name, domain in domains.items()}

    assert contracts == {
        "Delegation": system.staking.address,
        "Ballot": system.governor.address,
        "ExtendedBallot": system.governor.address,
    }
    chain_id = str(system.chain.chain_id)
    assert {domain["chainId"] for domain in domains.values()} == {chain_id}
