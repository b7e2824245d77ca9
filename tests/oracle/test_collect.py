"""What is read of a task, and what happens when a part of it is not there or not true."""

from dataclasses import replace

import pytest

from dao_client.canonical import digest_of
from dao_client.documents import parse_missing
from dao_client.types import Digest, TaskId, Timestamp
from ipfs_store import cid_from_digest, cid_of
from oracle.collect import collect
from oracle.errors import EvidenceDamaged, EvidenceMissing, SnapshotRefused, VerdictRefused
from oracle.types import Reason
from tests.oracle.fake_chain import DUE, REVEAL
from tests.oracle.tasks import TASK_ID, WORKERS, answers_of, honest_worker
from tests.oracle.worlds import anchored, entry_of, settled_world, task_with

pytestmark = pytest.mark.unit

HALF_TIME = Timestamp((REVEAL + DUE) // 2)


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


def block_path(store, cid):
    return next(path for path in store.path.rglob("*") if path.is_file() and cid in path.name)


def answers_cid(chain, store):
    found = collect(chain, store, TASK_ID)
    digest = found.evidence.batches[0].candidates[0].submission.sealed_digest
    return cid_from_digest(digest)


def test_collect__sound_task__holds_what_was_anchored(world):
    found = collect(*world, TASK_ID)

    snapshot = found.snapshot
    assert [len(batch.candidates) for batch in found.evidence.batches] == [3]
    assert set(found.evidence.stakes) == {worker.address for worker in WORKERS}
    assert snapshot.block.timestamp == REVEAL
    assert snapshot.missing == ()


def test_collect__twice__gives_the_same_snapshot(world):
    assert collect(*world, TASK_ID).snapshot == collect(*world, TASK_ID).snapshot


def test_collect__block_not_final__waits(world):
    chain, store = world
    chain.is_final = False

    assert collect(chain, store, TASK_ID) is None


def test_collect__unknown_task__is_refused(world):
    with pytest.raises(SnapshotRefused, match="there is no task 9"):
        collect(*world, TaskId(9))


def test_collect__node_hides_an_anchor__is_refused(world):
    chain, store = world
    chain.anchored = []

    with pytest.raises(SnapshotRefused, match="use another node"):
        collect(chain, store, TASK_ID)


def test_collect__node_hides_a_forced_submission__is_refused(world):
    chain, store = world
    chain.found_task = replace(chain.found_task, has_forced=True)

    with pytest.raises(SnapshotRefused, match="the escrow says some"):
        collect(chain, store, TASK_ID)


def test_collect__answers_missing_early__waits_and_names_them(world):
    chain, store = world
    cid = answers_cid(chain, store)
    block_path(store, cid).unlink()

    with pytest.raises(EvidenceMissing, match=f"worker {honest_worker.address}.*leaf 0.*{cid}"):
        collect(chain, store, TASK_ID)


def test_collect__answers_damaged_early__waits_and_names_them(world):
    chain, store = world
    cid = answers_cid(chain, store)
    path = block_path(store, cid)
    path.chmod(0o644)
    path.write_bytes(b"x" + path.read_bytes()[1:])

    with pytest.raises(EvidenceDamaged, match=f"worker {honest_worker.address}.*{cid}.*damaged"):
        collect(chain, store, TASK_ID)


def test_collect__answers_missing_at_half_time__go_without_and_say_so(world):
    chain, store = world
    cid = answers_cid(chain, store)
    block_path(store, cid).unlink()
    chain.now = HALF_TIME

    found = collect(chain, store, TASK_ID)

    assert found.evidence.batches[0].candidates[0].payload is Reason.MISSING_PAYLOAD
    assert parse_missing(found.pages[-1]) == (cid,)
    assert found.snapshot.missing == (cid_of(found.pages[-1]),)


def test_collect__known_to_be_missing__is_not_read_even_if_it_came_back(world):
    chain, store = world
    cid = answers_cid(chain, store)

    found = collect(chain, store, TASK_ID, [cid])

    assert found.evidence.batches[0].candidates[0].payload is Reason.MISSING_PAYLOAD
    assert parse_missing(found.pages[-1]) == (cid,)
    assert found.snapshot.missing == (cid_of(found.pages[-1]),)


def test_collect__batch_document_missing_at_half_time__loses_the_batch_only(world):
    chain, store = world
    lost = replace(chain.anchored[0], evidence=digest_of(b"never published"))
    chain.anchored = [lost, chain.anchored[0]]
    chain.found_task = task_with(chain.anchored)
    chain.now = HALF_TIME

    batches = collect(chain, store, TASK_ID).evidence.batches

    assert batches[0].fault is Reason.MISSING_PAYLOAD
    assert [len(batch.candidates) for batch in batches] == [0, 3]


def test_collect__batch_document_malformed__is_kept_as_a_fault(world):
    chain, store = world
    digest = digest_of(b"{}")
    store.put_block(b"{}")
    chain.anchored = [replace(chain.anchored[0], evidence=digest)]

    assert collect(chain, store, TASK_ID).evidence.batches[0].fault is Reason.MALFORMED


def test_collect__sealed_document_malformed__is_kept_as_a_fault_without_items(world):
    chain, store = world
    entry = entry_of(store, honest_worker, answers_of({0: "cat"}))
    store.put_block(b"[]")
    sealed = replace(entry.submission, sealed_digest=digest_of(b"[]"))
    chain.anchored = [anchored(store, [replace(entry, submission=sealed)])]
    chain.found_task = task_with(chain.anchored)

    (found,) = collect(chain, store, TASK_ID).evidence.batches[0].candidates

    assert (found.payload, found.sealed_items) == (Reason.MALFORMED, ())


def test_collect__sealed_document_of_another_assignment__is_kept_as_a_fault(world):
    chain, store = world
    entry = entry_of(store, honest_worker, answers_of({0: "cat"}))
    other = replace(entry, submission=replace(entry.submission, assignment_id=2))
    chain.anchored = [anchored(store, [other])]
    chain.found_task = task_with(chain.anchored)

    (found,) = collect(chain, store, TASK_ID).evidence.batches[0].candidates

    assert (found.payload, found.sealed_items) == (Reason.WRONG_PAYLOAD, ())


def test_collect__task_document_malformed__has_no_verdict(world):
    chain, store = world
    store.put_block(b"{}")
    chain.created = replace(chain.created, spec=digest_of(b"{}"))

    with pytest.raises(VerdictRefused, match="will expire and pay the flat price"):
        collect(chain, store, TASK_ID)


def test_collect__task_document_missing__waits_even_when_overdue(world):
    chain, store = world
    chain.now = HALF_TIME
    chain.created = replace(chain.created, spec=Digest(bytes(32)))

    with pytest.raises(EvidenceMissing, match=f"document of task {TASK_ID}"):
        collect(chain, store, TASK_ID)
