"""Find and export everything that stands behind a task's verdict.

    verdict ─▶ snapshot ─▶ task ─▶ items ─▶ images
       │          ├─────▶ batches ─▶ submissions ─▶ sealed documents ─▶ answers
       │          ├─────▶ forced submissions ─▶ sealed documents ─▶ answers
       │          ├─────▶ stakes, histories, missing, reputation
       │          └─────▶ earlier snapshots ─▶ reputation, and no further
       └─▶ labels, payouts, slashes, refusals

What operators write, and the task document, must be there. Blocks that the snapshot names as
missing are left out. Others that the store does not have are listed: look for them elsewhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from dao_client.documents import (
    Image,
    Kind,
    Snapshot,
    VerdictDocument,
    kind_of,
    parse_batch,
    parse_forced,
    parse_items,
    parse_sealed,
    parse_snapshot,
    parse_submissions,
    parse_task,
    parse_verdict,
)
from dao_client.errors import MalformedDocument
from dao_client.payloads import read_missing
from ipfs_store import (
    Block,
    Cid,
    Codec,
    MalformedDag,
    Store,
    cid_from_digest,
    codec_of,
    export_car,
    file_links,
)


@dataclass(frozen=True, slots=True)
class ExportedEvidence:
    """How many blocks a CAR got, and which linked ones the store did not have."""

    blocks: int
    absent: tuple[Cid, ...]


def links(block: Block) -> tuple[Cid, ...]:
    """List what a block links to: nothing, if it is no document and no file tree."""
    try:
        if codec_of(block.cid) is not Codec.RAW:
            return tuple(file_links(block))
        kind = kind_of(block.data)
        return _LINKS[kind](block.data) if kind in _LINKS else ()
    except (MalformedDocument, MalformedDag):
        return ()


def export_evidence(store: Store, verdict: Cid, stream: BinaryIO) -> ExportedEvidence:
    """Write one CAR, its root the verdict document; raise if a block that must be there is not."""
    document = parse_verdict(store.get_block(verdict))
    snapshot = parse_snapshot(store.get_block(document.snapshot))
    needed = {*_of_verdict(document), snapshot.spec, *_pages_of_snapshot(snapshot)}
    earlier = frozenset(snapshot.sources)
    missing = frozenset(read_missing(store, snapshot.missing))
    absent: set[Cid] = set()

    def present(block: Block) -> list[Cid]:
        all_linked = _of_earlier(block) if block.cid in earlier else links(block)
        linked = [cid for cid in all_linked if cid not in missing]
        found = [cid for cid in linked if cid in needed or store.has(cid)]
        absent.update(set(linked) - set(found))
        return found

    blocks = export_car(store, [verdict], stream, present)
    return ExportedEvidence(blocks, tuple(sorted(absent)))


def _verdict_links(block: bytes) -> tuple[Cid, ...]:
    return _of_verdict(parse_verdict(block))


def _of_verdict(verdict: VerdictDocument) -> tuple[Cid, ...]:
    money = (*verdict.labels, *verdict.payouts, *verdict.slashes)
    return (verdict.snapshot, *money, *verdict.refusals)


def _of_earlier(block: Block) -> tuple[Cid, ...]:
    """List what a history is folded from: an earlier task's evidence is in a CAR of its own."""
    try:
        return parse_snapshot(block.data).reputation
    except MalformedDocument:
        return ()


def _snapshot_links(block: bytes) -> tuple[Cid, ...]:
    snapshot = parse_snapshot(block)
    batches = (batch.document for batch in snapshot.batches)
    return (snapshot.spec, *batches, *_pages_of_snapshot(snapshot))


def _pages_of_snapshot(snapshot: Snapshot) -> tuple[Cid, ...]:
    pages = (*snapshot.forced, *snapshot.stakes, *snapshot.missing, *snapshot.histories)
    return (*pages, *snapshot.sources, *snapshot.reputation)


def _task_links(block: bytes) -> tuple[Cid, ...]:
    task = parse_task(block)
    return (*task.pages, task.gold.document) if task.gold else task.pages


def _items_links(block: bytes) -> tuple[Cid, ...]:
    contents = (item.content for item in parse_items(block).items)
    return tuple(content.image for content in contents if isinstance(content, Image))


def _batch_links(block: bytes) -> tuple[Cid, ...]:
    return parse_batch(block).pages


def _submissions_links(block: bytes) -> tuple[Cid, ...]:
    submissions = (entry.submission for entry in parse_submissions(block))
    return tuple(cid_from_digest(submission.sealed_digest) for submission in submissions)


def _sealed_links(block: bytes) -> tuple[Cid, ...]:
    return (parse_sealed(block).answers,)


def _forced_links(block: bytes) -> tuple[Cid, ...]:
    return tuple(entry.document for entry in parse_forced(block))


_LINKS: Mapping[Kind | None, Callable[[bytes], tuple[Cid, ...]]] = {
    Kind.VERDICT: _verdict_links,
    Kind.SNAPSHOT: _snapshot_links,
    Kind.TASK: _task_links,
    Kind.ITEMS: _items_links,
    Kind.BATCH: _batch_links,
    Kind.SUBMISSIONS: _submissions_links,
    Kind.SEALED: _sealed_links,
    Kind.FORCED: _forced_links,
}
