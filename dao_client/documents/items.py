"""Pages of items: the questions of a task."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from dao_client.documents.pages import paginate
from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.types import ItemIndex
from ipfs_store import Cid


@dataclass(frozen=True, slots=True)
class Text:
    """An item that is read."""

    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """An item that is looked at; the CID of an image file."""

    image: Cid


Content: TypeAlias = Text | Image


@dataclass(frozen=True, slots=True)
class Item:
    """One question; `id` is the requester's own name for it."""

    id: str
    content: Content


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """Some items of a task, from index `first`."""

    first: ItemIndex
    items: tuple[Item, ...]


def build_items(items: Sequence[Item]) -> tuple[bytes, ...]:
    """Write all items of a task as pages."""
    _check_ids(items)
    blocks, first = [], 0
    for entries in paginate([_write_item(item) for item in items]):
        blocks.append(write(Kind.ITEMS, {"first": first, "items": list(entries)}))
        first += len(entries)
    return tuple(blocks)


def parse_items(block: bytes) -> ItemsPage:
    """Read one page of items."""
    members = read(Kind.ITEMS, block)
    items = tuple(_read_item(entry) for entry in members["items"])
    _check_ids(items)
    return ItemsPage(ItemIndex(members["first"]), items)


def join_items(pages: Iterable[ItemsPage], item_count: int) -> tuple[Item, ...]:
    """Put the pages of a task together; refuse gaps, repeated ids and a wrong count."""
    items: list[Item] = []
    for number, page in enumerate(pages):
        if page.first != len(items):
            refuse(Kind.ITEMS, f"page {number} $.first", page.first, f"must be {len(items)}")
        items.extend(page.items)
    if len(items) != item_count:
        refuse(Kind.ITEMS, "all pages", len(items), f"the task document says {item_count} items")
    _check_ids(items)
    return tuple(items)


def _write_item(item: Item) -> dict[str, Any]:
    if isinstance(item.content, Text):
        return {"id": item.id, "content": {"text": item.content.text}}
    return {"id": item.id, "content": {"image": item.content.image}}


def _read_item(entry: dict[str, Any]) -> Item:
    content = entry["content"]
    if "text" in content:
        return Item(entry["id"], Text(content["text"]))
    return Item(entry["id"], Image(Cid(content["image"])))


def _check_ids(items: Iterable[Item]) -> None:
    seen = set()
    for position, item in enumerate(items):
        if item.id in seen:
            refuse(Kind.ITEMS, f"$.items[{position}].id", item.id, "another item has this id")
        seen.add(item.id)
