"""GET /tasks/{task_id}/verdict: nothing is shown that the roots on chain do not confirm."""

import pytest

from dao_client.encoding import LABEL_TYPES, answer_digest
from dao_client.merkle import verify_proof
from dao_client.types import Digest, Method, Record, Timestamp, Wei
from ipfs_store import cid_from_digest
from tests.dao_api.fakes import NO_DIGEST
from tests.dao_api.verdict_world import LABELS, SNAPSHOT, post_verdict, true_verdict
from tests.dao_api.world import World

pytestmark = pytest.mark.unit

OTHER = Digest(b"\x07" * 32)


def test_show_verdict__true_document__shows_labels_with_proofs(world: World) -> None:
    posted = true_verdict(world)
    post_verdict(world, posted)

    verdict = world.http.get("/tasks/1/verdict?offset=1&limit=2").json()

    assert (verdict["phase"], verdict["total_payout"]) == ("challenge", "40")
    assert verdict["document"] == cid_from_digest(posted.document)
    assert verdict["snapshot"] == SNAPSHOT
    assert verdict["labels"]["total"] == len(LABELS)
    assert [row["item"] for row in verdict["labels"]["rows"]] == [1, 2]
    for row in verdict["labels"]["rows"]:
        leaf = (1, row["item"], answer_digest(row["answer"]), row["confidence_bps"])
        proof = [bytes.fromhex(each[2:]) for each in row["proof"]]
        verify_proof(posted.verdict.labels_root, LABEL_TYPES, leaf, proof)


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("input_digest", "input digest"),
        ("labels_root", "labels root"),
        ("payouts_root", "payouts root"),
        ("slashes_root", "slashes root"),
        ("method_hash", "method hash"),
    ],
)
def test_show_verdict__other_root_on_chain__is_refused(
    world: World, member: str, name: str
) -> None:
    post_verdict(world, true_verdict(world), **{member: OTHER})

    response = world.http.get("/tasks/1/verdict")

    assert response.status_code == 502
    assert response.json()["type"] == "urn:tessera:problem:root-mismatched"
    assert f"gives {name} 0x" in response.json()["detail"]


def test_show_verdict__other_total_on_chain__is_refused(world: World) -> None:
    post_verdict(world, true_verdict(world), total_payout=Wei(41))

    assert "gives total payout 40, the chain has 41" in world.http.get("/tasks/1/verdict").text


def test_show_verdict__document_names_another_method__is_refused(world: World) -> None:
    post_verdict(world, true_verdict(world, Method("majority", "2", {})))

    assert "gives method hash" in world.http.get("/tasks/1/verdict").text


def test_show_verdict__document_is_no_verdict__is_refused(world: World) -> None:
    posted = true_verdict(world)
    post_verdict(world, type(posted)(posted.verdict, world.view.specs[1]))

    response = world.http.get("/tasks/1/verdict")

    assert response.status_code == 502
    assert response.json()["type"] == "urn:tessera:problem:payload-refused"


def test_show_verdict__none_posted__is_refused(world: World) -> None:
    response = world.http.get("/tasks/1/verdict")

    assert response.status_code == 404
    assert response.json()["type"] == "urn:tessera:problem:verdict-unknown"


def test_show_verdict__struck_down__is_refused(world: World) -> None:
    post_verdict(world, true_verdict(world))
    world.view.records[1] = Record(NO_DIGEST, Timestamp(0), Timestamp(9))

    assert world.http.get("/tasks/1/verdict").status_code == 404


def test_show_verdict__posted_but_not_indexed__says_that_it_comes(world: World) -> None:
    world.view.records[1] = Record(OTHER, Timestamp(1), Timestamp(0))

    response = world.http.get("/tasks/1/verdict")

    assert response.status_code == 404
    assert "is not in the index yet" in response.json()["detail"]


def test_show_verdict__another_one_stands_on_chain__says_that_it_comes(world: World) -> None:
    post_verdict(world, true_verdict(world))
    world.view.records[1] = Record(OTHER, Timestamp(9), Timestamp(5))

    assert "is not in the index yet" in world.http.get("/tasks/1/verdict").json()["detail"]
