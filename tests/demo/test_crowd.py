import pytest

from scripts.demo.crowd import CrowdItem, CrowdWorker, assign_items, skill_of
from scripts.demo.errors import DemoError

pytestmark = pytest.mark.unit


def test_assign_items__seven_of_46__every_item_has_seven_workers() -> None:
    assigned = assign_items(items=500, workers=46, overlap=7, seed=3)

    answers = [item for of_worker in assigned for item in of_worker]
    assert all(answers.count(item) == 7 for item in range(500))
    assert all(len(set(of_worker)) == len(of_worker) for of_worker in assigned)


def test_assign_items__seven_of_46__load_differs_by_one_at_most() -> None:
    loads = {len(of_worker) for of_worker in assign_items(500, 46, 7, seed=3)}

    assert loads == {76, 77}


def test_assign_items__same_seed__same_assignment() -> None:
    assert assign_items(50, 9, 3, seed=1) == assign_items(50, 9, 3, seed=1)
    assert assign_items(50, 9, 3, seed=1) != assign_items(50, 9, 3, seed=2)


def test_assign_items__too_few_workers__says_how_many_are_needed() -> None:
    with pytest.raises(DemoError, match="7 answers per item need 7 workers, there are 6"):
        assign_items(10, 6, 7, seed=1)


def test_skill_of__half_right__is_half() -> None:
    items = [CrowdItem("a", truth="x"), CrowdItem("b", truth="y"), CrowdItem("c")]
    worker = CrowdWorker("w", "worker", "", ((0, "x"), (1, "x"), (2, "x")))

    assert skill_of(worker, items) == 0.5


def test_skill_of__no_truth__is_unknown() -> None:
    worker = CrowdWorker("w", "worker", "", ((0, "x"),))

    assert skill_of(worker, [CrowdItem("a")]) is None
