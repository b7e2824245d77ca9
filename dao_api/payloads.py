"""Read documents from the store; what is fixed by its digest is kept in a small cache."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from dao_client.documents.items import Item, ItemsPage, parse_items
from dao_client.documents.task import TaskDocument, parse_task
from dao_client.types import Digest
from ipfs_store import Cid, Store, cid_from_digest

TASKS = 256
PAGES = 64


class Payloads:
    """Task documents and items, verified by the store on the way in."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.task = lru_cache(TASKS)(self._task)
        self._page = lru_cache(PAGES)(self._read_page)

    def items(self, task: TaskDocument, offset: int, limit: int) -> Sequence[Item]:
        """Return some items of a task, reading only the pages that hold them."""
        until = min(offset + limit, task.item_count)
        if offset >= until:
            return ()
        found: list[Item] = []
        for page in self._pages_from(task.pages, offset):
            start = max(offset - page.first, 0)
            found += page.items[start : until - page.first]
            if page.first + len(page.items) >= until:
                break
        return found

    def _pages_from(self, pages: Sequence[Cid], item: int) -> Iterator[ItemsPage]:
        low, high = 0, len(pages) - 1
        while low < high:  # the last page that starts at or before the item
            middle = (low + high + 1) // 2
            low, high = (
                (middle, high) if self._page(pages[middle]).first <= item else (low, middle - 1)
            )
        for cid in pages[low:]:
            yield self._page(cid)

    def _task(self, spec: Digest) -> TaskDocument:
        return parse_task(self._store.get_block(cid_from_digest(spec)))

    def _read_page(self, cid: Cid) -> ItemsPage:
        return parse_items(self._store.get_block(cid))
