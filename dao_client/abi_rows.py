"""Encode rows of fixed-width values as Solidity's `abi.encode` does: one 32-byte word for each.

    uint256   the number, big-endian
    address   12 zero bytes ‖ 20 bytes
    bytes32   as it is

Written by hand because trees of 100,000 rows need it fast; tested against eth_abi and viem.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from eth_hash.auto import keccak

from dao_client.canonical import show
from dao_client.errors import MalformedMessage

WORD = 32
MAX_UINT256 = 2**256 - 1

_ADDRESS = re.compile("0x[0-9a-fA-F]{40}")

Cell: TypeAlias = int | str | bytes


def encode_row(types: Sequence[str], row: Sequence[Cell]) -> bytes:
    """Encode the values of one row, each as its type says."""
    if len(types) != len(row):
        raise MalformedMessage(f"row {show(row)} has {len(row)} values, not {len(types)}")
    return b"".join([_ENCODERS[kind](value) for kind, value in zip(types, row, strict=True)])


def encode_uint256(value: Cell) -> bytes:
    """Encode a whole number of 0 to 2**256-1."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_UINT256:
        raise MalformedMessage(f"{show(value)} is not a uint256: give an integer of 0 to 2**256-1")
    return value.to_bytes(WORD, "big")


def encode_address(value: Cell) -> bytes:
    """Encode an EIP-55 checksummed address."""
    if not is_address(value):
        raise MalformedMessage(f"{show(value)} is not an EIP-55 checksummed address")
    return bytes(WORD - 20) + bytes.fromhex(str(value)[2:])


def encode_bytes32(value: Cell) -> bytes:
    """Encode exactly 32 bytes."""
    if not isinstance(value, bytes) or len(value) != WORD:
        raise MalformedMessage(f"{show(value)} is not a bytes32: give exactly 32 bytes")
    return bytes(value)


def is_address(value: object) -> bool:
    """Tell whether a value is an EIP-55 checksummed address."""
    return (
        isinstance(value, str)
        and _ADDRESS.fullmatch(value) is not None
        and _checksummed(value) == value
    )


def _checksummed(address: str) -> str:
    """Write an address as EIP-55 says; eth_utils takes five times as long."""
    digits = address[2:].lower()
    nibbles = keccak(digits.encode()).hex()
    return "0x" + "".join(
        [
            digit.upper() if nibble > "7" else digit
            for digit, nibble in zip(digits, nibbles, strict=False)
        ]
    )


_ENCODERS: Mapping[str, Callable[[Cell], bytes]] = {
    "uint256": encode_uint256,
    "address": encode_address,
    "bytes32": encode_bytes32,
}
