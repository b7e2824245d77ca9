"""Nodes of files: known bytes, and every malformed node is refused."""

import pytest

from ipfs_store import Block, Codec, MalformedDag, cid_of
from ipfs_store.cid import cid_bytes, make_block
from ipfs_store.dag_pb import Link, decode_node, encode_node
from ipfs_store.varint import encode_varint, read_varint

pytestmark = pytest.mark.unit

LEAF = make_block(b"leaf")
LINK = Link(LEAF.cid, 4, 4)
ONE_LINK = bytes((0x12, 0x2A, 0x0A, 0x24)) + cid_bytes(LEAF.cid) + bytes((0x12, 0, 0x18, 4))
NO_UNIXFS = bytes((0x0A, 0))


def node(data: bytes) -> Block:
    return Block(cid_of(data, Codec.DAG_PB), data)


def unixfs(*fields: int) -> bytes:
    return bytes((0x0A, len(fields), *fields))


@pytest.mark.parametrize("value", [0, 1, 127, 128, 16_383, 16_384, 2**32, 2**63])
def test_read_varint__of_encode_varint__comes_back(value):
    encoded = encode_varint(value)

    assert read_varint(b"x" + encoded, 1) == (value, 1 + len(encoded))


@pytest.mark.parametrize("encoded", [b"", b"\x80", b"\x80" * 11])
def test_read_varint__without_end__is_refused(encoded):
    with pytest.raises(ValueError, match="the number at byte 0 does not end"):
        read_varint(encoded, 0)


def test_encode_node__one_link__has_the_canonical_bytes():
    block, link = encode_node([LINK])

    assert block.data == ONE_LINK + unixfs(8, 2, 24, 4, 32, 4)
    assert link == Link(cid_of(block.data, Codec.DAG_PB), 4, len(block.data) + 4)


def test_decode_node__of_encode_node__comes_back():
    block, _ = encode_node([LINK, LINK])

    decoded = decode_node(block)

    assert (decoded.links, decoded.content_bytes, decoded.file_bytes) == (
        (LEAF.cid,) * 2,
        (4, 4),
        8,
    )


def test_decode_node__with_content_inside__gives_it():
    decoded = decode_node(node(unixfs(8, 2, 18, 2, 104, 105, 24, 2)))

    assert (decoded.data, decoded.links) == (b"hi", ())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x80", "is no dag-pb file node: the number at byte 0 does not end"),
        (bytes((0x0A, 9, 8)), "field 1 at byte 2 is cut off or of another type"),
        (bytes((0x0D, 0, 0, 0, 0)), "field 1 at byte 2 is cut off or of another type"),
        (bytes((0x08, 1)), "a number where bytes belong"),
        (bytes((0x12, 2, 0x18, 4)), "a link has 0 CIDs"),
        (bytes((0x12, 3, 0x0A, 1, 0)), "is no CID"),
        (NO_UNIXFS, "is no file node (a folder, or sizes are missing)"),
        (unixfs(8, 1), "is no file node (a folder, or sizes are missing)"),
        (ONE_LINK + unixfs(8, 2, 24, 4), "is no file node (a folder, or sizes are missing)"),
        (ONE_LINK + unixfs(8, 2, 24, 5, 32, 4), "declares 5 bytes, its parts 4"),
    ],
)
def test_decode_node__malformed__is_refused_by_name(data, reason):
    block = node(data)

    with pytest.raises(MalformedDag) as refused:
        decode_node(block)

    assert block.cid in str(refused.value)
    assert reason in str(refused.value)
