"""Files: the shape of the tree, reading back, and what is refused while reading."""

import io
import random
from typing import BinaryIO

import pytest

from ipfs_store import (
    BlockMissing,
    Codec,
    FolderStore,
    MalformedDag,
    add_file,
    cid_of,
    codec_of,
    file_links,
    read_file,
)
from ipfs_store.cid import make_block
from ipfs_store.dag_pb import Link, decode_node, encode_node
from ipfs_store.unixfs import CHUNK_BYTES, file_blocks
from tests.ipfs_store.fakes import MemoryStore

pytestmark = pytest.mark.unit


class Trickle(io.RawIOBase):
    """Give a few bytes at a time, as a pipe does."""

    def __init__(self, data: bytes) -> None:
        self._stream = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(min(size, 300_000))


class Zeros(io.RawIOBase):
    """Give so many zero bytes without holding them."""

    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int = -1) -> bytes:
        given = min(size, self._left)
        self._left -= given
        return bytes(given)


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES])
def test_add_file__up_to_one_chunk__is_one_raw_block(store, size):
    data = random.Random(size).randbytes(size)

    root = add_file(store, io.BytesIO(data))

    assert root == cid_of(data)
    assert list(read_file(store, root)) == [data]


def test_add_file__over_one_chunk__is_a_node_over_raw_leaves(store, three_leaves):
    root = add_file(store, io.BytesIO(three_leaves))

    decoded = decode_node(make_block(store.get_block(root), Codec.DAG_PB))
    assert codec_of(root) is Codec.DAG_PB
    assert [codec_of(link) for link in decoded.links] == [Codec.RAW] * 3
    assert b"".join(read_file(store, root)) == three_leaves


def test_add_file__from_a_pipe__has_the_same_root(store, three_leaves):
    assert add_file(store, Trickle(three_leaves)) == add_file(store, io.BytesIO(three_leaves))


def test_add_file__long__sends_batches_and_pins_the_root_alone():
    memory = MemoryStore()

    root = add_file(memory, io.BytesIO(random.Random(1).randbytes(20 << 20)))

    assert (memory.batches, memory.pins) == ([16, 5], [root])


@pytest.mark.parametrize(
    ("leaves", "nodes", "root"),
    [
        (1024, 1, "bafybeibqawkaltgjfdebq4no6nmfcvkcw7k52xqzclkwfmrkn6oxw7srmy"),
        (1025, 3, "bafybeigt7wofv4vnxbg3titijasuw4ptg5kfztec4smsk7opdt7z6djoxq"),
    ],
)
def test_file_blocks__around_a_full_node__have_the_root_of_ipfs_car(leaves, nodes, root):
    made = [
        block
        for block in file_blocks(Zeros(leaves * CHUNK_BYTES))
        if codec_of(block.cid) is Codec.DAG_PB
    ]

    assert (len(made), made[-1].cid) == (nodes, root)
    assert decode_node(made[-1]).file_bytes == leaves * CHUNK_BYTES


def test_file_links__of_a_leaf__are_none():
    assert list(file_links(make_block(b"leaf"))) == []


def test_file_links__of_a_node__are_its_children():
    leaf = make_block(b"leaf")
    block, _ = encode_node([Link(leaf.cid, 4, 4)])

    assert list(file_links(block)) == [leaf.cid]


def test_read_file__piece_missing__names_it_after_the_pieces_before(store, three_leaves):
    root = add_file(store, io.BytesIO(three_leaves))
    last = cid_of(three_leaves[2 * CHUNK_BYTES :])
    (file,) = store.path.rglob(last)
    file.unlink()
    pieces = read_file(store, root)

    before = [next(pieces), next(pieces), next(pieces)]

    assert b"".join(before) == three_leaves[: 2 * CHUNK_BYTES]
    with pytest.raises(BlockMissing, match=last):
        next(pieces)


def test_read_file__node_with_a_wrong_size__is_refused(store: FolderStore):
    leaf = make_block(b"leaf")
    liar, _ = encode_node([Link(leaf.cid, 5, 5)])
    store.put_blocks([leaf, liar])

    with pytest.raises(MalformedDag, match=f"block {leaf.cid} has 4 bytes of the file, not 5"):
        list(read_file(store, liar.cid))


def test_add_file__stream_fails__raises_its_error(store: FolderStore):
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError("the tape broke")

    broken: BinaryIO = Broken()

    with pytest.raises(OSError, match="the tape broke"):
        add_file(store, broken)
