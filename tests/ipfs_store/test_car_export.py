"""Writing CAR files: what is written imports whole."""

import io

import pytest

from ipfs_store import (
    BlockMissing,
    add_file,
    cid_of,
    export_car,
    import_car,
    pack_file,
    read_file,
)
from tests.ipfs_store.cars import ROOT
from tests.ipfs_store.fakes import MemoryStore

pytestmark = pytest.mark.unit


def exported(store, roots, **options) -> io.BytesIO:
    stream = io.BytesIO()
    export_car(store, roots, stream, **options)
    stream.seek(0)
    return stream


def test_export_car__of_a_file__imports_whole(store, three_leaves):
    root = add_file(store, io.BytesIO(three_leaves))
    other = MemoryStore()

    roots = import_car(other, exported(store, [root]))

    assert (roots, other.pins) == ((root,), [root])
    assert b"".join(read_file(other, root)) == three_leaves


def test_export_car__with_links_of_documents__goes_depth_first_and_writes_once(store):
    for data in (b"root", b"left", b"right", b"leaf"):
        store.put_block(data)
    links = {b"root": [b"left", b"right"], b"left": [b"leaf"], b"right": [b"leaf"]}
    stream = io.BytesIO()

    count = export_car(
        store,
        [cid_of(b"root")],
        stream,
        lambda block: [cid_of(child) for child in links.get(block.data, [])],
    )

    places = [stream.getvalue().index(data) for data in (b"root", b"left", b"leaf", b"right")]
    assert (count, places) == (4, sorted(places))


def test_export_car__block_missing__is_named(store):
    with pytest.raises(BlockMissing, match=ROOT.cid):
        exported(store, [ROOT.cid])


@pytest.mark.parametrize("size", [0, 1, (1 << 20) + 1])
def test_pack_file__then_import__gives_the_file(store, size):
    car = io.BytesIO()

    root = pack_file(io.BytesIO(bytes(size)), car)

    car.seek(0)
    assert import_car(store, car) == (root,)
    assert b"".join(read_file(store, root)) == bytes(size)
