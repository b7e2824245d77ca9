"""
Encode and decode the nodes of a file: dag-pb around UnixFS.

PyPI has no maintained dag-pb library, so the two small messages are written out here after
https://ipld.io/specs/codecs/dag-pb/spec/ and https://specs.ipfs.tech/unixfs/:

    PBNode  2: links…  1: data              (links first, the canonical order)
    PBLink  1: cid     2: name   3: tsize   (tsize: bytes of the whole subtree with its nodes)
    UnixFS  1: type (2 = file)   2: data   3: file size   4: size of each link's content…
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipfs_store.cid import Block, Cid, Codec, cid_bytes, make_block, parse_cid
from ipfs_store.errors import MalformedCid, MalformedDag
from ipfs_store.varint import encode_varint, read_varint

_RAW_TYPE = 0
_FILE_TYPE = 2
_VARINT = 0
_BYTES = 2


@dataclass(frozen=True, slots=True)
class Link:
    """Point to a piece of a file."""

    cid: Cid
    content_bytes: int
    tree_bytes: int


@dataclass(frozen=True, slots=True)
class FileNode:
    """Hold what one dag-pb block says about a file."""

    links: tuple[Cid, ...]
    data: bytes
    file_bytes: int
    content_bytes: tuple[int, ...]


def encode_node(links: Sequence[Link]) -> tuple[Block, Link]:
    """Join pieces into a node; give the node and the link to it."""
    content = sum(link.content_bytes for link in links)
    unixfs = _number(1, _FILE_TYPE) + _number(3, content)
    unixfs += b"".join(_number(4, link.content_bytes) for link in links)
    data = b"".join(_bytes(2, _encode_link(link)) for link in links) + _bytes(1, unixfs)
    block = make_block(data, Codec.DAG_PB)
    tree = len(data) + sum(link.tree_bytes for link in links)
    return block, Link(block.cid, content, tree)


def decode_node(block: Block) -> FileNode:
    """Read a node of a file; refuse folders and everything else."""
    try:
        fields = list(_fields(block.data))
        links = tuple(_decode_link(_as_bytes(value)) for key, value in fields if key == 2)
        payload = [_as_bytes(value) for key, value in fields if key == 1]
        unixfs = list(_fields(b"".join(payload)))
    except (MalformedCid, ValueError) as error:
        raise MalformedDag(f"block {block.cid} is no dag-pb file node: {error}") from error
    numbers = {key: value for key, value in unixfs if isinstance(value, int)}
    inline = b"".join(value for key, value in unixfs if key == 2 and isinstance(value, bytes))
    sizes = tuple(value for key, value in unixfs if key == 4 and isinstance(value, int))
    if numbers.get(1) not in (_RAW_TYPE, _FILE_TYPE) or len(sizes) != len(links):
        raise MalformedDag(f"block {block.cid} is no file node (a folder, or sizes are missing)")
    total = len(inline) + sum(sizes)
    if numbers.get(3, total) != total:
        raise MalformedDag(f"block {block.cid} declares {numbers[3]} bytes, its parts {total}")
    return FileNode(links, inline, total, sizes)


def _encode_link(link: Link) -> bytes:
    return _bytes(1, cid_bytes(link.cid)) + _bytes(2, b"") + _number(3, link.tree_bytes)


def _decode_link(encoded: bytes) -> Cid:
    found = [_as_bytes(value) for key, value in _fields(encoded) if key == 1]
    if len(found) != 1:
        raise ValueError(f"a link has {len(found)} CIDs")
    return parse_cid(found[0])


def _number(field: int, value: int) -> bytes:
    return encode_varint(field << 3 | _VARINT) + encode_varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return encode_varint(field << 3 | _BYTES) + encode_varint(len(value)) + value


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Walk the fields of a protobuf message."""
    offset = 0
    while offset < len(message):
        key, offset = read_varint(message, offset)
        value, offset = read_varint(message, offset)
        if key & 7 == _VARINT:
            yield key >> 3, value
        elif key & 7 == _BYTES and offset + value <= len(message):
            yield key >> 3, message[offset : offset + value]
            offset += value
        else:
            raise ValueError(f"field {key >> 3} at byte {offset} is cut off or of another type")


def _as_bytes(value: int | bytes) -> bytes:
    if isinstance(value, int):
        raise ValueError("a number where bytes belong")
    return value
