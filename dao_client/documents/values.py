"""Turn values of documents into typed values and back: hex, decimal text, CIDs."""

from collections.abc import Iterable, Mapping
from typing import Any

from dao_client.types import Address, Digest, Method
from ipfs_store import Cid


def to_hex(value: bytes) -> str:
    """Write bytes as 0x-hex, lower case."""
    return "0x" + value.hex()


def from_hex(text: str) -> bytes:
    """Read 0x-hex."""
    return bytes.fromhex(text[2:])


def digest_from_hex(text: str) -> Digest:
    """Read 32 bytes of 0x-hex."""
    return Digest(from_hex(text))


def cids(texts: Iterable[str]) -> tuple[Cid, ...]:
    """Read a list of CIDs."""
    return tuple(Cid(text) for text in texts)


def address(text: str) -> Address:
    """Read an address that the schema has checked."""
    return Address(text)


def write_method(method: Method) -> dict[str, Any]:
    """Write a method as documents name it."""
    return {
        "name": method.name,
        "version": method.version,
        "parameters": dict(method.parameters),
    }


def read_method(members: Mapping[str, Any]) -> Method:
    """Read a method that the schema has checked."""
    return Method(members["name"], members["version"], members["parameters"])
