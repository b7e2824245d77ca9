"""GET /tasks/{task_id}/payouts and /payouts/{worker}, by verdict and at the flat price."""

import pytest

from dao_api.anchoring.documents import write_batch
from dao_api.database import SubmissionRow
from dao_client.encoding import PAYOUT_TYPES, SUBMISSION_TYPES, purse_address
from dao_client.merkle import verify_proof
from dao_client.types import Digest, Phase, TaskId, Wei
from tests.dao_api.fakes import ENTRY_STAKE
from tests.dao_api.verdict_world import anchor, post_verdict, true_verdict
from tests.dao_api.world import GATEWAY, STRANGER, WORKER, Work, World

pytestmark = pytest.mark.unit


def proof_of(row: dict) -> list[bytes]:
    return [bytes.fromhex(each[2:]) for each in row["proof"]]


def expire(world: World) -> Digest:
    """Anchor two submissions, then let the task expire at 3 wei an answer; return the root."""
    world.post(Work(items=(0, 1), assignment_id=1).body())
    world.post(Work(items=(2,), assignment_id=2).body())
    with world.sessions() as session:
        members = session.query(SubmissionRow).order_by(SubmissionRow.id).all()
    written = write_batch(world.store, TaskId(1), members)
    anchor(world, 300, written.root, written.answers, written.document)
    world.view.task_phases[1] = Phase.EXPIRED
    world.view.change(1, is_expired=True, flat_price=3)
    return written.root


def test_list_payouts__verdict__has_proofs_and_claims(world: World) -> None:
    posted = true_verdict(world)
    post_verdict(world, posted)
    world.view.claimed.add((1, 1))

    shown = world.http.get("/tasks/1/payouts").json()

    rows = shown["payouts"]["rows"]
    assert (shown["kind"], shown["anchors"]) == ("verdict", [])
    assert [(row["index"], row["amount"], row["is_claimed"]) for row in rows] == [
        (0, "10", False),
        (1, "25", True),
        (2, "5", False),
    ]
    for row in rows:
        leaf = (1, row["index"], row["payee"], int(row["amount"]))
        verify_proof(posted.verdict.payouts_root, PAYOUT_TYPES, leaf, proof_of(row))


def test_list_payouts__pay_held_as_stake__names_the_purse_and_is_done_once_credited(
    world: World,
) -> None:
    post_verdict(world, true_verdict(world))
    world.view.claimed.add((1, 2))

    *paid, held = world.http.get("/tasks/1/payouts").json()["payouts"]["rows"]
    world.view.claimed.add((1, 2, "credited"))
    *_, credited = world.http.get("/tasks/1/payouts").json()["payouts"]["rows"]

    assert [(row["payee"], row["entry_seat"]) for row in paid] == [
        (row["worker"], None) for row in paid
    ]
    assert (held["worker"], held["entry_seat"]) == (WORKER.address, "1000")
    assert held["payee"] == purse_address(ENTRY_STAKE, WORKER.address, Wei(1_000))
    assert (held["is_claimed"], credited["is_claimed"]) == (False, True)


def test_list_payouts_of__worker__shows_the_workers_own(world: World) -> None:
    post_verdict(world, true_verdict(world))

    shown = world.http.get(f"/tasks/1/payouts/{WORKER.address}?offset=1").json()["payouts"]

    assert shown["total"] == 2
    assert [row["index"] for row in shown["rows"]] == [2]


def test_list_payouts_of__unpaid_worker__is_refused(world: World) -> None:
    post_verdict(world, true_verdict(world))

    response = world.http.get(f"/tasks/1/payouts/{GATEWAY.address}")

    assert response.status_code == 404
    assert response.json()["type"] == "urn:tessera:problem:payouts-unknown"


def test_list_payouts__cancelled_task__is_refused(world: World) -> None:
    world.view.task_phases[1] = Phase.CANCELLED

    assert "nobody is paid" in world.http.get("/tasks/1/payouts").json()["detail"]


def test_list_payouts__no_verdict_yet__is_refused(world: World) -> None:
    response = world.http.get("/tasks/1/payouts")

    assert response.json()["type"] == "urn:tessera:problem:verdict-unknown"


def test_list_payouts__other_root_on_chain__is_refused(world: World) -> None:
    post_verdict(world, true_verdict(world), payouts_root=Digest(b"\x07" * 32))

    assert world.http.get("/tasks/1/payouts").status_code == 502


def test_list_payouts__expired__has_all_that_a_flat_claim_needs(world: World) -> None:
    root = expire(world)
    world.view.claimed.add((1, 0, 1))

    shown = world.http.get("/tasks/1/payouts").json()

    rows = shown["payouts"]["rows"]
    assert (shown["kind"], shown["anchors"]) == (
        "flat",
        [{"root": "0x" + root.hex(), "answers": 3}],
    )
    assert [(row["amount"], row["is_claimed"]) for row in rows] == [("6", False), ("3", True)]
    for row in rows:
        flat = row["flat"]
        submission_hash = bytes.fromhex(flat["submission_hash"][2:])
        leaf = (1, row["index"], row["worker"], flat["answers"], submission_hash)
        verify_proof(root, SUBMISSION_TYPES, leaf, proof_of(row))


def test_list_payouts__expired_with_other_root_on_chain__is_refused(world: World) -> None:
    expire(world)
    with world.sessions.begin() as session:
        session.connection().exec_driver_sql("UPDATE anchors SET root = x'07'")

    response = world.http.get(f"/tasks/1/payouts/{STRANGER.address}")

    assert response.json()["type"] == "urn:tessera:problem:root-mismatched"
