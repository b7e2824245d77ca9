"""Proposal files: each kind of change, read back from its own call; what is wrong is named."""

from pathlib import Path

import pytest
import yaml

from dao_client.errors import MalformedDocument
from dao_client.governance.changes import VERBS
from dao_client.governance.decoding import decode_action
from dao_client.governance.proposal_file import read_proposal, read_proposal_file
from tests.dao_client.governance.books import CALL, CONTRACTS, GRANT, STRANGER, book, proposal

pytestmark = pytest.mark.unit

TREASURY, TEST = CONTRACTS["Treasury"], CONTRACTS["PaymentToken"]
HASH = "0x" + "ab" * 32
PAY = f'{{token: payment_token, to: "{STRANGER}", amount: 1500.5}}'
CHANGES = {
    "{set: challenge_seconds, to: 20h}": (
        "Parameters.set_parameter(id = challenge_seconds, new_value = 20 h)"
    ),
    "{set: protocol_fee_bps, to: 2.5 %}": (
        "Parameters.set_parameter(id = protocol_fee_bps, new_value = 2.5 %)"
    ),
    f'{{allow_method: "{HASH}"}}': f"Parameters.allow_method(method_hash = {HASH})",
    "{forbid_method: {name: majority, version: 1}}": "Parameters.forbid_method(method_hash = 0x",
    f"{{spend: {PAY}}}": (
        f"Treasury.spend(token = PaymentToken {TEST}, to = {STRANGER}, amount = 1500.5 TEST)"
    ),
    f"{{spend_over_limit: {PAY}}}": "Treasury.spend_over_limit(token = PaymentToken",
    f"{{{GRANT}: 2027-01-31}}}}": (
        "amount = 10 TES, starts_at = 2027-01-31 00:00:00 UTC, cliff_seconds = 90 d"
    ),
    "{cancel_grant: 3}": "Treasury.cancel_grant(grant_id = 3)",
    "{set_emission_rate: {token: payment_token, rate: 2.5}}": "2.5 TES/TEST",
    "{set_voting_delay: 3d}": "Governor.setVotingDelay(newVotingDelay = 3 d)",
    "{set_voting_period: 6d}": "Governor.setVotingPeriod(newVotingPeriod = 6 d)",
    "{set_late_extension: 36h}": "Governor.setLateQuorumVoteExtension(newVoteExtension = 36 h)",
    "{set_proposal_threshold: 0.5 %}": (
        "Governor.setProposalThreshold(newProposalThreshold = 0.5 %)"
    ),
    "{set_quorum: 6 %}": "Governor.updateQuorumNumerator(newQuorumNumerator = 6 %)",
    "{set_guardian: Timelock}": (
        f"Governor.setProposalGuardian(newProposalGuardian = Timelock {CONTRACTS['Timelock']})"
    ),
    "{set_timelock_delay: 3d}": "Timelock.updateDelay(newDelay = 3 d)",
    f'{{rule_dispute: {{task: 7, verdict: "{HASH}", upheld: yes}}}}': (
        f"VerdictOracle.rule_dispute(task_id = 7, digest = {HASH}, is_upheld = yes)"
    ),
    "{call: {contract: Treasury, function: cancel_grant, arguments: {grant_id: 3}, value: 1}}": (
        "Treasury.cancel_grant(grant_id = 3) and send 0.000000000000000001 coin"
    ),
    f'{{{CALL}: "pay(address,uint256[])", '
    f'arguments: ["{STRANGER}", [1, 2]]}}}}': f"call {STRANGER} with 0x",
}


@pytest.mark.parametrize("change", CHANGES)
def test_read_proposal__each_change__decodes_to_what_it_says(change: str) -> None:
    (action,) = read_proposal(proposal(change), book()).actions

    shown = decode_action(book(), action).shown(book())

    assert CHANGES[change] in shown


def test_changes__every_verb__has_an_example() -> None:
    used = {next(iter(yaml.safe_load(change))) for change in CHANGES}

    assert used == set(VERBS)


@pytest.mark.parametrize(
    "starts",
    ["2027-01-31 12:00:00", '"2027-01-31T12:00:00"', "2027-01-31T13:00:00+01:00", "1801396800"],
)
def test_read_proposal__moments__are_utc(starts: str) -> None:
    (action,) = read_proposal(proposal(f"{{{GRANT}: {starts}}}}}"), book()).actions

    assert "starts_at = 2027-01-31 12:00:00 UTC" in decode_action(book(), action).shown(book())


def test_read_proposal__grant_from_now_on__starts_when_executed() -> None:
    (action,) = read_proposal(proposal(f"{{{GRANT}: now}}}}"), book()).actions

    assert "starts_at = when executed" in decode_action(book(), action).shown(book())


def test_read_proposal__function_of_ours_spelt_out__is_taken() -> None:
    free = "{call: {contract: Treasury, function: cancel_grant(uint256), arguments: [3]}}"
    text = f'{{{CALL}: "say(string)", arguments: [hello]}}}}'

    (ours,) = read_proposal(proposal(free), book()).actions
    (theirs,) = read_proposal(proposal(text), book()).actions

    assert decode_action(book(), ours).shown(book()) == "Treasury.cancel_grant(grant_id = 3)"
    assert b"hello" in theirs.data
    with pytest.raises(MalformedDocument, match="must be one of cancel_grant"):
        read_proposal(proposal(free.replace("uint256", "uint8")), book())


def test_description__for_a_proposer__ends_with_the_mark() -> None:
    found = {"title": "Less", "description": "Why not?\n", "changes": [{"cancel_grant": 1}]}

    draft = read_proposal(found, book())

    assert draft.description() == "# Less\n\nWhy not?"
    assert draft.description(STRANGER) == f"# Less\n\nWhy not?\n\n#proposer={STRANGER}"


def test_read_proposal_file__unreadable_or_no_yaml__is_named(tmp_path: Path) -> None:
    path = tmp_path / "proposal.yaml"
    with pytest.raises(MalformedDocument, match=r"proposal\.yaml cannot be read"):
        read_proposal_file(path, book())

    path.write_text("title: [")

    with pytest.raises(MalformedDocument, match=r"proposal\.yaml is not YAML"):
        read_proposal_file(path, book())
