"""Wallets: local keys, keystores, accounts of the node."""

import stat
from pathlib import Path

import pytest
from eth_account import Account

from dao_client.errors import KeyUnavailable, RpcRefused
from dao_client.keys import LocalSigner, UnlockedSigner
from dao_client.messages import Domain, message_digest, receipt_message, recover
from dao_client.types import Digest, Receipt, Timestamp
from tests.dao_client.fake_rpc import FakeRpc

pytestmark = pytest.mark.unit

FIRST_ADDRESS = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
DOMAIN = Domain(1337, FIRST_ADDRESS)
MESSAGE = receipt_message(Receipt(Digest(b"\1" * 32), Timestamp(5), Timestamp(9)), DOMAIN)
TRANSACTION = {
    "type": 2,
    "chainId": 1337,
    "nonce": 0,
    "gas": 21_000,
    "maxFeePerGas": 10,
    "maxPriorityFeePerGas": 1,
    "value": 1,
    "data": "0x",
    "to": FIRST_ADDRESS,
}


def test_from_mnemonic__development_words__give_the_known_address() -> None:
    assert LocalSigner.from_mnemonic(0).address == FIRST_ADDRESS


def test_sign_typed__local_key__recovers_to_its_address() -> None:
    signer = LocalSigner.create()

    assert recover(message_digest(MESSAGE), signer.sign_typed(MESSAGE)) == signer.address


def test_local_signer__no_key__does_not_show_it() -> None:
    with pytest.raises(KeyUnavailable) as refused:
        LocalSigner("0xsecret")

    assert "secret" not in str(refused.value)


def test_keystore__saved__opens_with_its_password_and_only_for_its_owner(tmp_path: Path) -> None:
    signer, path = LocalSigner.create(), tmp_path / "keys" / "worker.json"

    signer.save_keystore(path, "correct horse")

    assert LocalSigner.from_keystore(path, "correct horse").address == signer.address
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(KeyUnavailable, match="does not open: wrong password"):
        LocalSigner.from_keystore(path, "battery staple")
    with pytest.raises(KeyUnavailable, match="cannot be written: File exists"):
        signer.save_keystore(path, "again")


def test_keystore__missing_or_malformed__is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{}")

    with pytest.raises(KeyUnavailable, match="cannot be read: No such file"):
        LocalSigner.from_keystore(tmp_path / "none.json", "x")
    with pytest.raises(KeyUnavailable, match="not a keystore file"):
        LocalSigner.from_keystore(tmp_path / "broken.json", "x")


@pytest.mark.parametrize("shape", [lambda raw: raw, lambda raw: {"raw": raw, "tx": {}}])
def test_unlocked_signer__node_signs__gives_bytes_and_hash(shape) -> None:
    signed = Account.from_key("0x" + "11" * 32).sign_transaction(TRANSACTION)
    rpc = FakeRpc(eth_signTransaction=shape("0x" + signed.raw_transaction.hex()))

    outcome = UnlockedSigner(rpc, FIRST_ADDRESS).sign_transaction(TRANSACTION)

    assert outcome.hash == bytes(signed.hash)
    request = rpc.asked[-1][1][0]
    assert (request["from"], request["gas"]) == (FIRST_ADDRESS, "0x5208")


def test_unlocked_signer__foreign_account__is_refused() -> None:
    refusal = RpcRefused("eth_signTypedData_v4", -32000, "unknown account")
    signer = UnlockedSigner(FakeRpc(eth_signTypedData_v4=refusal), FIRST_ADDRESS)

    with pytest.raises(KeyUnavailable, match=r"does not sign for 0xf39F\w+: unknown account"):
        signer.sign_typed(MESSAGE)
