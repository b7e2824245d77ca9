"""Who may hand in when: workers until the submit deadline, jurors in the audit window."""

from dataclasses import replace

import pytest

from dao_client.audit_rates import most_audited_items
from dao_client.keys import LocalSigner
from tests.dao_api.world import (
    AUDIT_DEADLINE,
    OPENING_DEADLINE,
    OPERATOR,
    STRANGER,
    SUBMIT_DEADLINE,
    TOKEN,
    WORKER,
    Work,
    World,
)

pytestmark = pytest.mark.unit

AUDIT = Work(deadline=AUDIT_DEADLINE)
LAST_AUDIT = AUDIT_DEADLINE - 583
LATECOMER = LocalSigner.from_mnemonic(4)


def slug(world: World, work: Work) -> str:
    response = world.post(work.body())
    return response.json().get("type", "").rpartition(":")[2] or str(response.status_code)


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (SUBMIT_DEADLINE - 1, "201"),
        (SUBMIT_DEADLINE, "submission-late"),
        (OPENING_DEADLINE - 1, "submission-late"),
        (OPENING_DEADLINE, "201"),
        (LAST_AUDIT - 1, "201"),
        (LAST_AUDIT, "submission-late"),
        (AUDIT_DEADLINE, "submission-late"),
    ],
)
def test_post__at_a_time__is_taken_in_two_windows(world: World, now: int, outcome: str) -> None:
    world.view.now = now

    assert slug(world, AUDIT) == outcome


def test_post__audit_of_an_operator_without_a_stake__is_taken(world: World) -> None:
    world.view.now = OPENING_DEADLINE
    world.view.operators.add(OPERATOR.address)

    assert slug(world, Work(worker=OPERATOR, deadline=AUDIT_DEADLINE)) == "201"


def test_post__audit_of_a_stranger_without_a_stake__is_refused(world: World) -> None:
    world.view.now = OPENING_DEADLINE

    assert slug(world, Work(worker=STRANGER, deadline=AUDIT_DEADLINE)) == "seat-missing"


def test_post__operators_answer_without_a_stake__is_refused(world: World) -> None:
    world.view.operators.add(OPERATOR.address)

    assert slug(world, Work(worker=OPERATOR)) == "seat-missing"


def test_post__newcomer_to_a_task_with_entry__is_taken(world: World) -> None:
    world.change_task(has_entry=True)

    assert slug(world, Work(worker=STRANGER)) == "201"


def test_post__newcomers_audit_of_a_task_with_entry__is_refused(world: World) -> None:
    world.change_task(has_entry=True)
    world.view.now = OPENING_DEADLINE

    assert slug(world, Work(worker=STRANGER, deadline=AUDIT_DEADLINE)) == "seat-missing"


@pytest.mark.parametrize(("changes", "most"), [({}, 3), ({"overlap": 1, "overlap_most": 2}, 2)])
def test_post__item_with_all_its_answers__is_full(world: World, changes: dict, most: int) -> None:
    world.change_task(**changes)
    workers = [OPERATOR, STRANGER, WORKER]
    for worker in workers:
        world.view.stakes[TOKEN, worker.address] = 100
    for number in range(most):
        assert slug(world, Work(items=(1, 4), worker=workers[number])) == "201"

    world.view.stakes[TOKEN, LATECOMER.address] = 100
    response = world.post(Work(items=(3, 4), worker=LATECOMER).body())

    assert response.json()["type"].endswith("item-full")
    assert f"item 4 of task 1 has its {most} answers" in response.json()["detail"]
    assert slug(world, Work(items=(3,), worker=LATECOMER)) == "201"


def test_post__more_audits_than_a_draw_takes__are_refused_for_this_juror_alone(
    world: World,
) -> None:
    """Anchored for nothing, they would thin the price that an expired task pays for each answer."""
    world.change_task(item_count=100)
    world.view.now = OPENING_DEADLINE
    most = most_audited_items(100)
    first = Work(items=tuple(range(most - 1)), worker=OPERATOR, deadline=AUDIT_DEADLINE)
    more = replace(first, items=(98, 99), assignment_id=78)
    for juror in (OPERATOR, WORKER):
        world.view.stakes[TOKEN, juror.address] = 100
    assert slug(world, first) == "201"

    response = world.post(more.body())

    assert response.json()["type"].endswith("audits-full")
    assert f"a juror is drawn for at most {most}" in response.json()["detail"]
    assert slug(world, replace(more, worker=WORKER)) == "201"
    assert slug(world, replace(more, items=(99,))) == "201"


def test_post__audit_of_a_full_item__is_taken(world: World) -> None:
    world.change_task(overlap=1)
    assert slug(world, Work()) == "201"
    world.view.now = OPENING_DEADLINE
    world.view.operators.add(OPERATOR.address)

    assert slug(world, Work(worker=OPERATOR, deadline=AUDIT_DEADLINE)) == "201"
