"""Several stores as one: reads pass over failures and lies, writes go to all."""

import pytest

from ipfs_store import (
    BlockMissing,
    CarStore,
    CidMismatch,
    FallbackStore,
    FolderStore,
    StoreReadOnly,
    StoreUnreachable,
    cid_of,
)
from tests.ipfs_store.cars import ROOT, SMALL
from tests.ipfs_store.fakes import DeadStore, LyingStore, MemoryStore

pytestmark = pytest.mark.unit

ABSENT = cid_of(b"absent")


@pytest.fixture
def holder(tmp_path) -> FolderStore:
    holder = FolderStore(tmp_path / "holder")
    holder.put_block(b"kept")
    return holder


@pytest.fixture
def finished(tmp_path) -> CarStore:
    (tmp_path / "task.car").write_bytes(SMALL)
    return CarStore(tmp_path / "task.car")


@pytest.mark.parametrize("first", [DeadStore(), LyingStore(), MemoryStore()])
def test_get_block__first_fails_lies_or_lacks__second_answers(first, holder):
    store = FallbackStore([first, holder])

    assert store.get_block(cid_of(b"kept")) == b"kept"


def test_get_block__damaged_copy_first__second_answers(tmp_path, holder):
    damaged = FolderStore(tmp_path / "damaged")
    cid = damaged.put_block(b"kept")
    next(damaged.path.rglob(cid)).write_bytes(b"lost")

    assert FallbackStore([damaged, holder]).get_block(cid) == b"kept"


def test_get_block__a_lie_and_no_answer__tells_the_lie():
    store = FallbackStore([DeadStore(), MemoryStore(), LyingStore()])

    with pytest.raises(CidMismatch) as refused:
        store.get_block(ABSENT)

    assert (refused.value.expected, refused.value.actual) == (ABSENT, cid_of(b"a lie"))


def test_get_block__a_store_is_dead__does_not_call_the_block_missing(holder):
    with pytest.raises(StoreUnreachable, match="store dead:1 cannot be reached"):
        FallbackStore([holder, DeadStore()]).get_block(ABSENT)


def test_get_block__nowhere__is_missing(holder):
    with pytest.raises(BlockMissing, match=f"block {ABSENT} is not in any of 2 stores"):
        FallbackStore([holder, MemoryStore()]).get_block(ABSENT)


def test_put_block__all_answer__all_have_it(holder):
    memory = MemoryStore()

    cid = FallbackStore([holder, memory]).put_block(b"new")

    assert (holder.has(cid), memory.has(cid), memory.pins) == (True, True, [cid])


def test_put_block__one_dead_and_one_read_only__the_rest_have_it(holder, finished):
    cid = FallbackStore([DeadStore(), finished, holder]).put_block(b"new")

    assert holder.get_block(cid) == b"new"


def test_put_block__none_takes_it__raises_the_first_failure(finished):
    with pytest.raises(StoreReadOnly, match="is read-only"):
        FallbackStore([finished, DeadStore()]).put_block(b"new")


def test_has__anywhere__tells(finished, holder):
    store = FallbackStore([DeadStore(), finished, holder])

    assert (store.has(ROOT.cid), store.has(cid_of(b"kept")), store.has(ABSENT)) == (
        True,
        True,
        False,
    )


def test_has__all_dead__raises():
    with pytest.raises(StoreUnreachable, match="store dead:1"):
        FallbackStore([DeadStore(), DeadStore()]).has(ABSENT)


def test_fallback_store__over_nothing__is_refused():
    with pytest.raises(ValueError, match="a fallback needs at least one store"):
        FallbackStore([])
