"""POST /tasks/{task_id}/openings: taken when everybody may see the answers, kept as they are."""

import pytest

from dao_client.canonical import from_canonical
from ipfs_store import cid_of
from tests.dao_api.world import (
    AUDIT_DEADLINE,
    OPENING_DEADLINE,
    STRANGER,
    Work,
    World,
)

pytestmark = pytest.mark.unit


def refuse(world: World, answers: bytes, status: int, slug: str, task_id: int = 1) -> str:
    """Open, compare status and type, and see that nothing was kept; return the detail."""
    response = world.open(answers, task_id)

    problem = response.json()
    assert (response.status_code, problem["type"]) == (status, f"urn:tessera:problem:{slug}")
    assert not world.store.has(cid_of(answers))
    return str(problem["detail"])


@pytest.mark.parametrize("is_alone", [True, False])
def test_open__at_the_opening_deadline__is_in_the_store(world: World, is_alone: bool) -> None:
    work = Work(is_alone=is_alone)
    world.post(work.body())
    world.view.now = OPENING_DEADLINE

    response = world.open(work.answers())

    assert (response.status_code, response.json()) == (201, {"document": cid_of(work.answers())})
    assert world.store.get_block(cid_of(work.answers())) == work.answers()


def test_open__again__changes_nothing(world: World) -> None:
    work = Work()
    world.post(work.body())
    world.view.now = OPENING_DEADLINE

    first, second = world.open(work.answers()), world.open(work.answers())

    assert (second.status_code, second.json()) == (201, first.json())


def test_open__before_the_opening_deadline__is_refused_and_kept_nowhere(world: World) -> None:
    work = Work(is_alone=True)
    world.post(work.body())
    world.view.now = OPENING_DEADLINE - 1

    detail = refuse(world, work.answers(), 409, "opening-early")

    assert "everybody could copy them" in detail
    assert "yes" not in detail


def test_open__audit_before_the_audit_deadline__is_refused(world: World) -> None:
    work = Work(deadline=AUDIT_DEADLINE)
    world.view.now = OPENING_DEADLINE
    world.post(work.body())
    world.view.now = AUDIT_DEADLINE - 1

    refuse(world, work.answers(), 409, "opening-early")


def test_open__audit_after_the_audit_deadline__is_in_the_store(world: World) -> None:
    work = Work(deadline=AUDIT_DEADLINE)
    world.view.now = OPENING_DEADLINE
    world.post(work.body())
    world.view.now = AUDIT_DEADLINE

    assert world.open(work.answers()).status_code == 201


@pytest.mark.parametrize(
    "other", [Work(worker=STRANGER), Work(assignment_id=78), Work(items=(5,), assignment_id=5)]
)
def test_open__submission_that_is_not_here__is_unknown(world: World, other: Work) -> None:
    world.post(Work().body())
    world.view.now = OPENING_DEADLINE

    refuse(world, other.answers(), 404, "submission-unknown")


def test_open__other_answers_than_those_sealed__are_refused(world: World) -> None:
    world.post(Work(answer="yes").body())
    world.view.now = OPENING_DEADLINE

    detail = refuse(world, Work(answer="no").answers(), 422, "submission-mismatched")

    assert cid_of(Work(answer="yes").answers()) in detail


def test_open__answers_to_another_task__are_refused(world: World) -> None:
    refuse(world, Work(task_id=2).answers(), 422, "submission-mismatched")


def test_open__no_answers_document__is_refused(world: World) -> None:
    response = world.open(Work().block())

    assert response.status_code == 422
    assert response.json()["type"] == "urn:tessera:problem:answers-refused"


def test_open__body_that_is_no_object__is_malformed(world: World) -> None:
    response = world.http.post("/tasks/1/openings", json=[from_canonical(Work().answers())])

    assert (response.status_code, response.json()["type"]) == (
        422,
        "urn:tessera:problem:malformed-request",
    )
