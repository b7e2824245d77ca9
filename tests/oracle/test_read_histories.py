"""Reading the histories of all workers from final verdicts."""

from dataclasses import replace

import pytest

from dao_client.chain import Block
from dao_client.contracts.events import VerdictPosted
from dao_client.documents import (
    History,
    Snapshot,
    SnapshotBlock,
    build_reputation,
    build_snapshot,
)
from dao_client.types import BlockNumber, Digest, TaskId, Timestamp, Wei
from ipfs_store import BlockMissing, FolderStore, cid_from_digest, cid_of, digest_of_cid
from oracle.chain import FinalVerdict
from oracle.errors import EvidenceMissing
from oracle.evidence_reader import EvidenceReader
from oracle.history import EPOCH_SECONDS, Histories, read_histories
from tests.oracle.fake_chain import PLACE
from tests.oracle.tasks import NOBODY
from tests.oracle.test_history import ANNA, BORIS, HALF, row
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit

NOBODY_BLOCK = SnapshotBlock(BlockNumber(1), Digest(bytes(32)), Timestamp(1))


def final_verdict(store, task_id: int, rows, week: int, **said) -> FinalVerdict:
    """Store a snapshot with what its task changed; `said` replaces parts of it."""
    snapshot = Snapshot(
        chain_id=1337,
        escrow=NOBODY,
        task_id=TaskId(task_id),
        block=NOBODY_BLOCK,
        beacon=NOBODY_BLOCK,
        spec=cid_of(b"spec"),
        batches=(),
        forced=(),
        stakes=(),
        reputation=tuple(map(store.put_block, build_reputation(rows))),
    )
    cid = store.put_block(build_snapshot(replace(snapshot, **said)))
    zero = Digest(bytes(32))
    posted = VerdictPosted(
        PLACE, TaskId(task_id), Digest(digest_of_cid(cid)), zero, zero, zero, Wei(0), zero, zero
    )
    return FinalVerdict(posted, Timestamp(week * EPOCH_SECONDS + 5))


def block_in(week: int) -> Block:
    return Block(
        BlockNumber(50), Digest(bytes(32)), Timestamp((week + 1) * EPOCH_SECONDS - 1), Wei(0)
    )


def read(chain, store, week: int, *, is_overdue: bool = False) -> Histories:
    return read_histories(chain, EvidenceReader(store, (), is_overdue=is_overdue), block_in(week))


def test_read_histories__two_final_tasks__folds_them_and_names_their_snapshots(tmp_path) -> None:
    chain, store = settled_world(tmp_path)
    chain.ended = [
        final_verdict(store, 3, [row(ANNA, 8, 4 * HALF)], week=10),
        final_verdict(store, 2, [row(ANNA, 4, 2 * HALF), row(BORIS, 1, HALF)], week=11),
    ]

    found = read(chain, store, 11)

    assert found == Histories(
        of_worker={ANNA: History(4 * HALF, 8 * HALF), BORIS: History(HALF, HALF)},
        epoch=11,
        sources=tuple(map(_snapshot, chain.ended)),
    )


def test_read_histories__nothing_final__knows_nobody(tmp_path) -> None:
    chain, store = settled_world(tmp_path)

    assert read(chain, store, 11) == Histories({}, 11, ())


def test_read_histories__a_snapshot_in_no_store__is_named(tmp_path) -> None:
    chain, store = settled_world(tmp_path / "own")
    ended = final_verdict(FolderStore(tmp_path / "other"), 3, [row(ANNA, 1, HALF)], week=10)
    chain.ended = [ended]

    with pytest.raises(EvidenceMissing, match="snapshot of task 3") as refused:
        read(chain, store, 11)

    assert refused.value.cid == _snapshot(ended)
    assert isinstance(refused.value.__cause__, BlockMissing)


def test_read_histories__a_snapshot_in_no_store_for_too_long__stops_no_other_task(tmp_path) -> None:
    chain, store = settled_world(tmp_path / "own")
    elsewhere = FolderStore(tmp_path / "other")
    chain.ended = [
        final_verdict(elsewhere, 3, [row(ANNA, 1, HALF)], week=10),
        final_verdict(store, 2, [row(BORIS, 1, HALF)], week=10, reputation=(cid_of(b"lost"),)),
        final_verdict(store, 4, [row(BORIS, 1, HALF)], week=10),
    ]

    found = read(chain, store, 10, is_overdue=True)

    assert found.of_worker == {BORIS: History(HALF, HALF)}


def test_read_histories__pages_that_are_none__stop_no_other_task(tmp_path) -> None:
    chain, store = settled_world(tmp_path)
    page = store.put_block(b"no page")
    chain.ended = [
        final_verdict(store, 3, [row(ANNA, 1, HALF)], week=10, reputation=(page,)),
        final_verdict(store, 2, [row(BORIS, 1, HALF)], week=10),
    ]

    assert read(chain, store, 10).of_worker == {BORIS: History(HALF, HALF)}


def _snapshot(verdict: FinalVerdict) -> str:
    return cid_from_digest(verdict.posted.input_digest)
