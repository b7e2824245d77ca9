"""Pages of a snapshot: the blocks that no store gave in time; what they hold does not count."""

from collections.abc import Iterable
from itertools import chain, pairwise

from dao_client.documents.pages import paginate
from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.documents.values import cids
from ipfs_store import Cid


def build_missing(missing: Iterable[Cid]) -> tuple[bytes, ...]:
    """Write the CIDs as pages, ascending, each once."""
    pages = paginate(sorted(set(missing)))
    return tuple(write(Kind.MISSING, {"missing": list(page)}) for page in pages)


def parse_missing(block: bytes) -> tuple[Cid, ...]:
    """Read one page."""
    missing = cids(read(Kind.MISSING, block)["missing"])
    _check_ascending(missing)
    return missing


def join_missing(pages: Iterable[tuple[Cid, ...]]) -> tuple[Cid, ...]:
    """Put all pages together; refuse a CID that stands twice or out of order."""
    missing = tuple(chain.from_iterable(pages))
    _check_ascending(missing)
    return missing


def _check_ascending(missing: Iterable[Cid]) -> None:
    for before, cid in pairwise(missing):
        if before >= cid:
            refuse(Kind.MISSING, "$.missing[*]", cid, f"must come before {before}, and once")
