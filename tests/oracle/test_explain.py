"""Why an item of a task has its label, from the evidence that the verdict was computed from."""

import pytest

from oracle.computation import compute
from oracle.errors import NothingToExplain
from oracle.explain import explain_item
from tests.oracle.tasks import TASK_ID, WORKERS
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit


@pytest.fixture(params=["majority", "anchored"])
def world(tmp_path, request):
    return settled_world(tmp_path / "store", request.param)


def stand(chain, store):
    computation = compute(chain, store, TASK_ID)
    for block in computation.blocks:
        store.put_block(block)
    chain.stand(computation.verdict, computation.document)
    return computation


def test_explain_item__before_any_verdict__says_what_operators_will_find(world):
    found = explain_item(*world, TASK_ID, "0")

    assert (
        found.labels[found.explanation.label] == compute(*world, TASK_ID).decision.labels[0].answer
    )
    assert found.explanation.lead == found.explanation.prior + sum(
        reason.weight for reason in found.explanation.reasons
    )


def test_explain_item__standing_verdict__has_its_label_and_confidence(world):
    labels = stand(*world).decision.labels

    for label in labels:
        found = explain_item(*world, TASK_ID, str(label.item))

        assert found.labels[found.explanation.label] == label.answer
        assert found.explanation.confidence_bps == label.confidence


def test_explain_item__by_id__is_the_same_as_by_number(world):
    first = explain_item(*world, TASK_ID, "0")

    assert explain_item(*world, TASK_ID, first.item_id) == first


def test_explain_item__names__are_the_workers_who_answered(world):
    found = explain_item(*world, TASK_ID, "0")

    assert {found.workers[each.worker] for each in found.explanation.reasons} <= {
        worker.address for worker in WORKERS
    }


@pytest.mark.parametrize("item", ["999", "-1", "no such item", ""])
def test_explain_item__unknown_item__is_refused(world, item):
    with pytest.raises(NothingToExplain, match=f"task {TASK_ID} has no item"):
        explain_item(*world, TASK_ID, item)


def test_explain_item__snapshot_not_final__is_refused(world):
    chain, store = world
    chain.is_final = False

    with pytest.raises(NothingToExplain, match=r"answers of task \d+ may still come"):
        explain_item(chain, store, TASK_ID, "0")
