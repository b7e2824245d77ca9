"""
Turn bytes into CIDs and CIDs into digests.

Layout of a CIDv1 (https://github.com/multiformats/cid), 36 bytes, as text "b" + base32 lower case:

    01 | codec | 12 20 | 32 bytes of sha2-256
"""

import hashlib
from base64 import b32decode, b32encode
from dataclasses import dataclass
from enum import Enum
from typing import NewType

from multiformats import CID, multihash

from ipfs_store.errors import BlockTooLarge, CidMismatch, MalformedCid

Cid = NewType("Cid", str)

MAX_BLOCK_BYTES = 1 << 20
CID_BYTES = 36
_VERSION = 1
_SHA2_256 = bytes((0x12, 0x20))
_PADDING = "======"


class Codec(Enum):
    """Tell how a block's bytes are meant; values are multicodec codes."""

    RAW = 0x55
    DAG_PB = 0x70
    DAG_CBOR = 0x71


@dataclass(frozen=True, slots=True)
class Block:
    """Hold a block's bytes with the CID that they were found to have."""

    cid: Cid
    data: bytes


def make_block(data: bytes, codec: Codec = Codec.RAW) -> Block:
    """Name a block; refuse one that nodes would not pass on."""
    if len(data) > MAX_BLOCK_BYTES:
        raise BlockTooLarge(
            f"block of {len(data)} bytes exceeds {MAX_BLOCK_BYTES}; store it with add_file, "
            "or split the document into pages"
        )
    return Block(cid_of(data, codec), data)


def cid_of(data: bytes, codec: Codec = Codec.RAW) -> Cid:
    """Compute the CID of one block."""
    return cid_from_digest(hashlib.sha256(data).digest(), codec)


def cid_from_digest(digest: bytes, codec: Codec = Codec.RAW) -> Cid:
    """Name the block whose sha2-256 a contract stores."""
    if len(digest) != 32:
        raise MalformedCid(f"a sha2-256 digest has 32 bytes, not {len(digest)}")
    return Cid(_text(_prefix(codec) + digest))


def parse_cid(value: str | bytes) -> Cid:
    """Check a CID, as text of any base or in binary, and write it in the one form that we use."""
    codec, digest = _split(value)
    return cid_from_digest(digest, codec)


def cid_bytes(cid: Cid) -> bytes:
    """Write the binary form that CAR files and links hold."""
    codec, digest = _split(cid)
    return _prefix(codec) + digest


def codec_of(cid: Cid) -> Codec:
    """Tell the codec that a CID announces."""
    return _split(cid)[0]


def digest_of_cid(cid: Cid) -> bytes:
    """Take the 32 bytes that a contract stores out of a CID."""
    return _split(cid)[1]


def verified(cid: Cid, data: bytes, where: str) -> bytes:
    """Give the bytes back if they are those of the CID; refuse them otherwise."""
    codec, digest = _split(cid)
    if hashlib.sha256(data).digest() != digest:
        raise CidMismatch(cid, cid_of(data, codec), where)
    return data


def _split(value: str | bytes) -> tuple[Codec, bytes]:
    plain = _plain_bytes(value)
    if plain is not None:
        return _codec(plain[1], value), plain[4:]
    try:
        parsed = CID.decode(value)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise MalformedCid(
            f"{_shown(value)} is no CID: {error}; expected bafk… or bafy…"
        ) from error
    if parsed.hashfun.name != "sha2-256":
        raise MalformedCid(f"{_shown(value)} is hashed by {parsed.hashfun.name}, not by sha2-256")
    return _codec(parsed.codec.code, value), bytes(multihash.unwrap(parsed.digest))


def _plain_bytes(value: str | bytes) -> bytes | None:
    """Read our own form without multiformats, which takes 0.2 ms for each CID."""
    encoded = value if isinstance(value, bytes) else _decoded(value)
    has_prefix = encoded[:1] == bytes([_VERSION]) and encoded[2:4] == _SHA2_256
    return encoded if has_prefix and len(encoded) == CID_BYTES else None


def _decoded(value: str) -> bytes:
    """Undo `_text`; give nothing for anything that it did not write."""
    try:
        encoded = b32decode(value[1:].upper() + _PADDING)
    except (ValueError, TypeError):
        return b""
    return encoded if _text(encoded) == value else b""


def _text(encoded: bytes) -> str:
    return "b" + b32encode(encoded).decode().rstrip("=").lower()


def _prefix(codec: Codec) -> bytes:
    return bytes((_VERSION, codec.value)) + _SHA2_256


def _codec(code: int, value: str | bytes) -> Codec:
    try:
        return Codec(code)
    except ValueError as error:
        raise MalformedCid(
            f"{_shown(value)} has codec {code:#x}, not raw, dag-pb or dag-cbor"
        ) from error


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 120 else text[:117] + "..."
