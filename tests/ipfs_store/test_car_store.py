"""A CAR file as a store: read in place, verified, never written."""

import io
from pathlib import Path

import pytest

from ipfs_store import (
    Block,
    BlockMissing,
    CarStore,
    CidMismatch,
    MalformedCar,
    StoreReadOnly,
    StoreUnreachable,
    cid_of,
    export_car,
    pack_file,
    read_file,
)
from tests.ipfs_store.cars import CHILD, ROOT, SECTION, SMALL, car_of

pytestmark = pytest.mark.unit


@pytest.fixture
def car(tmp_path: Path) -> Path:
    (tmp_path / "task.car").write_bytes(SMALL)
    return tmp_path / "task.car"


def test_get_block__of_the_file__is_read_in_place(car):
    store = CarStore(car)

    assert (store.roots, store.get_block(CHILD.cid)) == ((ROOT.cid,), b"child")


def test_has__of_a_block__tells(car):
    store = CarStore(car)

    assert (store.has(CHILD.cid), store.has(cid_of(b"absent"))) == (True, False)


def test_read_file__packed_before__comes_back(car, three_leaves):
    with car.open("wb") as stream:
        root = pack_file(io.BytesIO(three_leaves), stream)

    assert b"".join(read_file(CarStore(car), root)) == three_leaves


def test_export_car__of_a_car__writes_it_again(car):
    copy = io.BytesIO()

    export_car(CarStore(car), [ROOT.cid, CHILD.cid], copy)

    assert copy.getvalue() == car_of([ROOT.cid, CHILD.cid], ROOT, CHILD)


def test_get_block__absent__is_missing(car):
    with pytest.raises(BlockMissing, match=f"{cid_of(b'absent')} is not in CAR .*task.car"):
        CarStore(car).get_block(cid_of(b"absent"))


def test_get_block__forged__names_both_cids_and_the_offset(car):
    car.write_bytes(car_of([ROOT.cid], Block(ROOT.cid, b"trunc")))

    with pytest.raises(CidMismatch) as refused:
        CarStore(car).get_block(ROOT.cid)

    for part in (ROOT.cid, cid_of(b"trunc"), f"task.car at byte {SECTION}"):
        assert part in str(refused.value)


def test_pin__of_a_block__is_done_and_of_none_is_refused(car):
    store = CarStore(car)

    store.pin(CHILD.cid)

    with pytest.raises(BlockMissing, match="is not in CAR"):
        store.pin(cid_of(b"absent"))


def test_put_block__into_a_car__is_refused_and_changes_nothing(car):
    with pytest.raises(StoreReadOnly, match=r"CAR .*task.car is read-only; put a folder or a node"):
        CarStore(car).put_block(b"more")

    assert car.read_bytes() == SMALL


def test_car_store__no_file__cannot_be_opened(tmp_path):
    with pytest.raises(StoreUnreachable, match=r"store car:.*none.car cannot be reached"):
        CarStore(tmp_path / "none.car")


def test_get_block__file_gone_since__tells(car):
    store = CarStore(car)
    car.unlink()

    with pytest.raises(StoreUnreachable, match="check the path of the CAR file"):
        store.get_block(ROOT.cid)


def test_get_block__file_cut_since__is_refused(car):
    store = CarStore(car)
    car.write_bytes(SMALL[:-2])

    with pytest.raises(CidMismatch, match=cid_of(b"chi")):
        store.get_block(CHILD.cid)


def test_car_store__cut_off__is_refused(car):
    car.write_bytes(SMALL[:-2])

    with pytest.raises(MalformedCar, match=f"cut off in block {CHILD.cid} at byte .*: 2 bytes"):
        CarStore(car)
