"""Accepted submissions: the receipt, what is kept, and the same submission again."""

import pytest
from sqlalchemy import func, select

from dao_api.database import AnsweredItemRow, SubmissionRow
from dao_client.documents import parse_acceptance
from dao_client.messages import receipt_digest, recover, submission_digest
from ipfs_store import cid_of
from tests.dao_api.world import DOMAIN, GATEWAY, SUBMIT_DEADLINE, WORKER, Work, World

pytestmark = pytest.mark.unit


def test_post__good_submission__is_answered_with_the_gateways_receipt(world: World) -> None:
    work = Work()

    response = world.post(work.body())

    assert response.status_code == 201
    acceptance = parse_acceptance(response.json())
    assert acceptance.receipt.submission_hash == submission_digest(work.submission(), DOMAIN)
    assert acceptance.receipt.received_at == world.view.now
    signer = recover(receipt_digest(acceptance.receipt, DOMAIN), acceptance.receipt_signature)
    assert signer == GATEWAY.address


def test_post__good_submission__promises_an_anchor_before_answers_are_opened(
    world: World,
) -> None:
    world.view.change(1, reveal_deadline=SUBMIT_DEADLINE + 300)
    world.view.now = SUBMIT_DEADLINE - 1

    response = world.post(Work().body())

    assert response.json()["receipt"]["anchorBy"] == SUBMIT_DEADLINE + 99


def test_post__good_submission__is_in_store_and_database_when_the_receipt_leaves(
    world: World,
) -> None:
    work = Work(items=(3, 5))

    world.post(work.body())

    assert world.store.get_block(cid_of(work.block())) == work.block()
    with world.sessions() as session:
        row = session.scalars(select(SubmissionRow)).one()
        items = session.scalars(select(AnsweredItemRow.item)).all()
    assert (row.worker, row.answers, row.batch_id) == (WORKER.address, 2, None)
    assert sorted(items) == [3, 5]


def test_post__same_submission_again__gets_the_same_receipt(world: World) -> None:
    body = Work().body()
    first = world.post(body)
    world.view.now += 100

    second = world.post(body)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json()
    with world.sessions() as session:
        assert session.scalar(select(func.count()).select_from(SubmissionRow)) == 1


def test_post__same_submission_after_the_deadline__still_gets_its_receipt(world: World) -> None:
    body = Work().body()
    first = world.post(body)
    world.view.now = SUBMIT_DEADLINE + 1

    second = world.post(body)

    assert second.status_code == 200
    assert second.json() == first.json()


def test_post__second_assignment_of_a_worker__is_accepted(world: World) -> None:
    world.post(Work(items=(0, 1), assignment_id=1).body())

    response = world.post(Work(items=(2,), assignment_id=2).body())

    assert response.status_code == 201


def test_post__wallet_contract_that_accepts_the_signature__is_accepted(world: World) -> None:
    body = Work().body()
    signature = "0xc0ffee"
    world.view.contract_wallets[WORKER.address] = bytes.fromhex("c0ffee")

    response = world.post({**body, "signature": signature})

    assert response.status_code == 201


def test_post__task_that_is_not_indexed_yet__is_accepted_by_the_chains_word(world: World) -> None:
    world.view.tasks[2] = world.view.tasks[1]
    world.view.specs[2] = world.view.specs[1]

    response = world.post(Work(task_id=2).body(), task_id=2)

    assert response.status_code == 201
