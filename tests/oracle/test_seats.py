"""Whose submissions are read at all: those of workers with a seat, forced or not."""

from dataclasses import replace

import pytest

from dao_client.canonical import digest_of
from dao_client.contracts.events import SubmissionForced
from dao_client.documents import parse_missing
from dao_client.keys import LocalSigner
from dao_client.types import Timestamp
from ipfs_store import cid_from_digest
from oracle.collect import collect
from oracle.errors import EvidenceMissing
from oracle.types import Reason
from tests.oracle.fake_chain import DUE, PLACE, REVEAL
from tests.oracle.tasks import SEAT, TASK_ID, answers_of, honest_worker
from tests.oracle.worlds import anchored, entry_of, settled_world, task_with

pytestmark = pytest.mark.unit

NOWHERE = digest_of(b"in no store")
spammer = LocalSigner(b"\x5a" * 32)


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


def force(chain, worker, root, payload):
    event = SubmissionForced(PLACE, TASK_ID, worker, 5, root, payload)
    chain.forced_events = [event]
    chain.found_task = replace(chain.found_task, has_forced=True)


def test_collect__forced_submission__is_read_like_the_others(world):
    chain, store = world
    entry = entry_of(store, honest_worker, answers_of({0: "cat"}))
    submission = entry.submission
    force(chain, submission.worker, submission.commitments_root, submission.sealed_digest)

    found = collect(chain, store, TASK_ID)

    assert found.evidence.forced[0].submission.assignment_id == 5
    assert len(found.snapshot.forced) == 1


@pytest.mark.parametrize("held", [0, SEAT - 1])
def test_collect__forced_without_a_seat__is_refused_without_asking_any_store(world, held):
    chain, store = world
    chain.stakes_held[spammer.address] = held
    force(chain, spammer.address, NOWHERE, NOWHERE)

    found = collect(chain, store, TASK_ID)

    assert found.evidence.forced[0].payload is Reason.NO_SEAT
    assert found.evidence.stakes[spammer.address] == held
    assert found.snapshot.missing == ()


def test_collect__forced_with_a_seat__is_worth_waiting_for(world):
    chain, store = world
    chain.stakes_held[spammer.address] = SEAT
    force(chain, spammer.address, NOWHERE, NOWHERE)

    with pytest.raises(EvidenceMissing, match=f"forced submission 5 of worker {spammer.address}"):
        collect(chain, store, TASK_ID)


def test_collect__anchored_without_a_seat__is_refused_without_asking_any_store(world):
    chain, store = world
    entry = entry_of(store, honest_worker, answers_of({0: "cat"}))
    lost = replace(entry, submission=replace(entry.submission, sealed_digest=NOWHERE))
    chain.anchored = [anchored(store, [lost])]
    chain.found_task = task_with(chain.anchored)
    chain.stakes_held[honest_worker.address] = SEAT - 1

    found = collect(chain, store, TASK_ID)

    assert found.evidence.batches[0].candidates[0].payload is Reason.NO_SEAT
    assert found.snapshot.missing == ()


def test_collect__forced_payload_missing_at_half_time__is_given_up_and_said_so(world):
    chain, store = world
    chain.stakes_held[spammer.address] = SEAT
    chain.now = Timestamp((REVEAL + DUE) // 2)
    force(chain, spammer.address, NOWHERE, NOWHERE)

    found = collect(chain, store, TASK_ID)

    assert found.evidence.forced[0].payload is Reason.MISSING_PAYLOAD
    assert parse_missing(found.pages[-1]) == (cid_from_digest(NOWHERE),)
