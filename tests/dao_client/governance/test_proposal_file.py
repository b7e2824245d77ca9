"""Proposal files: each kind of change, read back from its own call; what is wrong is named."""

from pathlib import Path

import pytest
import yaml

from dao_client.errors import MalformedDocument
from dao_client.governance.changes import VERBS
from dao_client.governance.decoding import decode_action
from dao_client.governance.proposal_file import read_proposal, read_proposal_file
from tests.dao_client.governance.books import CONTRACTS, STRANGER, book

pytestmark = pytest.mark.unit

TREASURY, TEST = CONTRACTS["Treasury"], CONTRACTS["PaymentToken"]
HASH = "0x" + "ab" * 32
CALL = f'call: {{contract: "{STRANGER}", function'
GRANT = "grant: {token: tes, to: Treasury, amount: 10, cliff: 90d, duration: 365d, starts"
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
    "{rule_dispute: {task: 7, upheld: yes}}": (
        "VerdictOracle.rule_dispute(task_id = 7, is_upheld = yes)"
    ),
    "{call: {contract: Treasury, function: cancel_grant, arguments: {grant_id: 3}, value: 1}}": (
        "Treasury.cancel_grant(grant_id = 3) and send 0.000000000000000001 coin"
    ),
    f'{{{CALL}: "pay(address,uint256[])", '
    f'arguments: ["{STRANGER}", [1, 2]]}}}}': f"call {STRANGER} with 0x",
}


def proposal(change: str) -> dict[str, object]:
    return {"title": "Change it", "changes": [yaml.safe_load(change)]}


@pytest.mark.parametrize("change", CHANGES)
def test_read_proposal__each_change__decodes_to_what_it_says(change: str) -> None:
    (action,) = read_proposal(proposal(change), book()).actions

    shown = decode_action(book(), action).shown(book())

    assert CHANGES[change] in shown


def test_changes__every_verb__has_an_example() -> None:
    used = {next(iter(yaml.safe_load(change))) for change in CHANGES}

    assert used == set(VERBS)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("{set: challenge_secs, to: 8h}", "changes[0].set: 'challenge_secs' is no parameter"),
        ("{set: challenge_seconds, to: soon}", "changes[0].to: 'soon' is no length of time"),
        ("{set: challenge_seconds}", "lacks to"),
        ("{spend: {token: tes, to: Treasury}}", "changes[0].spend is"),
        ("{spend: {token: gold, to: Treasury, amount: 1}}", "spend.token: 'gold' is no address"),
        ("{spend: {token: tes, to: Treasury, amount: -1}}", "spend.amount: -1 is no amount"),
        ("{spend: {token: tes, to: 5, amount: 1}}", "changes[0].spend.to: 5 is no address"),
        ("{spend: {token: tes, to: Treasury, amount: 1, why: x}}", "unknown keys why"),
        ("{cancel_grant: some}", "changes[0].cancel_grant: 'some' is no whole number"),
        ("{cancel_grant: 1, why: x}", "so why must stand below it or go"),
        ("{allow_method: majority}", "it must have the keys name, version, parameters"),
        (
            "{allow_method: {name: a, version: 1, parameters: [1]}}",
            "parameters is '[1]': it must be a mapping",
        ),
        ("{rule_dispute: {task: 1, upheld: maybe}}", "upheld is 'maybe': it must be yes or no"),
        ("{set_quorum: 5}", "changes[0].set_quorum: 5 is no share"),
        ("{burn: 5}", "it must name one of set, allow_method"),
        ("{spend: {}, cancel_grant: 1}", "it must name one of"),
        ("5", "changes[0] is '5'"),
        ("{call: {contract: Treasury, function: steal}}", "it must be one of cancel_grant,"),
        ("{call: {contract: Treasury, function: cancel_grant}}", "must be 1 values: grant_id"),
        (
            f"{{{CALL}: pay}}}}",
            "function is 'pay': it must be spelt out, such as pay(address,uint256)",
        ),
        (
            f'{{{CALL}: "pay(bytes4)", arguments: ["0xzz"]}}}}',
            "arguments.0 is '0xzz': it must be 0x and hex digits",
        ),
        (
            f'{{{CALL}: "pay(bytes4)", arguments: ["0x0102030405"]}}}}',
            "do not encode",
        ),
        (
            f'{{{CALL}: "pay(bool)", arguments: [1]}}}}',
            "arguments.0 is '1': it must be yes or no",
        ),
        (
            f'{{{CALL}: "pay(uint8[])", arguments: [1]}}}}',
            "must be a list, for uint8[]",
        ),
        (
            f'{{{CALL}: "pay(uint8)", arguments: [x]}}}}',
            "arguments.0: 'x' is no whole number",
        ),
        (f"{{{GRANT}: soon}}}}", "grant.starts: 'soon' is no moment"),
    ],
)
def test_read_proposal__wrong_change__is_named(change: str, refusal: str) -> None:
    with pytest.raises(MalformedDocument) as refused:
        read_proposal(proposal(change), book())

    assert refusal in str(refused.value)


def test_read_proposal__call_too_long__is_refused() -> None:
    long = f'{{{CALL}: "pay(bytes)", arguments: ["0x{"00" * 1_024}"]}}}}'

    with pytest.raises(MalformedDocument, match="bytes, 1024 are taken"):
        read_proposal(proposal(long), book())


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        ([1], "it must have the keys title, changes, description"),
        ({"title": "x"}, "lacks changes"),
        ({"title": " ", "changes": []}, "proposal.title is ' ': it must be text"),
        ({"title": "x", "changes": []}, "must be a list of 1 to 8 changes"),
        ({"title": "x", "changes": [{"cancel_grant": 1}] * 9}, "must be a list of 1 to 8 changes"),
        ({"title": "x\ny", "changes": [1]}, "must be one line"),
        ({"title": "x", "description": "#proposer=0x", "changes": [1]}, "may hold #proposer="),
        ({"title": "x", "description": "y" * 8_001, "changes": [1]}, "has 8002 bytes"),
        ({"title": "x", "authors": "me", "changes": [1]}, "unknown keys authors"),
    ],
)
def test_read_proposal__wrong_whole__is_named(found: object, refusal: str) -> None:
    with pytest.raises(MalformedDocument) as refused:
        read_proposal(found, book())

    assert refusal in str(refused.value)


def test_read_proposal__no_such_contract__is_refused() -> None:
    names = book()
    names.contracts = {"WorkToken": CONTRACTS["WorkToken"]}

    with pytest.raises(MalformedDocument, match="this deployment has no Treasury"):
        read_proposal(proposal("{cancel_grant: 1}"), names)


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
