from dataclasses import replace

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_keys.constants import SECPK1_N
from hypothesis import given, settings

from dao_client.errors import MalformedMessage, SignatureRefused
from dao_client.messages import (
    Domain,
    message_digest,
    no_contract,
    receipt_digest,
    receipt_message,
    recover,
    sign,
    submission_digest,
    submission_message,
    verdict_digest,
    verify,
)
from dao_client.types import Receipt, Submission, Verdict
from tests.dao_client.strategies import receipts, submissions, verdicts

pytestmark = pytest.mark.unit

honest_worker = Account.from_key(b"\1" * 32)
lazy_worker = Account.from_key(b"\2" * 32)
ESCROW = Account.from_key(b"\3" * 32).address
DOMAIN = Domain(1337, ESCROW)
SUBMISSION = Submission(7, 2**255, honest_worker.address, b"\4" * 32, b"\5" * 32, 1_000)
DIGEST = submission_digest(SUBMISSION, DOMAIN)
SIGNATURE = sign(submission_message(SUBMISSION, DOMAIN), honest_worker)


@given(submissions, receipts, verdicts)
@settings(max_examples=25)
def test_digest__any_message__is_what_eth_account_signs(
    submission: Submission, receipt: Receipt, verdict: Verdict
) -> None:
    for digest, message in (
        (submission_digest(submission, DOMAIN), submission_message(submission, DOMAIN)),
        (receipt_digest(receipt, DOMAIN), receipt_message(receipt, DOMAIN)),
    ):
        signed = honest_worker.sign_message(encode_typed_data(full_message=message))
        assert bytes(signed.message_hash) == digest == message_digest(message)
    assert len(verdict_digest(verdict, DOMAIN)) == 32


def test_verify__signature_of_the_signer__is_accepted() -> None:
    verify(honest_worker.address, DIGEST, SIGNATURE, no_contract)

    assert recover(DIGEST, SIGNATURE) == honest_worker.address


@pytest.mark.parametrize(
    "digest",
    [
        submission_digest(SUBMISSION, replace(DOMAIN, chain_id=1)),
        submission_digest(SUBMISSION, replace(DOMAIN, verifying_contract=lazy_worker.address)),
        submission_digest(replace(SUBMISSION, task_id=8), DOMAIN),
    ],
    ids=["another chain", "another contract", "another task"],
)
def test_verify__signature_replayed__is_refused(digest: bytes) -> None:
    with pytest.raises(SignatureRefused, match=f"not of {honest_worker.address}: sign with"):
        verify(honest_worker.address, digest, SIGNATURE, no_contract)


def test_verify__signature_of_another__is_refused() -> None:
    with pytest.raises(SignatureRefused) as refusal:
        verify(lazy_worker.address, DIGEST, SIGNATURE, no_contract)

    assert str(refusal.value) == (
        f"signature is of {honest_worker.address}, not of {lazy_worker.address}: sign with that key"
    )


HIGH_S = (
    SIGNATURE[:32]
    + (SECPK1_N - int.from_bytes(SIGNATURE[32:64], "big")).to_bytes(32, "big")
    + bytes([55 - SIGNATURE[64]])
)


@pytest.mark.parametrize(
    ("signature", "text"),
    [
        (b"", "signature has 0 bytes: 65 are needed (r, s, v)"),
        (SIGNATURE[:64], "signature has 64 bytes"),
        (SIGNATURE + b"\0", "signature has 66 bytes"),
        (SIGNATURE[:64] + b"\0", "signature has v = 0: it must be 27 or 28"),
        (HIGH_S, "signature has a high s: negate s and flip v"),
        (bytes(64) + b"\x1b", "recovers no key"),
        (b"\xff" * 32 + SIGNATURE[32:], "recovers no key"),
        (SIGNATURE[:32] + bytes(32) + b"\x1b", "recovers no key"),
    ],
)
def test_verify__malformed_signature__is_refused(signature: bytes, text: str) -> None:
    with pytest.raises(SignatureRefused) as refusal:
        verify(honest_worker.address, DIGEST, signature, no_contract)

    assert text in str(refusal.value)
    assert f"signature is not of {honest_worker.address}" in str(refusal.value)


@pytest.mark.parametrize("signature", [b"", b"owners' signatures", SIGNATURE])
def test_verify__signature_that_the_wallet_contract_accepts__is_accepted(signature: bytes) -> None:
    asked = []

    def wallet(signer: str, digest: bytes, given_signature: bytes) -> bool:
        asked.append((signer, digest, given_signature))
        return True

    verify(ESCROW, DIGEST, signature, wallet)

    assert asked == [(ESCROW, DIGEST, signature)]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"task_id": -1}, "-1 is not a uint256"),
        ({"worker": "0x" + "ab" * 20}, "is not an EIP-55 checksummed address"),
        ({"sealed_digest": b"short"}, "b'short' is not a bytes32"),
    ],
)
def test_submission_message__field_of_another_type__is_refused(change, text: str) -> None:
    with pytest.raises(MalformedMessage, match=text):
        submission_message(replace(SUBMISSION, **change), DOMAIN)


@pytest.mark.parametrize("domain", [Domain(-1, ESCROW), Domain(1, "0x0")])
def test_submission_message__malformed_domain__is_refused(domain: Domain) -> None:
    with pytest.raises(MalformedMessage):
        submission_message(SUBMISSION, domain)
