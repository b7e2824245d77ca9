"""Gold that a requester opens."""

from dataclasses import replace

import pytest

from dao_client.documents import ChoiceAnswer, GoldPromise, GoldRow, TaskDocument, build_gold
from dao_client.gold import gold_root
from dao_client.methods import DEFAULT_METHOD
from dao_client.types import Digest, ItemIndex, Wei
from ipfs_store import FolderStore, cid_of
from oracle.errors import EvidenceMissing
from oracle.evidence_reader import EvidenceReader
from oracle.gold import Gold, GoldFault, read_gold

pytestmark = pytest.mark.unit

ROWS = (
    GoldRow(ItemIndex(0), "dog", b"\x01" * 32),
    GoldRow(ItemIndex(2), "cat", b"\x02" * 32),
)


def promised(folder, rows=ROWS, **changes) -> tuple[FolderStore, TaskDocument]:
    """Store gold, and return a task that promises it, but for the changes."""
    store = FolderStore(folder)
    promise = GoldPromise(
        root=gold_root(rows), document=store.put_block(build_gold(rows)), count=len(rows)
    )
    task = TaskDocument(
        title="Pets",
        instructions="Name it.",
        answer=ChoiceAnswer(("cat", "dog")),
        overlap=3,
        item_count=3,
        pages=(),
        method=DEFAULT_METHOD,
        seat_size=Wei(100),
        gold=replace(promise, **changes),
    )
    return store, task


def reader_of(store: FolderStore, *, is_overdue: bool = False) -> EvidenceReader:
    return EvidenceReader(store, (), is_overdue=is_overdue)


def test_read_gold__as_promised__gives_places_of_labels(tmp_path) -> None:
    store, task = promised(tmp_path)

    assert read_gold(reader_of(store), task) == Gold({ItemIndex(0): 1, ItemIndex(2): 0})


def test_read_gold__no_promise__is_empty_without_a_fault(tmp_path) -> None:
    store, task = promised(tmp_path)

    assert read_gold(reader_of(store), replace(task, gold=None)) == Gold()


def test_read_gold__not_opened_yet__is_waited_for(tmp_path) -> None:
    store, task = promised(tmp_path, document=cid_of(b"not here"))

    with pytest.raises(EvidenceMissing, match="gold of the requester"):
        read_gold(reader_of(store), task)


def test_read_gold__never_opened__is_empty_and_the_block_counts_as_missing(tmp_path) -> None:
    store, task = promised(tmp_path, document=cid_of(b"not here"))
    reader = reader_of(store, is_overdue=True)

    assert read_gold(reader, task) == Gold(fault=GoldFault.NOT_OPENED)
    assert reader.missing == {cid_of(b"not here")}


@pytest.mark.parametrize(
    ("rows", "changes", "fault"),
    [
        (ROWS, {"document": cid_of(b"text")}, GoldFault.MALFORMED),
        (ROWS, {"count": 3}, GoldFault.WRONG_COUNT),
        (ROWS, {"root": Digest(b"\x09" * 32)}, GoldFault.WRONG_ROOT),
        ((GoldRow(ItemIndex(3), "cat", bytes(32)),), {}, GoldFault.UNKNOWN_ITEM),
        ((GoldRow(ItemIndex(0), "cow", bytes(32)),), {}, GoldFault.SCHEMA),
    ],
)
def test_read_gold__other_than_promised__counts_nothing_and_says_why(
    tmp_path, rows, changes, fault
) -> None:
    store, task = promised(tmp_path, rows, **changes)
    store.put_block(b"text")

    assert read_gold(reader_of(store), task) == Gold(fault=fault)


def test_read_gold__one_salt_changed__has_another_root(tmp_path) -> None:
    store, task = promised(tmp_path)
    assert task.gold is not None
    other = (replace(ROWS[0], salt=b"\x07" * 32), ROWS[1])
    swapped = replace(task, gold=replace(task.gold, document=store.put_block(build_gold(other))))

    assert read_gold(reader_of(store), swapped) == Gold(fault=GoldFault.WRONG_ROOT)
