"""
Write and read CAR files, version 1 (https://ipld.io/specs/transport/car/carv1/).

    varint length | dag-cbor {"roots": [cid…], "version": 1}
    varint length | cid | block                               … repeated
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import dag_cbor
from multiformats import CID

from ipfs_store.cid import (
    CID_BYTES,
    MAX_BLOCK_BYTES,
    Block,
    Cid,
    cid_bytes,
    cid_of,
    parse_cid,
    verified,
)
from ipfs_store.errors import (
    BlockMissing,
    MalformedCar,
    MalformedCid,
    StoreReadOnly,
    StoreUnreachable,
)
from ipfs_store.store import Store
from ipfs_store.unixfs import file_blocks, file_links
from ipfs_store.varint import encode_varint

Links = Callable[[Block], Iterable[Cid]]

_MAX_HEADER_BYTES = 1 << 20
_HEADER_TAIL = b"\x67version\x01"
_HEADER_REST_BYTES = len(b"\xa2\x65roots\x80") + len(_HEADER_TAIL)
_ROOT_BYTES = len(b"\xd8\x2a\x58\x25\x00") + CID_BYTES  # tag 42, byte string, multibase 0
_BATCH_BYTES = 8 << 20


def pack_file(source: BinaryIO, car: BinaryIO) -> Cid:
    """Cut a stream straight into a seekable CAR file; give the root, known only at the end."""
    start = car.tell()
    write_header(car, [cid_of(b"")])
    root = cid_of(b"")
    for block in file_blocks(source):
        write_block(car, block)
        root = block.cid
    car.seek(start)
    write_header(car, [root])
    car.seek(0, os.SEEK_END)
    return root


def export_car(
    store: Store, roots: Sequence[Cid], stream: BinaryIO, links: Links = file_links
) -> int:
    """Write the roots and all that they link, depth first, each block once; count the blocks."""
    write_header(stream, roots)
    written: set[Cid] = set()
    pending = list(reversed(roots))
    while pending:
        cid = pending.pop()
        if cid in written:
            continue
        block = Block(cid, store.get_block(cid))
        write_block(stream, block)
        written.add(cid)
        pending.extend(reversed(list(links(block))))
    return len(written)


def import_car(store: Store, stream: BinaryIO) -> tuple[Cid, ...]:
    """Verify every block of a CAR, store them, pin the roots; give the roots."""
    reader = _CarReader(stream)
    roots = reader.header()
    missing = set(roots)
    batch: list[Block] = []
    size = 0
    for section in reader.sections():
        block = Block(section.cid, reader.exactly(section.size, f"block {section.cid}"))
        verified(block.cid, block.data, f"CAR at byte {section.offset}")
        missing.discard(block.cid)
        batch.append(block)
        size += section.size
        if size >= _BATCH_BYTES:
            store.put_blocks(batch)
            batch, size = [], 0
    if missing:
        raise MalformedCar(f"the CAR lacks its own root {min(missing)}; export it again")
    store.put_blocks(batch)
    for root in roots:
        store.pin(root)
    return roots


class CarStore(Store):
    """Read blocks out of a CAR file, each verified when it is read."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        try:
            with self.path.open("rb") as stream:
                self.roots, self._places = _index(stream)
        except OSError as error:
            raise self._unreachable(error) from error

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        """Refuse: a CAR is a finished file."""
        raise StoreReadOnly(f"CAR {self.path} is read-only; put a folder or a node before it")

    def get_block(self, cid: Cid) -> bytes:
        """Read a block at its place and verify it."""
        name = parse_cid(cid)
        if name not in self._places:
            raise BlockMissing(cid, f"CAR {self.path}")
        place = self._places[name]
        try:
            with self.path.open("rb") as stream:
                stream.seek(place.data_offset)
                data = stream.read(place.size)
        except OSError as error:
            raise self._unreachable(error) from error
        return verified(name, data, f"CAR {self.path} at byte {place.offset}")

    def has(self, cid: Cid) -> bool:
        """Tell whether the file holds the block."""
        return parse_cid(cid) in self._places

    def pin(self, cid: Cid) -> None:
        """Check that the block is here: a CAR loses nothing."""
        if not self.has(cid):
            raise BlockMissing(cid, f"CAR {self.path}")

    def _unreachable(self, error: OSError) -> StoreUnreachable:
        return StoreUnreachable(f"car:{self.path}", error, "check the path of the CAR file")


def write_header(stream: BinaryIO, roots: Sequence[Cid]) -> None:
    """Begin a CAR."""
    header = _encode_header(roots)
    stream.write(encode_varint(len(header)) + header)


def write_block(stream: BinaryIO, block: Block) -> None:
    """Append a block to a CAR."""
    stream.write(encode_varint(CID_BYTES + len(block.data)) + cid_bytes(block.cid))
    stream.write(block.data)


@dataclass(frozen=True, slots=True)
class _Section:
    offset: int
    cid: Cid
    data_offset: int
    size: int


def _index(stream: BinaryIO) -> tuple[tuple[Cid, ...], dict[Cid, _Section]]:
    reader = _CarReader(stream)
    roots = reader.header()
    places: dict[Cid, _Section] = {}
    end = os.fstat(stream.fileno()).st_size
    for section in reader.sections():
        reader.skip(section, end)
        places.setdefault(section.cid, section)
    return roots, places


class _CarReader:
    """Walk a CAR without trusting a length in it; the caller takes each block's bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._offset = 0

    def header(self) -> tuple[Cid, ...]:
        """Read the roots."""
        size = self._length(_MAX_HEADER_BYTES)
        if size is None:
            raise MalformedCar("the CAR is empty; it should begin with a header")
        encoded = self.exactly(size, "the header")
        return _decode_header(encoded)

    def sections(self) -> Iterator[_Section]:
        """Give where each block is; its bytes must be taken before the next step."""
        while True:
            offset = self._offset
            size = self._length(MAX_BLOCK_BYTES + CID_BYTES)
            if size is None:
                return
            cid = self._cid(offset, size)
            yield _Section(offset, cid, self._offset, size - CID_BYTES)

    def exactly(self, size: int, what: str) -> bytes:
        """Read so many bytes, not fewer."""
        parts: list[bytes] = []
        wanted = size
        while wanted and (part := self._stream.read(wanted)):
            parts.append(part)
            wanted -= len(part)
        if wanted:
            raise MalformedCar(
                f"the CAR is cut off in {what} at byte {self._offset}: {wanted} bytes are missing"
            )
        self._offset += size
        return b"".join(parts)

    def skip(self, section: _Section, end: int) -> None:
        """Pass over a block of a file that ends at `end`."""
        self._offset = section.data_offset + section.size
        if self._offset > end:
            raise MalformedCar(
                f"the CAR is cut off in block {section.cid} at byte {section.data_offset}: "
                f"{self._offset - end} bytes are missing"
            )
        self._stream.seek(self._offset)

    def _cid(self, offset: int, size: int) -> Cid:
        if size < CID_BYTES:
            raise MalformedCar(f"the CAR breaks at byte {offset}: {size} bytes hold no CID")
        try:
            return parse_cid(self.exactly(CID_BYTES, "a CID"))
        except MalformedCid as error:
            raise MalformedCar(f"the CAR breaks at byte {offset}: {error}") from error

    def _length(self, limit: int) -> int | None:
        offset, value = self._offset, 0
        for place in range(5):
            byte = self._stream.read(1)
            if not byte and not place:
                return None
            if not byte:
                raise MalformedCar(f"the CAR is cut off in a length at byte {offset}")
            self._offset += 1
            value |= (byte[0] & 0x7F) << 7 * place
            if byte[0] <= 0x7F and value <= limit:
                return value
        raise MalformedCar(f"the CAR breaks at byte {offset}: a length exceeds {limit} bytes")


def _encode_header(roots: Sequence[Cid]) -> bytes:
    return dag_cbor.encode({"version": 1, "roots": [CID.decode(root) for root in roots]})


def _decode_header(encoded: bytes) -> tuple[Cid, ...]:
    """
    Take the roots out of their fixed places, then compare with what they encode to.

    dag-cbor has one encoding for each value, and its general decoder can be made to eat all memory
    by nesting; so nothing but the exact header is read.
    """
    count = max(0, len(encoded) - _HEADER_REST_BYTES) // _ROOT_BYTES
    end = len(encoded) - len(_HEADER_TAIL)
    places = [end - _ROOT_BYTES * left for left in range(count, 0, -1)]
    try:
        roots = tuple(parse_cid(encoded[at + 5 : at + _ROOT_BYTES]) for at in places)
    except MalformedCid as error:
        raise MalformedCar(f"the CAR's header names a root that we do not use: {error}") from error
    if _encode_header(roots) != encoded:
        raise MalformedCar("the CAR's header is not that of version 1; convert or export it again")
    return roots
