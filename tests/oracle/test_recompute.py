"""Whoever computes a posted verdict again finds the first thing that is not true, by name."""

import io
import re
from dataclasses import replace

import pytest

from dao_client.evidence import export_evidence
from dao_client.types import Digest, Wei
from ipfs_store import CarStore, cid_from_digest
from ipfs_store.cid import cid_bytes
from oracle.collect import collect
from oracle.computation import compute
from oracle.errors import EvidenceDamaged, EvidenceMissing, NothingPosted, SnapshotRefused
from oracle.recompute import recompute
from tests.oracle.tasks import TASK_ID, WORKERS, honest_worker
from tests.oracle.worlds import settled_world, task_with

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


@pytest.fixture
def posted(world):
    """A task whose honest verdict stands."""
    return (*world, post(*world))


def post(chain, store, **changes):
    computation = compute(chain, store, TASK_ID)
    for block in computation.blocks:
        store.put_block(block)
    chain.stand(replace(computation.verdict, **changes), computation.document)
    return computation


def differences(chain, store):
    return list(recompute(chain, store, TASK_ID).differences)


def test_recompute__honest_verdict__is_equal(posted):
    chain, store, _ = posted

    assert differences(chain, store) == []


def test_recompute__after_half_time__still_wants_every_block(posted):
    chain, store, _ = posted
    chain.now = 10**9

    assert differences(chain, store) == []


def test_recompute__nothing_posted__is_refused(world):
    with pytest.raises(NothingPosted, match=f"no verdict was posted for task {TASK_ID}"):
        recompute(*world, TASK_ID)


def test_recompute__not_final_here__is_refused(posted):
    chain, store, _ = posted
    chain.is_final = False

    with pytest.raises(SnapshotRefused, match="not final on this node"):
        recompute(chain, store, TASK_ID)


@pytest.mark.parametrize(
    ("field", "leaf"),
    [
        ("labels_root", "beginning with leaf 0 .item 0 is 'cat' at 10000 bps."),
        ("payouts_root", "beginning with leaf 0 .row 0 is"),
        ("slashes_root", "published rows are right but do not have the posted root"),
        ("method_hash", "the task asks for majority"),
    ],
)
def test_recompute__posted_root_changed__is_named_with_its_leaf(world, field, leaf):
    post(*world, **{field: Digest(b"\x66" * 32)})

    (difference,) = differences(*world)

    assert difference.startswith(f"{field}: posted 0x6666")
    assert re.search(leaf, difference)


def test_recompute__operators_lied_about_stakes__names_the_worker_and_the_leaves(world):
    chain, store = world
    truth = chain.stakes_held
    chain.stakes_held = {**truth, honest_worker.address: Wei(0)}
    post(chain, store)
    chain.stakes_held = truth

    found = differences(chain, store)

    assert f"stake of {honest_worker.address}: posted 0, the chain says 100" in found[0]
    assert [line.split(":")[0] for line in found] == [
        "input_digest",
        "payouts_root",
        "total_payout",
    ]
    assert "first differing leaf" in found[1]


def test_recompute__byte_of_an_answer_changed_in_the_car__names_whose(posted, tmp_path):
    chain, store, computation = posted
    content = car_of(store, computation)
    digest = sealed_digests(chain, store)[1]
    place = content.index(cid_bytes(cid_from_digest(digest))) + 36 + 20
    content[place] ^= 1
    (tmp_path / "task.car").write_bytes(content)

    with pytest.raises(EvidenceDamaged, match=f"worker {WORKERS[1].address} .batch 0, leaf 1"):
        recompute(chain, CarStore(tmp_path / "task.car"), TASK_ID)


def test_recompute__whole_car__is_enough(posted, tmp_path):
    chain, store, computation = posted
    (tmp_path / "task.car").write_bytes(car_of(store, computation))

    assert differences(chain, CarStore(tmp_path / "task.car")) == []


def test_recompute__verdict_document_not_there__names_it(world, posted):
    chain, store, _ = posted
    chain.posts = [replace(chain.posts[0], document=Digest(bytes(32)))]

    with pytest.raises(EvidenceMissing, match=f"verdict document of task {TASK_ID}"):
        recompute(chain, store, TASK_ID)


def car_of(store, computation):
    stream = io.BytesIO()
    export_evidence(store, cid_from_digest(computation.document), stream)
    return bytearray(stream.getvalue())


def sealed_digests(chain, store):
    batch = collect(chain, store, TASK_ID).evidence.batches[0]
    return [candidate.submission.sealed_digest for candidate in batch.candidates]


def test_recompute__operators_left_a_batch_out__names_the_batch(world):
    chain, store = world
    anchored, task = chain.anchored, chain.found_task
    chain.anchored, chain.found_task = [], task_with([])
    post(chain, store)
    chain.anchored, chain.found_task = anchored, task

    first, *_ = differences(chain, store)

    assert "first differing leaf 0: posted none, computed anchored batch" in first


def test_recompute__operators_read_another_block__says_so(world):
    chain, store = world
    real = chain.first_final_block_at
    chain.first_final_block_at = lambda timestamp: replace(real(timestamp), number=51)
    post(chain, store)
    chain.first_final_block_at = real

    assert "the snapshot's block was" in differences(chain, store)[0]
