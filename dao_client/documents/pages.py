"""Cut long lists into pages of at most one block.

The cut depends on the entries alone, so whoever pages the same entries gets the same blocks: each
page takes as many entries as fit.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from dao_client.canonical import show, to_canonical
from dao_client.errors import MalformedDocument
from ipfs_store import MAX_BLOCK_BYTES

ENVELOPE_BYTES = 256
"""Room for everything of a page but its entries."""

_Entry = TypeVar("_Entry")


def paginate(entries: Iterable[_Entry]) -> tuple[Sequence[_Entry], ...]:
    """Group JSON entries so that each group, written as a page, fits one block."""
    pages: list[list[_Entry]] = []
    room = 0
    for entry in entries:
        size = len(to_canonical(entry)) + 1
        if size > MAX_BLOCK_BYTES - ENVELOPE_BYTES:
            raise MalformedDocument(
                f"entry {show(entry)} has {size} bytes: at most "
                f"{MAX_BLOCK_BYTES - ENVELOPE_BYTES} fit a page, shorten it or link it by CID"
            )
        if size > room:
            pages.append([])
            room = MAX_BLOCK_BYTES - ENVELOPE_BYTES
        pages[-1].append(entry)
        room -= size
    return tuple(pages)
