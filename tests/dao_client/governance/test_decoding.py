"""Calls that nobody meant to be read."""

import pytest

from dao_client.contracts.abi import Abi
from dao_client.governance.decoding import decode_action, written
from dao_client.governance.types import Action
from dao_client.moments import write_moment
from tests.dao_client.governance.books import CONTRACTS, STRANGER, book

pytestmark = pytest.mark.unit


def shown(contract: str, data: bytes) -> str:
    return decode_action(book(), Action(CONTRACTS[contract], data)).shown(book())


@pytest.mark.parametrize("data", [b"", b"\1\2\3", b"\xde\xad\xbe\xef"])
def test_decode_action__unknown_data__stays_hex(data: bytes) -> None:
    assert shown("Treasury", data) == f"call Treasury with 0x{data.hex()}"


def test_decode_action__cut_arguments__stay_hex() -> None:
    whole = Abi.load("Treasury").encode_call("cancel_grant", [3])

    assert shown("Treasury", whole) == "Treasury.cancel_grant(grant_id = 3)"
    assert shown("Treasury", whole[:-1]).startswith("call Treasury with 0x")


def test_decode_action__absurd_moment__is_a_number() -> None:
    terms = [CONTRACTS["WorkToken"], STRANGER, 1, 2**200, 5, 2**200]

    text = shown("Treasury", Abi.load("Treasury").encode_call("open_grant", terms))

    assert f"starts_at = {2**200}, cliff_seconds = 5 s" in text
    assert write_moment(0) == "1970-01-01 00:00:00 UTC"


def test_decode_action__batch_of_the_timelock__is_written_in_brackets() -> None:
    batch = [[STRANGER, STRANGER], [0, 1], [b"\1", b""], b"\2" * 32, b"\3" * 32]

    text = shown("Timelock", Abi.load("Timelock").encode_call("executeBatch", batch))

    assert f"targets = [{STRANGER}, {STRANGER}], values = [0, 1], payloads = [0x01, 0x]" in text


def test_written__each_kind__is_plain() -> None:
    assert [written(each) for each in (b"\1", True, (1, False), "x")] == [
        "0x01",
        "yes",
        "[1, no]",
        "x",
    ]
