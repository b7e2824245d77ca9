import io
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dao_client.documents import (
    BatchDocument,
    Kind,
    build_answers,
    build_batch,
    build_forced,
    build_items,
    build_labels,
    build_missing,
    build_payouts,
    build_refusals,
    build_snapshot,
    build_stakes,
    build_submissions,
    build_task,
    build_verdict,
    parse_batch,
    parse_snapshot,
    parse_task,
    parse_verdict,
)
from dao_client.documents.rows import LabelRow, PayoutRow, RefusalRow
from dao_client.evidence import export_evidence, links
from dao_client.payloads import (
    read_forced,
    read_items,
    read_labels,
    read_missing,
    read_payouts,
    read_refusals,
    read_stakes,
    read_submissions,
    write_pages,
)
from ipfs_store import (
    Block,
    BlockMissing,
    CarStore,
    Cid,
    Codec,
    FolderStore,
    Store,
    add_file,
    cid_of,
)
from tests.dao_client.documents import examples

pytestmark = pytest.mark.unit

LABELS = (LabelRow(0, "1", 9_000),)
PAYOUTS = (PayoutRow(0, examples.WORKER, 5),)
REFUSALS = (RefusalRow(examples.WORKER, 1, None, "missing payload"),)
STAKES = {examples.WORKER: 10**18}
NEVER_STORED = cid_of(b"a payload that its worker never stored")
LATE = cid_of(b"too late")


@dataclass(frozen=True)
class Stored:
    store: Store
    verdict: Cid


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    """A whole task with an image of two blocks and two forced submissions, neither opened."""
    store = FolderStore(tmp_path / "store")
    image = add_file(store, io.BytesIO(bytes(1_500_000)))
    items = (examples.ITEMS[0], replace(examples.ITEMS[1], content=examples.Image(image)))
    task = replace(examples.TASK, pages=write_pages(store, build_items(items)))
    entry = replace(examples.ENTRY, answers=store.put_block(build_answers(examples.ANSWERS)))
    batch = BatchDocument(7, 2, write_pages(store, build_submissions([entry])))
    late = store.put_block(b"too late")
    forced = [
        replace(examples.FORCED, document=NEVER_STORED),
        replace(examples.FORCED, document=late, log_index=1),
    ]
    snapshot = replace(
        examples.SNAPSHOT,
        spec=store.put_block(build_task(task)),
        batches=(
            replace(examples.SNAPSHOT.batches[0], document=store.put_block(build_batch(batch))),
        ),
        forced=write_pages(store, build_forced(forced)),
        stakes=write_pages(store, build_stakes(STAKES)),
        missing=write_pages(store, build_missing([LATE])),
    )
    verdict = replace(
        examples.VERDICT,
        snapshot=store.put_block(build_snapshot(snapshot)),
        labels=write_pages(store, build_labels(LABELS)),
        payouts=write_pages(store, build_payouts(PAYOUTS)),
        refusals=write_pages(store, build_refusals(REFUSALS)),
    )
    return Stored(store, store.put_block(build_verdict(verdict)))


def test_export_evidence__a_whole_task__can_be_read_from_the_car_alone(
    stored: Stored, tmp_path: Path
) -> None:
    path = tmp_path / "task.car"
    with path.open("wb") as stream:
        exported = export_evidence(stored.store, stored.verdict, stream)

    car = CarStore(path)
    verdict = parse_verdict(car.get_block(stored.verdict))
    snapshot = parse_snapshot(car.get_block(verdict.snapshot))
    task = parse_task(car.get_block(snapshot.spec))
    batch = parse_batch(car.get_block(snapshot.batches[0].document))
    assert car.roots == (stored.verdict,)
    assert read_labels(car, verdict.labels) == LABELS
    assert read_payouts(car, verdict.payouts) == PAYOUTS
    assert read_refusals(car, verdict.refusals) == REFUSALS
    assert read_stakes(car, snapshot.stakes) == STAKES
    assert read_missing(car, snapshot.missing) == (LATE,)
    assert [entry.document for entry in read_forced(car, snapshot.forced)] == [NEVER_STORED, LATE]
    assert len(read_items(car, task)) == 2
    assert car.has(read_submissions(car, batch)[0].answers)
    assert exported.blocks == 16


def test_export_evidence__payload_that_no_store_has__is_named(stored: Stored) -> None:
    exported = export_evidence(stored.store, stored.verdict, io.BytesIO())

    assert exported.absent == (NEVER_STORED,)


def test_export_evidence__payload_missing_for_the_verdict__is_left_out(
    stored: Stored, tmp_path: Path
) -> None:
    path = tmp_path / "task.car"
    with path.open("wb") as stream:
        export_evidence(stored.store, stored.verdict, stream)

    assert stored.store.has(LATE)
    assert not CarStore(path).has(LATE)


def test_export_evidence__page_of_the_verdict_gone__is_refused(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    snapshot = replace(examples.SNAPSHOT, batches=(), forced=(), stakes=(), missing=())
    verdict = replace(examples.VERDICT, snapshot=store.put_block(build_snapshot(snapshot)))
    root = store.put_block(build_verdict(verdict))

    with pytest.raises(BlockMissing, match=examples.PAGE):
        export_evidence(store, root, io.BytesIO())


@pytest.mark.parametrize("kind", examples.BLOCKS)
def test_links__an_example_of_each_kind__lists_its_cids(kind: Kind) -> None:
    block = examples.BLOCKS[kind]

    found = links(Block(cid_of(block), block))

    without = {Kind.ANSWERS, Kind.STAKES, Kind.MISSING, Kind.LABELS, Kind.PAYOUTS, Kind.REFUSALS}
    assert bool(found) == (kind not in without)
    assert all(cid.encode() in block for cid in found)


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (b"\x89PNG", Codec.RAW),
        (b'{"schema":"tessera/batch/1"}', Codec.RAW),
        (b"no tree", Codec.DAG_PB),
    ],
)
def test_links__no_document_and_no_file__has_none(data: bytes, codec: Codec) -> None:
    assert links(Block(cid_of(data, codec), data)) == ()
