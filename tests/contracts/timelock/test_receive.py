"""The Timelock takes ether and every ERC-721 and ERC-1155 token, and no unknown call."""

import boa
import pytest
from eth_utils import keccak

from tests.contracts.differential.playing import play

pytestmark = pytest.mark.chain

ERC721 = "onERC721Received(address,address,uint256,bytes)"
ERC1155 = "onERC1155Received(address,address,uint256,uint256,bytes)"
ERC1155_BATCH = "onERC1155BatchReceived(address,address,uint256[],uint256[],bytes)"
NOTE = b"\x07" * 16_384


def send(timelock, data: bytes, sender: str, value: int = 0):
    return boa.env.execute_code(to_address=timelock.address, sender=sender, value=value, data=data)


def test_receive__ether__is_kept(timelock, stranger):
    boa.env.set_balance(stranger, 7)

    assert send(timelock, b"", stranger, 7).is_success
    assert boa.env.get_balance(timelock.address) == 7


@pytest.mark.parametrize("data", [b"\x00", b"\x12\x34\x56", b"\x12\x34\x56\x78", b"\x00" * 64])
def test_receive__unknown_function__is_refused(timelock, stranger, data, facts):
    boa.env.set_balance(stranger, 7)
    before = facts()

    computation = send(timelock, data, stranger, 7)

    assert (computation.is_success, computation.output) == (False, b"")
    assert facts() == before


@pytest.mark.parametrize(
    ("function", "args"),
    [
        (ERC721, (1, b"")),
        (ERC721, (1, NOTE)),
        (ERC1155, (1, 2, b"")),
        (ERC1155, (1, 2, NOTE)),
        (ERC1155_BATCH, ([], [], b"")),
        (ERC1155_BATCH, ([1] * 256, [2] * 256, NOTE)),
    ],
)
def test_receive__token__is_accepted(timelock, stranger, function, args):
    outcome = play(timelock, function, stranger, stranger, *args, sender=stranger)

    assert outcome.returned == keccak(text=function)[:4] + bytes(28)


def test_receive__longer_note_than_fits__is_refused(timelock, stranger, facts):
    before = facts()

    outcome = play(timelock, ERC721, stranger, stranger, 1, NOTE + b"\x07", sender=stranger)

    assert (outcome.succeeded, outcome.returned) == (False, b"")
    assert facts() == before
