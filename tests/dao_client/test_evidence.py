import io
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dao_client.canonical import digest_of
from dao_client.documents import (
    BatchDocument,
    History,
    ReputationRow,
    build_answers,
    build_batch,
    build_forced,
    build_histories,
    build_items,
    build_labels,
    build_missing,
    build_payouts,
    build_refusals,
    build_reputation,
    build_sealed,
    build_snapshot,
    build_stakes,
    build_submissions,
    build_task,
    build_verdict,
    parse_answers,
    parse_batch,
    parse_sealed,
    parse_snapshot,
    parse_task,
    parse_verdict,
)
from dao_client.documents.rows import LabelRow, PayoutRow, RefusalRow
from dao_client.evidence import export_evidence
from dao_client.payloads import (
    read_forced,
    read_histories,
    read_items,
    read_labels,
    read_missing,
    read_payouts,
    read_refusals,
    read_reputation,
    read_stakes,
    read_submissions,
    write_pages,
)
from ipfs_store import (
    BlockMissing,
    CarStore,
    Cid,
    FolderStore,
    Store,
    add_file,
    cid_from_digest,
    cid_of,
)
from tests.dao_client.documents import examples

pytestmark = pytest.mark.unit

LABELS = (LabelRow(0, "1", 9_000),)
PAYOUTS = (PayoutRow(0, examples.WORKER, 5),)
REFUSALS = (RefusalRow(examples.WORKER, 1, None, "missing payload"),)
STAKES = {examples.WORKER: 10**18}
HISTORIES = {examples.WORKER: History(5, 9)}
REPUTATION = (ReputationRow(examples.WORKER, 2, 1, History(1, 2), History(4, 7), History(5, 9)),)
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
    answers = store.put_block(build_answers(examples.ANSWERS))
    sealed = build_sealed(replace(examples.SEALED, answers=answers))
    store.put_block(sealed)
    signed = replace(examples.SUBMISSION, sealed_digest=digest_of(sealed))
    entry = replace(examples.ENTRY, submission=signed)
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
        histories=write_pages(store, build_histories(HISTORIES)),
        sources=(_earlier(store),),
        reputation=write_pages(store, build_reputation(REPUTATION)),
    )
    verdict = replace(
        examples.VERDICT,
        snapshot=store.put_block(build_snapshot(snapshot)),
        labels=write_pages(store, build_labels(LABELS)),
        payouts=write_pages(store, build_payouts(PAYOUTS)),
        refusals=write_pages(store, build_refusals(REFUSALS)),
    )
    return Stored(store, store.put_block(build_verdict(verdict)))


def _earlier(store: Store) -> Cid:
    """The snapshot of an earlier task, whose own evidence is not here."""
    pages = write_pages(store, build_reputation(REPUTATION))
    return store.put_block(build_snapshot(replace(examples.SNAPSHOT, task_id=3, reputation=pages)))


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
    signed = read_submissions(car, batch)[0].submission
    sealed = parse_sealed(car.get_block(cid_from_digest(signed.sealed_digest)))
    assert parse_answers(car.get_block(sealed.answers)) == examples.ANSWERS
    assert read_histories(car, snapshot.histories) == HISTORIES
    earlier = parse_snapshot(car.get_block(snapshot.sources[0]))
    assert read_reputation(car, earlier.reputation) == REPUTATION
    assert read_reputation(car, snapshot.reputation) == REPUTATION
    assert exported.blocks == 20


def test_export_evidence__earlier_snapshot__does_not_drag_its_own_evidence_along(
    stored: Stored,
) -> None:
    exported = export_evidence(stored.store, stored.verdict, io.BytesIO())

    assert examples.PAGE not in exported.absent


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
    snapshot = replace(snapshot, histories=(), sources=(), reputation=())
    verdict = replace(examples.VERDICT, snapshot=store.put_block(build_snapshot(snapshot)))
    root = store.put_block(build_verdict(verdict))

    with pytest.raises(BlockMissing, match=examples.PAGE):
        export_evidence(store, root, io.BytesIO())


def test_export_evidence__earlier_verdict_that_is_none__is_exported_as_it_is(
    stored: Stored,
) -> None:
    verdict = parse_verdict(stored.store.get_block(stored.verdict))
    snapshot = parse_snapshot(stored.store.get_block(verdict.snapshot))
    junk = stored.store.put_block(b"no verdict")
    changed = stored.store.put_block(build_snapshot(replace(snapshot, sources=(junk,))))
    root = stored.store.put_block(build_verdict(replace(verdict, snapshot=changed)))

    exported = export_evidence(stored.store, root, io.BytesIO())

    assert exported.blocks == 20
