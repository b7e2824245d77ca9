"""The gold document: true answers that a requester fixed before, opened after the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.documents.values import from_hex, to_hex
from dao_client.types import ItemIndex


@dataclass(frozen=True, slots=True)
class GoldRow:
    """The true answer of one item, and the salt that hid it."""

    item: ItemIndex
    answer: str
    salt: bytes


def build_gold(rows: Iterable[GoldRow]) -> bytes:
    """Write a gold document; the order of the given rows does not matter."""
    ordered = sorted(rows, key=lambda row: row.item)
    _check_order(ordered)
    return write(Kind.GOLD, {"rows": [[row.item, row.answer, to_hex(row.salt)] for row in ordered]})


def parse_gold(block: bytes) -> tuple[GoldRow, ...]:
    """Read a gold document; refuse an item that stands twice or out of order."""
    rows = [
        GoldRow(ItemIndex(item), answer, from_hex(salt))
        for item, answer, salt in read(Kind.GOLD, block)["rows"]
    ]
    _check_order(rows)
    return tuple(rows)


def _check_order(rows: list[GoldRow]) -> None:
    for position, (before, row) in enumerate(pairwise(rows), start=1):
        if before.item >= row.item:
            refuse(
                Kind.GOLD, f"$.rows[{position}][0]", row.item, f"must be greater than {before.item}"
            )
