"""Reasons of refusals, in every shape that a node gives them."""

import pytest
from eth_abi import encode
from eth_utils import keccak

from dao_client.errors import RpcRefused
from dao_client.reverts import is_halt, is_revert, revert_reason

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


@pytest.mark.parametrize(
    "told",
    [
        "invalid opcode: INVALID",
        "out of gas",
        "stack underflow (0 <=> 2)",
        "stack limit reached 1024 (1023)",
        "invalid jump destination",
        "gas uint64 overflow",
        "return data out of bounds",
        "write protection",
        "intrinsic gas too low: have 2000000, want 2000016 (supplied gas 2000000)",
        "EVM error InvalidFEOpcode",
        "EVM error: StackOverflow",
        "Out of gas: gas required exceeds allowance: 2000000",
        "VM Exception while processing transaction: invalid opcode",
        "VM execution error.",
    ],
)
def test_is_halt__code_that_breaks_off__is_one(told: str) -> None:
    assert is_halt(RpcRefused("eth_call", -32000, told))


@pytest.mark.parametrize(
    "told",
    [
        "missing trie node",
        "header not found",
        "execution aborted (timeout = 5s)",
        "EVM error FatalExternalError",
        "VM Exception while processing transaction: internal error",
        "daily request count exceeded",
    ],
)
def test_is_halt__failure_of_the_node__is_none(told: str) -> None:
    assert not is_halt(RpcRefused("eth_call", -32000, told))


@pytest.mark.parametrize(
    ("declaration", "arguments", "reason"),
    [
        (
            "GovernorInsufficientProposerVotes(address,uint256,uint256)",
            ["0x" + "11" * 20, 5 * 10**17, 2 * 10**18],
            f"GovernorInsufficientProposerVotes: 0x{'11' * 20} has 0.5 of the 2 votes that "
            "proposing takes",
        ),
        (
            "GovernorUnexpectedProposalState(uint256,uint8,bytes32)",
            [7, 3, (1 << 1 | 1 << 4).to_bytes(32, "big")],
            "GovernorUnexpectedProposalState: proposal 7 is Defeated, it must be Active or "
            "Succeeded",
        ),
        (
            "GovernorUnexpectedProposalState(uint256,uint8,bytes32)",
            [7, 0, bytes(32)],
            "GovernorUnexpectedProposalState: proposal 7 is Pending, it must be new: change its "
            "title or description",
        ),
        (
            "ERC5805FutureLookup(uint256,uint48)",
            [60, 2**40],
            f"ERC5805FutureLookup: 1970-01-01 00:01:00 UTC is not over, the clock says {2**40}",
        ),
        (
            "TimelockUnexpectedOperationState(bytes32,bytes32)",
            [b"\1" * 32, b"\0" * 32],
            f"TimelockUnexpectedOperationState: operation 0x{'01' * 32} must be something else: "
            "is its delay over?",
        ),
    ],
)
def test_revert_reason__custom_error__is_put_into_words(declaration, arguments, reason) -> None:
    types = declaration.partition("(")[2].rstrip(")").split(",")
    returned = "0x" + (keccak(text=declaration)[:4] + encode(types, arguments)).hex()

    assert revert_reason(RpcRefused("eth_call", 3, "execution reverted", returned)) == reason


def test_revert_reason__custom_error_cut_short__is_shown_as_bytes() -> None:
    returned = "0x" + keccak(text="GovernorAlreadyCastVote(address)")[:4].hex() + "00"

    found = revert_reason(RpcRefused("eth_call", 3, "execution reverted", returned))

    assert found == f"error {returned}"
