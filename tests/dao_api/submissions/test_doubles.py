"""No worker answers an item twice and no assignment has two submissions, whatever races."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from dao_api.anchoring.documents import receipt_of
from dao_api.database import AnsweredItemRow, SubmissionRow
from dao_api.submissions.repository import Received, SubmissionRepository
from tests.dao_api.world import Work, World

pytestmark = pytest.mark.unit


def count(world: World, table: type[SubmissionRow | AnsweredItemRow]) -> int:
    with world.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_post__item_answered_before__is_refused(world: World) -> None:
    world.post(Work(items=(0, 1), assignment_id=1).body())

    response = world.post(Work(items=(1, 2), assignment_id=2).body())

    assert response.status_code == 409
    assert response.json()["type"] == "urn:tessera:problem:item-answered-before"
    assert "has answered item 1 of task 1 before" in response.json()["detail"]
    assert (count(world, SubmissionRow), count(world, AnsweredItemRow)) == (1, 2)


def test_post__assignment_with_other_content__is_refused(world: World) -> None:
    world.post(Work(items=(0, 1), assignment_id=1).body())

    response = world.post(Work(items=(2, 3), assignment_id=1).body())

    assert response.status_code == 409
    assert response.json()["type"] == "urn:tessera:problem:assignment-reused"
    assert (count(world, SubmissionRow), count(world, AnsweredItemRow)) == (1, 2)


def test_refuse_conflicts__same_submission_kept_meanwhile__is_no_conflict(world: World) -> None:
    world.post(Work().body())
    with world.sessions() as session:
        row = session.scalars(select(SubmissionRow)).one()
    again = Received(
        submission=Work().submission(),
        submission_hash=row.submission_hash,
        signature=row.signature,
        items=(0, 1),
        receipt=receipt_of(row),
        receipt_signature=row.receipt_signature,
        stored_at=0.0,
    )
    repository = SubmissionRepository(world.sessions)

    repository.refuse_conflicts(again)
    kept, is_new = repository.add(again)

    assert (kept.id, is_new) == (row.id, False)


def test_post__one_submission_from_many_threads__is_kept_once(world: World) -> None:
    body = Work().body()

    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(lambda _: world.post(body), range(8)))

    assert sorted(each.status_code for each in responses) == [200] * 7 + [201]
    assert len({each.text for each in responses}) == 1
    assert count(world, SubmissionRow) == 1


def test_post__rival_submissions_from_many_threads__only_one_is_kept(world: World) -> None:
    bodies = [Work(items=(0, each), assignment_id=each).body() for each in range(1, 8)]

    with ThreadPoolExecutor(7) as pool:
        responses = list(pool.map(world.post, bodies))

    assert sorted(each.status_code for each in responses) == [201] + [409] * 6
    assert (count(world, SubmissionRow), count(world, AnsweredItemRow)) == (1, 2)
