"""GET /tasks/{task_id}/submissions and /submissions/{submission_hash}."""

import pytest

from dao_api.anchoring.loop import AnchorLoop
from dao_api.anchoring.repository import BatchRepository
from dao_api.database import BatchRow
from dao_client.encoding import SUBMISSION_TYPES
from dao_client.merkle import verify_proof
from dao_client.types import Digest
from tests.dao_api.fakes import FakeWallet
from tests.dao_api.verdict_world import anchor
from tests.dao_api.world import STRANGER, TOKEN, WORKER, Work, World

pytestmark = pytest.mark.unit


def batch_all(world: World) -> BatchRow:
    world.wall[0] += 30
    batches = BatchRepository(world.sessions)
    loop = AnchorLoop(
        FakeWallet(),
        world.view,
        world.store,
        batches,
        anchor_seconds=30,
        now=lambda: world.wall[0],
    )
    loop.step()
    return batches.unfinished()[0]


def test_list_submissions__of_two_workers__in_receipt_order(world: World) -> None:
    world.view.stakes[(TOKEN, STRANGER.address)] = 100
    world.post(Work().body())
    world.post(Work(worker=STRANGER).body())

    everyone = world.http.get("/tasks/1/submissions").json()
    one = world.http.get(f"/tasks/1/submissions?worker={STRANGER.address}").json()

    assert [row["worker"] for row in everyone["rows"]] == [WORKER.address, STRANGER.address]
    assert (one["total"], one["rows"][0]["state"]) == (1, "received")


def test_show_submission__just_received__has_its_receipt_and_no_batch(world: World) -> None:
    receipt = world.post(Work().body()).json()

    shown = world.http.get(f"/tasks/1/submissions/{receipt['submission_hash']}").json()

    assert shown["receipt"] == receipt
    assert (shown["state"], shown["batch_root"], shown["inclusion"]) == ("received", None, None)


def test_show_submission__in_a_batch__names_its_transaction(world: World) -> None:
    receipt = world.post(Work().body()).json()
    batch = batch_all(world)

    shown = world.http.get(f"/tasks/1/submissions/{receipt['submission_hash']}").json()

    assert (shown["state"], shown["inclusion"]) == ("batched", None)
    assert shown["transaction_hash"] == "0x" + batch.transaction_hash.hex()


def test_show_submission__anchored__proves_its_inclusion(world: World) -> None:
    receipts = [
        world.post(Work(items=(each,), assignment_id=each).body()).json() for each in range(3)
    ]
    batch = batch_all(world)
    anchor(world, 200, Digest(b"\x05" * 32), 1, Digest(bytes(32)))
    anchor(world, 201, Digest(batch.root), batch.answers, Digest(batch.document))

    shown = world.http.get(f"/tasks/1/submissions/{receipts[1]['submission_hash']}").json()

    inclusion = shown["inclusion"]
    assert (shown["state"], shown["block_number"]) == ("anchored", 201)
    assert (inclusion["position"], inclusion["index"]) == (1, 1)
    submission_hash = bytes.fromhex(receipts[1]["submission_hash"][2:])
    leaf = (1, 1, WORKER.address, 1, submission_hash)
    proof = [bytes.fromhex(each[2:]) for each in inclusion["proof"]]
    verify_proof(batch.root, SUBMISSION_TYPES, leaf, proof)


@pytest.mark.parametrize(("name", "status"), [("0x" + "00" * 32, 404), ("0x12", 422)])
def test_show_submission__unknown_or_malformed__is_refused(
    world: World, name: str, status: int
) -> None:
    assert world.http.get(f"/tasks/1/submissions/{name}").status_code == status
