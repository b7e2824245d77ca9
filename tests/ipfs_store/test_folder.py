"""The folder: what is written is whole, what is damaged is refused, failures are told."""

import os
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ipfs_store import (
    BlockMissing,
    CidMismatch,
    Codec,
    FolderStore,
    MalformedCid,
    StoreFull,
    StoreUnreachable,
    cid_of,
)

pytestmark = pytest.mark.unit


@pytest.fixture
def small_files_only():
    """Let this process write files of at most 4,096 bytes: the same error path as a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def file_of(store: FolderStore, data: bytes) -> Path:
    (file,) = store.path.rglob(cid_of(data))
    return file


def test_put_block__new__is_one_file_named_by_its_cid(store):
    cid = store.put_block(b"first")

    assert file_of(store, b"first").read_bytes() == b"first"
    assert file_of(store, b"first") == store.path / cid[-3:-1] / cid


def test_put_block__twice__does_not_touch_the_file(store):
    store.put_block(b"first")
    before = file_of(store, b"first").stat()

    store.put_block(b"first")

    after = file_of(store, b"first").stat()
    for fact in ("st_ino", "st_mode", "st_nlink", "st_size", "st_mtime_ns", "st_ctime_ns"):
        assert getattr(after, fact) == getattr(before, fact)  # all but the time of reading


def test_put_block__over_a_damaged_copy__repairs_it(store):
    cid = store.put_block(b"first")
    file_of(store, b"first").write_bytes(b"worst")

    store.put_block(b"first")

    assert store.get_block(cid) == b"first"


def test_put_block__of_a_node__keeps_its_codec(store):
    cid = store.put_block(b"node", Codec.DAG_PB)

    assert cid == cid_of(b"node", Codec.DAG_PB)
    assert store.get_block(cid) == b"node"


def test_put_block__by_many_threads__keeps_every_block(store):
    contents = [b"block %d" % (number % 50) for number in range(400)]

    with ThreadPoolExecutor(8) as writers:
        cids = list(writers.map(store.put_block, contents))

    assert [store.get_block(cid) for cid in cids] == contents
    assert list((store.path / "incoming").iterdir()) == []


def test_put_block__no_room__says_so_and_leaves_nothing(store, small_files_only):
    kept = store.put_block(b"small")

    with pytest.raises(StoreFull, match=r"no room in folder .*: .*; free space or choose another"):
        store.put_block(bytes(5000))

    assert not store.has(cid_of(bytes(5000)))
    assert list((store.path / "incoming").iterdir()) == []
    assert store.get_block(kept) == b"small"


def test_get_block__damaged__is_refused_with_both_cids_and_the_file(store):
    cid = store.put_block(b"first")
    file_of(store, b"first").write_bytes(b"fIrst")

    with pytest.raises(CidMismatch) as refused:
        store.get_block(cid)

    for part in (cid, cid_of(b"fIrst"), str(store.path / cid[-3:-1] / cid)):
        assert part in str(refused.value)


def test_get_block__never_put__is_missing(store):
    with pytest.raises(BlockMissing) as refused:
        store.get_block(cid_of(b"absent"))

    assert str(refused.value) == (
        f"block {cid_of(b'absent')} is not in folder {store.path}; "
        "add a store that holds it, or import the CAR with it"
    )


@pytest.mark.parametrize("name", ["../../etc/passwd", "incoming", ""])
def test_get_block__a_path_instead_of_a_cid__is_refused(store, name):
    with pytest.raises(MalformedCid):
        store.get_block(name)


def test_get_block__place_is_a_folder__tells_what_to_check(store):
    cid = cid_of(b"first")
    (store.path / cid[-3:-1] / cid).mkdir(parents=True)

    with pytest.raises(StoreUnreachable, match="check the path and its permissions"):
        store.get_block(cid)


def test_has__before_and_after_put__tells(store):
    before = store.has(cid_of(b"first"))

    store.put_block(b"first")

    assert (before, store.has(cid_of(b"first"))) == (False, True)


def test_pin__missing_block__is_refused(store):
    with pytest.raises(BlockMissing, match="is not in folder"):
        store.pin(cid_of(b"absent"))


def test_folder_store__path_is_a_file__cannot_be_opened(tmp_path):
    (tmp_path / "taken").write_text("")

    with pytest.raises(StoreUnreachable, match=r"store folder:.*taken cannot be reached: "):
        FolderStore(tmp_path / "taken")


def test_folder_store__opened_again__sweeps_old_leftovers_alone(store):
    old, new = store.path / "incoming" / "old", store.path / "incoming" / "new"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (0, time.time() - 7200))

    FolderStore(store.path)

    assert (old.exists(), new.exists()) == (False, True)
