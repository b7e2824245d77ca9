"""Reasons of refusals, in every shape that a node gives them."""

import pytest
from eth_abi import encode

from dao_client.errors import RpcRefused
from dao_client.reverts import is_revert, revert_reason

pytestmark = pytest.mark.unit

TEXT = "0x08c379a0" + encode(["string"], ["escrow: zero price"]).hex()


@pytest.mark.parametrize(
    ("returned", "reason"),
    [
        (TEXT, "escrow: zero price"),
        ({"result": TEXT, "reason": "…"}, "escrow: zero price"),
        ({"data": TEXT}, "escrow: zero price"),
        ("0x4e487b71" + encode(["uint256"], [0x11]).hex(), "panic 0x11"),
        ("0xdeadbeef", "error 0xdeadbeef"),
        ("0x08c379a0ff", "unreadable error 0xff"),
        ("0x", "execution reverted"),
        ("0xnonsense", "execution reverted"),
        (None, "execution reverted"),
    ],
)
def test_revert_reason__each_shape__is_read(returned: object, reason: str) -> None:
    assert revert_reason(RpcRefused("eth_call", 3, "execution reverted", returned)) == reason


def test_revert_reason__no_word_at_all__says_so() -> None:
    assert revert_reason(RpcRefused("eth_call", 3, "")) == "no reason given"


def test_is_revert__failure_of_the_node__is_none() -> None:
    assert is_revert(RpcRefused("eth_call", 3, "x"))
    assert is_revert(RpcRefused("eth_call", -32000, "VM Exception … revert x"))
    assert not is_revert(RpcRefused("eth_call", -32000, "missing trie node"))
