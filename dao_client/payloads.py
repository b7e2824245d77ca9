"""Move whole documents between a store and typed values, their pages put together and checked."""

from collections.abc import Iterable, Sequence

from dao_client.documents import (
    BatchDocument,
    ForcedSubmission,
    History,
    Item,
    LabelRow,
    PayoutRow,
    RefusalRow,
    ReputationRow,
    SubmissionEntry,
    TaskDocument,
    join_forced,
    join_histories,
    join_items,
    join_labels,
    join_missing,
    join_payouts,
    join_reputation,
    join_stakes,
    join_submissions,
    parse_forced,
    parse_histories,
    parse_items,
    parse_labels,
    parse_missing,
    parse_payouts,
    parse_refusals,
    parse_reputation,
    parse_stakes,
    parse_submissions,
)
from dao_client.types import Address, Wei
from ipfs_store import Cid, Store


def write_pages(store: Store, blocks: Iterable[bytes]) -> tuple[Cid, ...]:
    """Store blocks and return their CIDs in the same order."""
    return tuple(store.put_block(block) for block in blocks)


def read_items(store: Store, task: TaskDocument) -> tuple[Item, ...]:
    """Read all items of a task."""
    return join_items((parse_items(store.get_block(cid)) for cid in task.pages), task.item_count)


def read_submissions(store: Store, batch: BatchDocument) -> tuple[SubmissionEntry, ...]:
    """Read all submissions of a batch, in leaf order."""
    pages = (parse_submissions(store.get_block(cid)) for cid in batch.pages)
    return join_submissions(pages, batch.answers)


def read_forced(store: Store, pages: Sequence[Cid]) -> tuple[ForcedSubmission, ...]:
    """Read all forced submissions of a snapshot."""
    return join_forced(parse_forced(store.get_block(cid)) for cid in pages)


def read_missing(store: Store, pages: Sequence[Cid]) -> tuple[Cid, ...]:
    """Read the CIDs of all blocks that were missing for a snapshot."""
    return join_missing(parse_missing(store.get_block(cid)) for cid in pages)


def read_stakes(store: Store, pages: Sequence[Cid]) -> dict[Address, Wei]:
    """Read all stakes of a snapshot."""
    return join_stakes(parse_stakes(store.get_block(cid)) for cid in pages)


def read_histories(store: Store, pages: Sequence[Cid]) -> dict[Address, History]:
    """Read all histories of a snapshot."""
    return join_histories(parse_histories(store.get_block(cid)) for cid in pages)


def read_reputation(store: Store, pages: Sequence[Cid]) -> tuple[ReputationRow, ...]:
    """Read what a verdict changed about workers."""
    return join_reputation(parse_reputation(store.get_block(cid)) for cid in pages)


def read_labels(store: Store, pages: Sequence[Cid]) -> tuple[LabelRow, ...]:
    """Read all labels of a verdict."""
    return join_labels(parse_labels(store.get_block(cid)) for cid in pages)


def read_payouts(store: Store, pages: Sequence[Cid]) -> tuple[PayoutRow, ...]:
    """Read all payouts, or all slashes, of a verdict."""
    return join_payouts(parse_payouts(store.get_block(cid)) for cid in pages)


def read_refusals(store: Store, pages: Sequence[Cid]) -> tuple[RefusalRow, ...]:
    """Read all refusals of a verdict."""
    return tuple(row for cid in pages for row in parse_refusals(store.get_block(cid)))
