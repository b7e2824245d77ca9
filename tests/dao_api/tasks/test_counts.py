"""GET /tasks/{task_id}/items/counts."""

import pytest

from dao_client.types import Digest
from tests.dao_api.submissions.test_progress import batch_all
from tests.dao_api.verdict_world import anchor
from tests.dao_api.world import (
    AUDIT_DEADLINE,
    OPENING_DEADLINE,
    OPERATOR,
    STRANGER,
    TOKEN,
    WORKER,
    Work,
    World,
)

pytestmark = pytest.mark.unit


def counts(world: World, worker: str = "") -> dict:
    query = f"?worker={worker}" if worker else ""
    return world.http.get(f"/tasks/1/items/counts{query}").json()


def row(item: int, answers: int, anchored: int = 0) -> dict:
    return {"item": item, "answers": answers, "anchored": anchored}


def test_count_answers__task_without_any__lists_nothing(world: World) -> None:
    assert counts(world) == {
        "task_id": 1,
        "item_count": 10,
        "overlap": 3,
        "overlap_most": 3,
        "counts": [],
        "answered": [],
    }


def test_count_answers__two_workers__counts_each_item(world: World) -> None:
    world.view.stakes[(TOKEN, STRANGER.address)] = 100
    world.post(Work(items=(0, 1)).body())
    world.post(Work(items=(1, 4), worker=STRANGER).body())

    found = counts(world, STRANGER.address)

    assert found["counts"] == [row(0, 1), row(1, 2), row(4, 1)]
    assert found["answered"] == [1, 4]
    assert counts(world)["answered"] == []


def test_count_answers__batch_on_chain__is_told_apart(world: World) -> None:
    world.view.stakes[(TOKEN, STRANGER.address)] = 100
    world.post(Work(items=(0, 1)).body())
    batch = batch_all(world)
    anchor(world, 200, Digest(batch.root), batch.answers, Digest(batch.document))
    world.post(Work(items=(1,), worker=STRANGER).body())

    assert counts(world)["counts"] == [row(0, 1, 1), row(1, 2, 1)]


def test_count_answers__jurors_answers__are_not_counted(world: World) -> None:
    world.post(Work(items=(0,)).body())
    world.view.operators.add(OPERATOR.address)
    world.view.now = OPENING_DEADLINE
    world.post(Work(items=(0, 1), worker=OPERATOR, deadline=AUDIT_DEADLINE).body())

    found = counts(world, WORKER.address)

    assert (found["counts"], found["answered"]) == ([row(0, 1)], [0])


def test_count_answers__task_with_rounds__says_how_many_at_most(world: World) -> None:
    world.change_task(overlap_most=7)

    found = counts(world)

    assert (found["overlap"], found["overlap_most"]) == (3, 7)


def test_count_answers__unknown_task__is_refused(world: World) -> None:
    assert world.http.get("/tasks/9/items/counts").status_code == 404
