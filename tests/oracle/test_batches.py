"""Faults of a batch's documents are kept with their reason, whatever the gateway anchored."""

from dataclasses import replace

import pytest

from dao_client.canonical import digest_of
from dao_client.documents import AnswersDocument, build_answers, build_batch, parse_batch
from dao_client.messages import no_contract
from dao_client.types import Digest, TaskId, Timestamp
from ipfs_store import cid_from_digest, cid_of
from oracle.collect import collect
from oracle.types import Reason
from oracle.verify import verify_evidence
from tests.oracle.fake_chain import DUE, REVEAL
from tests.oracle.sealed_world import ANSWERS, BLOCK, anchor_entries, seal_entry, sealed_world
from tests.oracle.tasks import TASK_ID, careful_worker, honest_worker
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


@pytest.fixture
def sealed(tmp_path):
    return sealed_world(tmp_path)


def fault_after(chain, store, **changes):
    """Anchor another batch document instead of the one that is there."""
    event = chain.anchored[0]
    document = parse_batch(store.get_block(cid_from_digest(event.evidence)))
    block = build_batch(replace(document, **changes))
    store.put_block(block)
    chain.anchored = [replace(event, evidence=Digest(digest_of(block)))]
    (batch,) = collect(chain, store, TASK_ID).evidence.batches
    assert batch.candidates == ()
    return batch.fault


def test_read_batch__of_another_task__is_a_fault(world):
    assert fault_after(*world, task_id=TaskId(8)) is Reason.WRONG_TASK


def test_read_batch__counts_other_answers_than_its_pages__is_a_fault(world):
    assert fault_after(*world, answers=10) is Reason.MALFORMED


def test_read_batch__page_missing_at_half_time__is_a_fault(world):
    chain, store = world
    chain.now = Timestamp(DUE - 1)

    assert fault_after(chain, store, pages=(cid_of(b"lost"),)) is Reason.MISSING_PAYLOAD


def opened(chain, store, entry):
    """Let a batch of one submission be all there is, and read it."""
    anchor_entries(chain, store, [entry])
    chain.now = REVEAL
    (batch,) = collect(chain, store, TASK_ID).evidence.batches
    return batch.candidates[0]


def test_read_batch__opened__has_answers_and_items(sealed):
    chain, store = sealed
    store.put_block(BLOCK)

    found = opened(chain, store, seal_entry(chain, store, store))

    assert found.payload.answers == ANSWERS
    assert found.sealed_items == (0, 1, 2)


def test_read_batch__never_opened__is_not_revealed_and_the_items_are_known(sealed):
    chain, store = sealed
    chain.now = Timestamp(DUE - 1)
    (batch,) = collect(chain, store, TASK_ID).evidence.batches

    found = batch.candidates[0]

    assert (found.payload, found.sealed_items) == (Reason.NOT_REVEALED, (0, 1, 2))


def test_read_batch__sealed_document_missing__is_no_fault_of_the_worker(sealed):
    chain, store = sealed
    entry = seal_entry(chain, store, store)
    store._file(cid_from_digest(entry.submission.sealed_digest)).unlink()
    anchor_entries(chain, store, [entry])
    chain.now = Timestamp(DUE - 1)
    (batch,) = collect(chain, store, TASK_ID).evidence.batches

    found = batch.candidates[0]

    assert (found.payload, found.sealed_items) == (Reason.MISSING_PAYLOAD, ())


def test_read_batch__answers_to_other_items__is_a_fault(sealed):
    chain, store = sealed
    store.put_block(BLOCK)

    found = opened(chain, store, seal_entry(chain, store, store, items=(0, 1)))

    assert (found.payload, found.sealed_items) == (Reason.WRONG_ITEMS, (0, 1))


@pytest.mark.parametrize(
    "claim", [{"task_id": TaskId(8)}, {"assignment_id": 2}, {"worker": careful_worker.address}]
)
def test_read_batch__sealed_document_of_another__is_a_fault_without_items(sealed, claim):
    chain, store = sealed

    found = opened(chain, store, seal_entry(chain, store, store, **claim))

    assert (found.payload, found.sealed_items) == (Reason.WRONG_PAYLOAD, ())


def test_read_batch__answers_that_are_no_document__is_a_fault_with_items(sealed):
    chain, store = sealed
    junk = store.put_block(b"junk")

    found = opened(chain, store, seal_entry(chain, store, store, answers=junk))

    assert (found.payload, found.sealed_items) == (Reason.MALFORMED, (0, 1, 2))


def test_read_batch__other_salts_than_committed__is_kept_for_the_root_to_judge(sealed):
    chain, store = sealed
    salted = tuple(replace(answer, salt=b"\x99" * 32) for answer in ANSWERS)
    block = build_answers(AnswersDocument(TASK_ID, 1, honest_worker.address, salted))
    chain_entry = seal_entry(chain, store, store, answers=store.put_block(block))

    found = opened(chain, store, chain_entry)
    (refused,) = verify_evidence(collect(chain, store, TASK_ID).evidence, no_contract).refusals

    assert found.payload.answers == salted
    assert (refused.worker, refused.reason) == (honest_worker.address, Reason.WRONG_ROOT)
