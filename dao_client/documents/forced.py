"""Pages of a snapshot: submissions that workers sent straight to the contract."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from dao_client.documents.pages import paginate
from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.documents.values import address, digest_from_hex, to_hex
from dao_client.types import Address, BlockNumber, Digest
from ipfs_store import Cid


@dataclass(frozen=True, slots=True)
class ForcedSubmission:
    """One `SubmissionForced` event; `document` is the CID of its answers document."""

    worker: Address
    assignment_id: int
    commitments_root: Digest
    document: Cid
    block_number: BlockNumber
    log_index: int


def build_forced(forced: Iterable[ForcedSubmission]) -> tuple[bytes, ...]:
    """Write forced submissions as pages, in the order of their events."""
    ordered = sorted(forced, key=_position)
    _check_order(ordered)
    pages = paginate([_write_forced(entry) for entry in ordered])
    return tuple(write(Kind.FORCED, {"forced": list(page)}) for page in pages)


def parse_forced(block: bytes) -> tuple[ForcedSubmission, ...]:
    """Read one page of forced submissions."""
    forced = tuple(_read_forced(entry) for entry in read(Kind.FORCED, block)["forced"])
    _check_order(forced)
    return forced


def join_forced(pages: Iterable[tuple[ForcedSubmission, ...]]) -> tuple[ForcedSubmission, ...]:
    """Put all pages together; refuse an event that stands twice or out of order."""
    forced = tuple(chain.from_iterable(pages))
    _check_order(forced)
    return forced


def _position(entry: ForcedSubmission) -> tuple[int, int]:
    return (entry.block_number, entry.log_index)


def _check_order(forced: Iterable[ForcedSubmission]) -> None:
    for before, entry in pairwise(forced):
        if _position(before) >= _position(entry):
            refuse(
                Kind.FORCED,
                "$.forced[*].log_index",
                _position(entry),
                f"each event stands once, ascending; the one before is at {_position(before)}",
            )


def _write_forced(entry: ForcedSubmission) -> dict[str, Any]:
    return {
        "worker": entry.worker,
        "assignment_id": str(entry.assignment_id),
        "commitments_root": to_hex(entry.commitments_root),
        "document": entry.document,
        "block_number": entry.block_number,
        "log_index": entry.log_index,
    }


def _read_forced(entry: Mapping[str, Any]) -> ForcedSubmission:
    return ForcedSubmission(
        worker=address(entry["worker"]),
        assignment_id=int(entry["assignment_id"]),
        commitments_root=digest_from_hex(entry["commitments_root"]),
        document=Cid(entry["document"]),
        block_number=BlockNumber(entry["block_number"]),
        log_index=entry["log_index"],
    )
