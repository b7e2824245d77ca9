"""Pages of a verdict: labels, payouts (or slashes), refusals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from dao_client.documents.pages import paginate
from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.documents.values import address
from dao_client.types import Address, Bps, ItemIndex, Json, Wei


@dataclass(frozen=True, slots=True)
class LabelRow:
    """The label of one item and how sure the method is."""

    item: ItemIndex
    answer: Json
    confidence: Bps


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """What one worker is paid, or loses; `index` is the row's place in the tree.

    Pay with an `entry_seat` is held as stake until the worker's stake has that size, in wei.
    """

    index: int
    worker: Address
    amount: Wei
    entry_seat: Wei | None = None


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """What was refused and why; no item means the whole submission."""

    worker: Address
    assignment_id: int
    item: ItemIndex | None
    reason: str


def build_labels(rows: Iterable[LabelRow]) -> tuple[bytes, ...]:
    """Write labels as pages, ascending by item."""
    ordered = sorted(rows, key=lambda row: row.item)
    _check_ascending(Kind.LABELS, [row.item for row in ordered])
    return _build(Kind.LABELS, [[row.item, row.answer, row.confidence] for row in ordered])


def parse_labels(block: bytes) -> tuple[LabelRow, ...]:
    """Read one page of labels."""
    rows = tuple(LabelRow(*row) for row in read(Kind.LABELS, block)["rows"])
    _check_ascending(Kind.LABELS, [row.item for row in rows])
    return rows


def join_labels(pages: Iterable[tuple[LabelRow, ...]]) -> tuple[LabelRow, ...]:
    """Put all pages of labels together; refuse an item that stands twice or out of order."""
    rows = tuple(chain.from_iterable(pages))
    _check_ascending(Kind.LABELS, [row.item for row in rows])
    return rows


def build_payouts(rows: Iterable[PayoutRow]) -> tuple[bytes, ...]:
    """Write payouts or slashes as pages, ascending by index."""
    ordered = sorted(rows, key=lambda row: row.index)
    _check_ascending(Kind.PAYOUTS, [row.index for row in ordered])
    return _build(Kind.PAYOUTS, map(_payout_columns, ordered))


def parse_payouts(block: bytes) -> tuple[PayoutRow, ...]:
    """Read one page of payouts or slashes."""
    rows = tuple(
        PayoutRow(index, address(worker), Wei(int(amount)), *(Wei(int(each)) for each in seat))
        for index, worker, amount, *seat in read(Kind.PAYOUTS, block)["rows"]
    )
    _check_ascending(Kind.PAYOUTS, [row.index for row in rows])
    return rows


def join_payouts(pages: Iterable[tuple[PayoutRow, ...]]) -> tuple[PayoutRow, ...]:
    """Put all pages of payouts together; refuse a row whose index is not its place in the tree."""
    rows = tuple(chain.from_iterable(pages))
    for position, row in enumerate(rows):
        if row.index != position:
            refuse(Kind.PAYOUTS, f"row {position} of all pages", row.index, "is not its place")
    return rows


def build_refusals(rows: Iterable[RefusalRow]) -> tuple[bytes, ...]:
    """Write refusals as pages, in the given order."""
    return _build(
        Kind.REFUSALS,
        [[row.worker, str(row.assignment_id), row.item, row.reason] for row in rows],
    )


def parse_refusals(block: bytes) -> tuple[RefusalRow, ...]:
    """Read one page of refusals."""
    return tuple(
        RefusalRow(address(worker), int(assignment_id), item, reason)
        for worker, assignment_id, item, reason in read(Kind.REFUSALS, block)["rows"]
    )


def _payout_columns(row: PayoutRow) -> list[Json]:
    seat = [] if row.entry_seat is None else [str(row.entry_seat)]
    return [row.index, row.worker, str(row.amount), *seat]


def _build(kind: Kind, rows: Iterable[list[Json]]) -> tuple[bytes, ...]:
    return tuple(write(kind, {"rows": list(page)}) for page in paginate(rows))


def _check_ascending(kind: Kind, keys: Sequence[int]) -> None:
    for position, (before, key) in enumerate(pairwise(keys), start=1):
        if before >= key:
            refuse(kind, f"$.rows[{position}][0]", key, f"must be greater than {before}")
