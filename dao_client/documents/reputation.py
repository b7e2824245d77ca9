"""Pages of a verdict: how a task changed what is known about its workers, and why."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from itertools import chain, pairwise

from dao_client.documents.histories import History
from dao_client.documents.pages import paginate
from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.documents.values import address
from dao_client.types import Address


@dataclass(frozen=True, slots=True)
class ReputationRow:
    """One worker: of `audited` answers `right` equal the audit, which is worth `score`.

    `change` is what this task adds, `old` and `new` the history before and after it.
    """

    worker: Address
    audited: int
    right: int
    change: History
    old: History
    new: History


def build_reputation(rows: Iterable[ReputationRow]) -> tuple[bytes, ...]:
    """Write changes as pages, ascending by the text of the address."""
    ordered = sorted(rows, key=lambda row: row.worker)
    _check_order(ordered)
    pages = paginate(
        [
            row.worker,
            row.audited,
            row.right,
            *astuple(row.change),
            *astuple(row.old),
            *astuple(row.new),
        ]
        for row in ordered
    )
    return tuple(write(Kind.REPUTATION, {"rows": list(page)}) for page in pages)


def parse_reputation(block: bytes) -> tuple[ReputationRow, ...]:
    """Read one page of changes."""
    rows = []
    for worker, audited, right, *numbers in read(Kind.REPUTATION, block)["rows"]:
        change, old, new = (History(*numbers[at : at + 2]) for at in (0, 2, 4))
        rows.append(ReputationRow(address(worker), audited, right, change, old, new))
    _check_order(rows)
    return tuple(rows)


def join_reputation(pages: Iterable[tuple[ReputationRow, ...]]) -> tuple[ReputationRow, ...]:
    """Put all pages together; refuse a worker who stands twice or out of order."""
    rows = list(chain.from_iterable(pages))
    _check_order(rows)
    return tuple(rows)


def _check_order(rows: list[ReputationRow]) -> None:
    for position, (before, row) in enumerate(pairwise(rows), start=1):
        if before.worker >= row.worker:
            refuse(
                Kind.REPUTATION,
                f"$.rows[{position}][0]",
                row.worker,
                f"must be greater than {before.worker}",
            )
