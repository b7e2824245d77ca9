"""Small CAR files to read, cut and damage."""

import io
from collections.abc import Sequence

import dag_cbor

from ipfs_store import Block, Cid
from ipfs_store.car import write_block, write_header
from ipfs_store.cid import make_block
from ipfs_store.varint import encode_varint


def car_of(roots: Sequence[Cid], *blocks: Block) -> bytes:
    stream = io.BytesIO()
    write_header(stream, roots)
    for block in blocks:
        write_block(stream, block)
    return stream.getvalue()


def with_header(header: dag_cbor.IPLDKind) -> bytes:
    encoded = dag_cbor.encode(header)
    return encode_varint(len(encoded)) + encoded


ROOT, CHILD = make_block(b"trunk"), make_block(b"child")
SMALL = car_of([ROOT.cid], ROOT, CHILD)
SECTION = SMALL.index(b"trunk") - 37  # where the first block's length is
SECOND = SMALL.index(b"child") - 37  # where the second begins
