"""Every refusal of a submission: its status, its type, and that nothing was kept."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from dao_api.database import AnsweredItemRow, SubmissionRow
from dao_client.canonical import from_canonical, to_canonical
from dao_client.messages import Domain
from dao_client.types import Address, Digest
from ipfs_store import cid_of
from tests.dao_api.world import DOMAIN, ESCROW, OPERATOR, STRANGER, WORKER, Work, World

pytestmark = pytest.mark.unit

OTHER_ROOT = Digest(b"\x09" * 32)


def rewritten(work: Work, change: Callable[[dict[str, Any]], None]) -> dict[str, object]:
    """Sign a changed sealed document."""
    document: Any = from_canonical(work.block())
    change(document)
    return work.body(block=to_canonical(document))


def refuse(world: World, body: dict[str, object], status: int, slug: str, task_id: int = 1) -> str:
    """Post, compare status and type, and see that nothing was kept; return the detail."""
    response = world.post(body, task_id)

    problem = response.json()
    assert (response.status_code, problem["type"]) == (status, f"urn:tessera:problem:{slug}")
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    with world.sessions() as session:
        kept = session.scalar(select(func.count()).select_from(SubmissionRow))
        items = session.scalar(select(func.count()).select_from(AnsweredItemRow))
    assert (kept, items) == (0, 0)
    return str(problem["detail"])


@pytest.mark.parametrize(
    "change",
    [
        {"signature": "0xZZ"},
        {"signature": "0x"},
        {"sealed": []},
        {"more": 1},
        {"submission": {}},
    ],
)
def test_post__malformed_body__is_refused(world: World, change: dict[str, object]) -> None:
    refuse(world, {**Work().body(), **change}, 422, "malformed-request")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("worker", WORKER.address.lower()),
        ("taskId", "one"),
        ("assignmentId", str(2**256)),
        ("deadline", -1),
        ("commitmentsRoot", "0x12"),
        ("sealedDigest", "0x" + "AB" * 32),
    ],
)
def test_post__malformed_submission__is_refused(world: World, member: str, value: object) -> None:
    body: dict[str, Any] = Work().body()
    body["submission"][member] = value

    refuse(world, body, 422, "malformed-request")


def test_post__unknown_task__is_refused(world: World) -> None:
    refuse(world, Work(task_id=9).body(), 404, "task-unknown", task_id=9)


def test_post__address_of_another_task__is_refused(world: World) -> None:
    refuse(world, Work(task_id=1).body(), 422, "submission-mismatched", task_id=2)


def test_post__task_of_another_gateway__is_refused(world: World) -> None:
    world.view.change(1, gateway=STRANGER.address)

    refuse(world, Work().body(), 403, "foreign-gateway")


def test_post__at_the_submit_deadline__is_late(world: World) -> None:
    world.view.now = 2_000

    refuse(world, Work(deadline=9_999).body(), 409, "submission-late")


def test_post__cancelled_task__is_late(world: World) -> None:
    world.view.change(1, is_cancelled=True)

    detail = refuse(world, Work().body(), 409, "submission-late")

    assert detail.endswith("the task is cancelled")


def test_post__after_the_deadline_of_the_signature__is_refused(world: World) -> None:
    refuse(world, Work(deadline=999).body(), 409, "signature-expired")


def test_post__sealed_document_that_was_not_signed__is_refused(world: World) -> None:
    body = {**Work().body(), "sealed": from_canonical(Work(answer="no").block())}

    refuse(world, body, 422, "submission-mismatched")


@pytest.mark.parametrize("member", ["task_id", "assignment_id", "worker"])
def test_post__sealed_document_of_another__is_refused(world: World, member: str) -> None:
    other = {"task_id": 2, "assignment_id": "78", "worker": STRANGER.address}

    body = rewritten(Work(), lambda document: document.update({member: other[member]}))

    refuse(world, body, 422, "submission-mismatched")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("schema", "tessera/sealed/2"),
        ("items", [1, 0]),
        ("items", [0, 0]),
        ("items", []),
        ("ciphertext", "no base64!"),
        ("boxes", {OPERATOR.address: "0x12"}),
        ("answers", "a CID"),
    ],
)
def test_post__sealed_document_outside_its_schema__is_refused(
    world: World, member: str, value: object
) -> None:
    body = rewritten(Work(), lambda document: document.update({member: value}))

    refuse(world, body, 422, "answers-refused")


def test_post__sealed_document_with_a_float__is_refused(world: World) -> None:
    body: dict[str, Any] = Work().body()
    body["sealed"]["items"] = [0.5]

    refuse(world, body, 422, "answers-refused")


def test_post__answers_in_clear__are_refused(world: World) -> None:
    work = Work()

    refuse(world, work.body(block=work.answers()), 422, "answers-refused")
    assert not world.store.has(cid_of(work.answers()))


def test_post__unknown_item__is_refused(world: World) -> None:
    detail = refuse(world, Work(items=(0, 10)).body(), 422, "answers-refused")

    assert "the task has 10" in detail


@pytest.mark.parametrize("size", [0, 40, 2_000])
def test_post__ciphertext_of_another_length__is_refused(world: World, size: int) -> None:
    text = b64encode(bytes(size)).decode()
    body = rewritten(Work(), lambda document: document.update(ciphertext=text))

    detail = refuse(world, body, 422, "answers-refused")

    assert f"the ciphertext has {size} bytes" in detail


def test_post__ciphertext_that_nobody_can_open__is_refused(world: World) -> None:
    body = rewritten(Work(), lambda document: document.update(boxes={}))

    assert "sealed to 0 operators have 0" in refuse(world, body, 422, "answers-refused")


def test_post__signature_of_another_key__is_refused(world: World) -> None:
    refuse(world, Work(signer=STRANGER).body(), 403, "signature-refused")


@pytest.mark.parametrize("domain", [Domain(1, ESCROW), Domain(1337, Address("0x" + "33" * 20))])
def test_post__signature_for_another_chain_or_contract__is_refused(
    world: World, domain: Domain
) -> None:
    assert domain != DOMAIN
    refuse(world, Work(domain=domain).body(), 403, "signature-refused")


def test_post__signature_for_another_task__is_refused(world: World) -> None:
    replayed = {**Work().body(), "signature": Work(task_id=2).body()["signature"]}

    refuse(world, replayed, 403, "signature-refused")


def test_post__worker_below_one_seat__is_refused(world: World) -> None:
    world.view.stakes[(world.view.tasks[1].token, WORKER.address)] = 99

    assert "has 99 wei" in refuse(world, Work().body(), 403, "seat-missing")


def test_post__task_document_missing__is_a_fault_of_the_store(world: World) -> None:
    with world.sessions.begin() as session:
        session.connection().exec_driver_sql("DELETE FROM tasks")
    world.view.specs[1] = OTHER_ROOT

    refuse(world, Work().body(), 502, "payload-refused")


def test_post__body_larger_than_a_block_can_be__is_refused(world: World) -> None:
    body = {**Work().body(), "sealed": {"filler": "x" * (2 << 20)}}

    refuse(world, body, 413, "request-too-large")
