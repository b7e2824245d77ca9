"""What is wrong with a proposal file is named by its key and value."""

import pytest

from dao_client.errors import MalformedDocument
from dao_client.governance.proposal_file import read_proposal
from tests.dao_client.governance.books import CALL, CONTRACTS, GRANT, book, proposal

pytestmark = pytest.mark.unit


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
        ("{rule_dispute: {task: 1, upheld: yes}}", "it lacks verdict"),
        (
            f"{{rule_dispute: {{task: 1, verdict: 0x{'ab' * 32}, upheld: yes}}}}",
            "it must be 0x and 64 hex digits, in quotes",
        ),
        (
            f"{{rule_dispute: {{task: 1, verdict: '0x{'ab' * 32}', upheld: maybe}}}}",
            "upheld is 'maybe': it must be yes or no",
        ),
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
