"""Items over several pages: whatever part is asked for, only its pages are read."""

import pytest

from dao_api.payloads import Payloads
from dao_client.documents import ChoiceAnswer, Item, TaskDocument, Text, build_items
from dao_client.types import Method, Wei
from ipfs_store import Cid, FolderStore

pytestmark = pytest.mark.unit

TEXT = "x" * 300_000
ITEMS = 14


class CountingStore(FolderStore):
    """A folder that remembers what was read."""

    reads: list[Cid]

    def get_block(self, cid: Cid) -> bytes:
        self.reads.append(cid)
        return super().get_block(cid)


@pytest.fixture
def store(tmp_path) -> CountingStore:
    store = CountingStore(tmp_path)
    store.reads = []
    return store


@pytest.fixture
def task(store: CountingStore) -> TaskDocument:
    blocks = build_items([Item(str(each), Text(TEXT)) for each in range(ITEMS)])
    pages = tuple(store.put_block(block) for block in blocks)
    assert len(pages) == 5
    choice = ChoiceAnswer(("a", "b"))
    return TaskDocument("t", "", choice, 1, ITEMS, pages, Method("majority", "1", {}), Wei(0))


@pytest.mark.parametrize("offset", range(ITEMS + 1))
@pytest.mark.parametrize("limit", [1, 3, 4, 99])
def test_items__any_part__is_that_part(
    store: CountingStore, task: TaskDocument, offset: int, limit: int
) -> None:
    found = Payloads(store).items(task, offset, limit)

    assert [item.id for item in found] == [str(each) for each in range(ITEMS)][offset:][:limit]


def test_items__one_item__reads_few_pages_and_each_once(
    store: CountingStore, task: TaskDocument
) -> None:
    payloads = Payloads(store)

    payloads.items(task, 13, 1)
    payloads.items(task, 13, 1)

    assert len(store.reads) <= 3
    assert len(set(store.reads)) == len(store.reads)
