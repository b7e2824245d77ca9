"""Reading CAR files: every block is verified, every damage refused with its place."""

import io

import pytest
from multiformats import CID, multihash

from ipfs_store import Block, CidMismatch, MalformedCar, cid_of, import_car, pack_file
from ipfs_store.cid import make_block
from tests.ipfs_store.cars import CHILD, ROOT, SECOND, SECTION, SMALL, car_of, with_header
from tests.ipfs_store.fakes import MemoryStore

pytestmark = pytest.mark.unit

NOT_VERSION_1 = "the CAR's header is not that of version 1; convert or export it again"
UNUSED = CID("base32", 1, "dag-json", multihash.digest(b"x", "sha2-256"))


def test_import_car__long__arrives_in_batches():
    car, memory = io.BytesIO(), MemoryStore()
    pack_file(io.BytesIO(b"".join(bytes([n]) * (1 << 20) for n in range(20))), car)
    car.seek(0)

    import_car(memory, car)

    assert memory.batches == [8, 8, 5]


def test_import_car__from_a_pipe__is_the_same(store):
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 3))

    assert import_car(store, Trickle(SMALL)) == (ROOT.cid,)


@pytest.mark.parametrize("count", [0, 1, 23, 24, 300])
def test_import_car__any_number_of_roots__are_given(count):
    blocks = [make_block(b"root %d" % number) for number in range(count)]
    memory = MemoryStore()

    roots = import_car(memory, io.BytesIO(car_of([block.cid for block in blocks], *blocks)))

    assert list(roots) == [block.cid for block in blocks] == memory.pins


def test_import_car__every_bit_flipped__is_refused():
    for place in range(len(SMALL) * 8):
        flipped = bytearray(SMALL)
        flipped[place // 8] ^= 1 << place % 8

        with pytest.raises((MalformedCar, CidMismatch)):
            import_car(MemoryStore(), io.BytesIO(flipped))


def test_import_car__cut_inside_anything__is_refused():
    for length in set(range(len(SMALL))) - {SECOND}:
        with pytest.raises(MalformedCar):
            import_car(MemoryStore(), io.BytesIO(SMALL[:length]))


def test_import_car__forged_block__names_both_cids_and_the_offset(store):
    forged = car_of([ROOT.cid], Block(ROOT.cid, b"trunc"))

    with pytest.raises(CidMismatch) as refused:
        import_car(store, io.BytesIO(forged))

    assert (refused.value.expected, refused.value.actual) == (ROOT.cid, cid_of(b"trunc"))
    assert f"CAR at byte {SECTION}" in str(refused.value)
    assert not store.has(ROOT.cid)


@pytest.mark.parametrize(
    ("car", "reason"),
    [
        (b"", "the CAR is empty; it should begin with a header"),
        (b"\x80", "the CAR is cut off in a length at byte 0"),
        (b"\xff\xff\xff\xff\x7f", "the CAR breaks at byte 0: a length exceeds 1048576 bytes"),
        (b"\xff\xff\xff\xff\xff\x01", "the CAR breaks at byte 0: a length exceeds 1048576 bytes"),
        (b"\x05abc", "the CAR is cut off in the header at byte 1: 2 bytes are missing"),
        (b"\x01\xff", NOT_VERSION_1),
        (b"\x90\x4e" + b"\x81" * 10_000, "the CAR's header names a root that we do not use"),
        (with_header([1]), NOT_VERSION_1),
        (with_header({"version": 2}), NOT_VERSION_1),
        (with_header({"version": 1}), NOT_VERSION_1),
        (with_header({"version": 1, "roots": ["x"]}), NOT_VERSION_1),
        (with_header({"version": 1, "roots": [UNUSED]}), "names a root that we do not use"),
        (SMALL[:SECTION] + b"\x05abcde", f"breaks at byte {SECTION}: 5 bytes hold no CID"),
        (SMALL[:SECTION] + b"\x28" + bytes(40), f"the CAR breaks at byte {SECTION}: b'"),
        (SMALL[:-2], f"cut off in block {CHILD.cid} at byte {len(SMALL) - 5}: 2 bytes are missing"),
        (car_of([ROOT.cid], CHILD), f"the CAR lacks its own root {ROOT.cid}; export it again"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "car",
)
def test_import_car__malformed__says_where_and_why(car, reason):
    with pytest.raises(MalformedCar) as refused:
        import_car(MemoryStore(), io.BytesIO(car))

    assert reason in str(refused.value)
