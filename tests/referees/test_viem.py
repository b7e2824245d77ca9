"""viem computes the same hashes and signatures, and takes ours for its own."""

import pytest
from eth_account import Account

from dao_client.abi_rows import encode_row
from dao_client.documents.values import from_hex
from dao_client.messages import no_contract, sign, verify
from tests.dao_client.vectors.cases import from_json
from tests.dao_client.vectors.files import load
from tests.referees.asking import ask_referees

pytestmark = pytest.mark.integration

MESSAGES = load("messages")


def test_typed_data__hashed_by_viem__has_our_digest() -> None:
    questions = [{"ask": "typedDataHash", "message": vector["message"]} for vector in MESSAGES]

    assert ask_referees(questions) == [vector["digest"] for vector in MESSAGES]


def test_typed_data__signed_by_viem__verifies_with_us() -> None:
    questions = [
        {"ask": "typedDataSignature", "message": vector["message"], "key": vector["key"]}
        for vector in MESSAGES
    ]

    for vector, signature in zip(MESSAGES, ask_referees(questions), strict=True):
        verify(vector["signer"], from_hex(vector["digest"]), from_hex(signature), no_contract)


def test_typed_data__signed_by_us__verifies_with_viem() -> None:
    questions = [
        {
            "ask": "typedDataSigner",
            "message": vector["message"],
            "signature": "0x" + sign(vector["message"], Account.from_key(vector["key"])).hex(),
        }
        for vector in MESSAGES
    ]

    assert ask_referees(questions) == [vector["signer"] for vector in MESSAGES]


def test_typed_data__one_field_changed__has_another_signer_for_viem() -> None:
    vector = MESSAGES[0]
    message = {**vector["message"], "message": {**vector["message"]["message"], "taskId": "8"}}

    question = {"ask": "typedDataSigner", "message": message, "signature": vector["signature"]}

    assert ask_referees([question]) != [vector["signer"]]


def test_commitment__encoded_by_viem__has_our_hash() -> None:
    vector = load("encoding")["commitment"]

    question = {"ask": "keccakOfAbi", "types": vector["types"], "row": vector["row"]}

    assert len(encode_row(vector["types"], from_json(vector["types"], vector["row"]))) == 160
    assert ask_referees([question]) == [vector["hash"]]
