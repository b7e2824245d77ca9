"""
Cut files into blocks and put them together again, in the CID profile `unixfs-v1-2025` (IPIP-499).

Leaves are raw blocks of 1 MiB; nodes are dag-pb with at most 1,024 links, balanced. A file of at
most 1 MiB is one raw block: its digest is the sha2-256 of its bytes. Leaves are hashed by threads
(hashlib releases the interpreter lock), a few at a time: memory stays flat at any size.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import BinaryIO

from ipfs_store.cid import MAX_BLOCK_BYTES, Block, Cid, Codec, codec_of, make_block
from ipfs_store.dag_pb import Link, decode_node, encode_node
from ipfs_store.errors import MalformedDag
from ipfs_store.store import Store

CHUNK_BYTES = MAX_BLOCK_BYTES
MAX_LINKS = 1024
_HASHERS = 2
_BATCH_BLOCKS = 16


def add_file(store: Store, stream: BinaryIO) -> Cid:
    """Store a stream of any length and pin it; give the CID of the whole."""
    blocks = file_blocks(stream)
    root = None
    while batch := list(islice(blocks, _BATCH_BLOCKS)):
        store.put_blocks(batch)
        root = batch[-1].cid
    assert root is not None, "an empty file still has one block"
    store.pin(root)
    return root


def file_blocks(stream: BinaryIO) -> Iterator[Block]:
    """Cut a stream into blocks, children before parents, the root last."""
    levels: list[list[Link]] = [[]]
    for leaf in _leaves(stream):
        yield leaf
        levels[0].append(Link(leaf.cid, len(leaf.data), len(leaf.data)))
        yield from _join_full(levels)
    yield from _join_rest(levels)


def read_file(store: Store, cid: Cid) -> Iterator[bytes]:
    """Give a file piece by piece, each verified against its CID."""
    pending: list[tuple[Cid, int | None]] = [(cid, None)]
    while pending:
        piece, expected = pending.pop()
        block = Block(piece, store.get_block(piece))
        if codec_of(piece) is Codec.DAG_PB:
            node = decode_node(block)
            data, size = node.data, node.file_bytes
            pending.extend(reversed(list(zip(node.links, node.content_bytes, strict=True))))
        else:
            data, size = block.data, len(block.data)
        if expected not in (None, size):
            raise MalformedDag(f"block {piece} has {size} bytes of the file, not {expected}")
        yield data


def file_links(block: Block) -> Iterable[Cid]:
    """Give the CIDs that a block of a file links to: none if it is a leaf."""
    return decode_node(block).links if codec_of(block.cid) is Codec.DAG_PB else ()


def _leaves(stream: BinaryIO) -> Iterator[Block]:
    with ThreadPoolExecutor(_HASHERS) as hashers:
        running: deque[Future[Block]] = deque()
        for chunk in _chunks(stream):
            running.append(hashers.submit(make_block, chunk))
            if len(running) > 2 * _HASHERS:
                yield running.popleft().result()
        for leaf in running:
            yield leaf.result()


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    chunk = _read_full(stream)
    yield chunk
    while len(chunk) == CHUNK_BYTES and (chunk := _read_full(stream)):
        yield chunk


def _read_full(stream: BinaryIO) -> bytes:
    """Read a whole chunk also from a pipe, which gives less than it is asked for."""
    data = stream.read(CHUNK_BYTES)
    while len(data) < CHUNK_BYTES and (more := stream.read(CHUNK_BYTES - len(data))):
        data += more
    return data


def _join_full(levels: list[list[Link]]) -> Iterator[Block]:
    height = 0
    while len(levels[height]) == MAX_LINKS:
        yield from _join(levels, height)
        height += 1


def _join_rest(levels: list[list[Link]]) -> Iterator[Block]:
    for height, level in enumerate(levels):
        is_top = height == len(levels) - 1
        if level and not (is_top and len(level) == 1):
            yield from _join(levels, height)


def _join(levels: list[list[Link]], height: int) -> Iterator[Block]:
    block, link = encode_node(levels[height])
    yield block
    levels[height] = []
    if height + 1 == len(levels):
        levels.append([])
    levels[height + 1].append(link)
