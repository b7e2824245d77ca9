"""Ballots by letter: what is signed, what is written, what is refused."""

import json
from pathlib import Path

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from dao_client.contracts.governor import Support
from dao_client.errors import MalformedDocument, WrongChain
from dao_client.governance.ballots import SignedBallot, ballot_message, check_ballot, sign_ballot
from dao_client.keys import LocalSigner
from dao_client.messages import Domain
from tests.dao_client.governance.books import CONTRACTS, STRANGER
from tests.dao_client.governance.fake_system import fake_system

pytestmark = pytest.mark.unit

SIGNER = LocalSigner.from_mnemonic(0)
SYSTEM = fake_system({"Governor.nonces": 5})


def test_sign_ballot__written_and_read__is_the_voter_s(tmp_path: Path) -> None:
    ballot = sign_ballot(SYSTEM, SIGNER, 7, Support.FOR)
    (tmp_path / "ballot.json").write_text(json.dumps(ballot.as_json()))

    read = SignedBallot.load(tmp_path / "ballot.json")

    domain = Domain(1337, CONTRACTS["Governor"])
    message = ballot_message(7, Support.FOR, SIGNER.address, 5, domain)
    signable = encode_typed_data(full_message=message)
    assert read == ballot
    assert Account.recover_message(signable, signature=ballot.signature) == SIGNER.address


def test_check_ballot__of_another_deployment__is_refused() -> None:
    ballot = SignedBallot(1337, STRANGER, 7, Support.FOR, SIGNER.address, b"")

    with pytest.raises(WrongChain, match=f"and the Governor {STRANGER}, this is chain 1337 and"):
        check_ballot(SYSTEM, ballot)

    check_ballot(SYSTEM, SignedBallot(1337, CONTRACTS["Governor"], 7, Support.FOR, "0x", b""))


@pytest.mark.parametrize("content", ["{}", "[", '{"chain_id": 1, "signature": 5}', "5"])
def test_load__no_ballot__says_how_to_make_one(tmp_path: Path, content: str) -> None:
    (tmp_path / "ballot.json").write_text(content)

    with pytest.raises(MalformedDocument, match=r"is no ballot .*--sign-only --json` prints one"):
        SignedBallot.load(tmp_path / "ballot.json")


def test_load__no_file__says_so(tmp_path: Path) -> None:
    with pytest.raises(MalformedDocument, match="cannot be read"):
        SignedBallot.load(tmp_path / "ballot.json")
