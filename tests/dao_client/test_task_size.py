"""A task too large for its method is refused before anything is stored or paid."""

from dataclasses import replace

import pytest

from dao_client.errors import MalformedDocument
from dao_client.methods import METHODS, MOST_BELIEFS, check_size
from dao_client.requester import DraftItem, TaskDraft, store_payloads
from dao_client.types import Wei
from ipfs_store import FolderStore

pytestmark = pytest.mark.unit

LABELS = tuple(f"label {number}" for number in range(1_024))
DRAFT = TaskDraft(
    title="Birds",
    instructions="Which one is it?",
    labels=LABELS,
    items=(DraftItem("one", text="a wren"),) * (MOST_BELIEFS // 1_024 + 1),
    overlap=3,
    seat_size=Wei(1),
)


def test_store_payloads__more_than_anchored_takes__is_refused_and_nothing_is_stored(tmp_path):
    with pytest.raises(MalformedDocument) as refusal:
        store_payloads(FolderStore(tmp_path), DRAFT)

    assert str(refusal.value) == (
        "32769 items with 1024 labels are 33555456, anchored takes 33554432: such a task would get "
        "no verdict and pay the flat price; split it, offer fewer labels, or take the method "
        "majority or wawa"
    )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_store_payloads__one_item__is_stored(tmp_path):
    assert store_payloads(FolderStore(tmp_path), replace(DRAFT, items=DRAFT.items[:1]))


def test_check_size__as_many_as_anchored_takes__is_no_refusal():
    check_size(DRAFT.method, MOST_BELIEFS // 1_024, 1_024)


@pytest.mark.parametrize("method", [each for name, each in METHODS.items() if name != "anchored"])
def test_check_size__method_without_a_belief_of_each_label__takes_any(method):
    check_size(method, 1_048_576, 1_024)
