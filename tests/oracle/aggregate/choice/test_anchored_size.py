"""A task whose tables no operator's memory holds is refused before they are made."""

import tracemalloc

import numpy as np
import pytest

from dao_client.methods import MOST_BELIEFS
from oracle.aggregate import UNIT
from oracle.aggregate.choice import UNKNOWN, Answers
from oracle.aggregate.choice.anchored import method as anchored
from oracle.errors import AggregationRefused
from tests.oracle.crowds import run, synthetic_crowd

pytestmark = pytest.mark.unit

LARGEST_DOCUMENT = (1_048_576, 1_024)
"""Items and labels that a task document may have."""
MEGABYTE = 1 << 20


def one_answer(item_count: int, label_count: int) -> Answers:
    return Answers(
        starts=np.minimum(np.arange(item_count + 1), 1),
        workers=np.zeros(1, dtype=np.int32),
        labels=np.zeros(1, dtype=np.int32),
        worker_count=1,
        label_count=label_count,
        weights=np.full(1, UNIT, dtype=np.int64),
        known=np.full(item_count, UNKNOWN, dtype=np.int32),
        seed=bytes(32),
    )


def test_anchored__largest_document_with_one_answer__is_refused_without_taking_memory():
    answers = one_answer(*LARGEST_DOCUMENT)
    tracemalloc.start()

    with pytest.raises(AggregationRefused) as refusal:
        run("anchored", answers)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEGABYTE
    assert str(refusal.value) == (
        "1048576 items with 1024 labels are 1073741824 beliefs, anchored takes 33554432: take the "
        "method majority or wawa, or split the task"
    )


@pytest.mark.parametrize("method", ["majority", "dawid_skene", "one_coin", "glad", "mace"])
def test_methods__same_document__label_it(method):
    result = run(method, one_answer(*LARGEST_DOCUMENT))

    assert result.labels[:2].tolist() == [0, -1]


def test_anchored__at_the_bound__is_taken_and_one_item_more_is_not(monkeypatch):
    crowd = synthetic_crowd(30, 3, 4, [0.7] * 8)
    monkeypatch.setattr(anchored, "MOST_BELIEFS", 30 * 4 + 100)
    run("anchored", crowd.answers)

    monkeypatch.setattr(anchored, "MOST_BELIEFS", 30 * 4 - 1)
    with pytest.raises(AggregationRefused, match="30 items with 4 labels are 120 beliefs"):
        run("anchored", crowd.answers)


def test_anchored__too_many_pairs_of_worker_and_label__is_refused(monkeypatch):
    crowd = synthetic_crowd(8, 8, 4, [0.1] * 8)
    monkeypatch.setattr(anchored, "MOST_BELIEFS", 8 * 4)

    with pytest.raises(AggregationRefused, match=r"8 workers and \d+ pairs of worker and label"):
        run("anchored", crowd.answers)


def test_bound__tasks_of_32_labels__may_have_as_many_items_as_a_document():
    assert LARGEST_DOCUMENT[0] * 32 == MOST_BELIEFS
