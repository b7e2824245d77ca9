"""Faults of a batch's documents are kept with their reason, whatever the gateway anchored."""

from dataclasses import replace

import pytest

from dao_client.canonical import digest_of
from dao_client.documents import build_batch, parse_batch
from dao_client.types import Digest, TaskId, Timestamp
from ipfs_store import cid_from_digest, cid_of
from oracle.collect import collect
from oracle.types import Reason
from tests.oracle.fake_chain import DUE
from tests.oracle.tasks import TASK_ID
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


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
