"""Operators open what is sealed to them: in time, nothing else, and again after a kill."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from dao_client.contracts.events import SubmissionForced
from dao_client.contracts.parameters import ParameterId
from dao_client.contracts.staking import Unbonding
from dao_client.types import Digest, Phase, Timestamp, Wei
from ipfs_store import FolderStore, StoreFull, cid_from_digest
from oracle.collect import collect
from oracle.cycle import Step
from oracle.opening import Opener
from oracle.types import Payload
from tests.oracle.desks import open_office, step
from tests.oracle.fake_chain import (
    OPERATORS,
    PLACE,
    REVEAL,
    SECRETS,
    SUBMIT,
    UNBONDING_SECONDS,
    VOTED,
)
from tests.oracle.sealed_world import (
    ANSWERS,
    BLOCK,
    INSIDE,
    OPENING,
    anchor_entries,
    seal_entry,
    sealed_world,
)
from tests.oracle.tasks import SEAT, TASK_ID, honest_worker

pytestmark = pytest.mark.unit

AUDIT_DEADLINE = Timestamp(SUBMIT + 2 * ((REVEAL - SUBMIT) // 3))


@pytest.fixture
def world(tmp_path):
    return sealed_world(tmp_path)


def opener(chain, store, place=0):
    operator = OPERATORS[place].address
    return Opener(chain, store, operator, SECRETS[operator])


@pytest.mark.parametrize("place", range(3))
def test_open_task__deadline_passed__any_operator_publishes_the_answers(world, place):
    assert opener(*world, place).open_task(TASK_ID) == 1
    assert world[1].get_block(INSIDE) == BLOCK


def test_open_task__before_the_opening_deadline__publishes_nothing(world):
    world[0].now = Timestamp(OPENING - 1)

    assert opener(*world).open_task(TASK_ID) == 0
    assert not world[1].has(INSIDE)


def test_open_task__deadline_passed_in_no_final_block__publishes_nothing(world):
    world[0].is_final = False

    assert opener(*world).open_task(TASK_ID) == 0
    assert not world[1].has(INSIDE)


@pytest.mark.parametrize(
    ("now", "opened"), [(OPENING, 0), (AUDIT_DEADLINE - 1, 0), (AUDIT_DEADLINE, 1)]
)
def test_open_task__audit__waits_for_the_audit_deadline(world, now, opened):
    chain, store = world
    entry = seal_entry(chain, store, store, signed_until=AUDIT_DEADLINE)
    early = replace(entry, receipt=replace(entry.receipt, received_at=Timestamp(1)))
    anchor_entries(chain, store, [early])  # a gateway that lies about when it came
    chain.now = Timestamp(now)

    assert opener(chain, store).open_task(TASK_ID) == opened


def test_open_task__forced_submission__is_opened_too(world):
    chain, store = world
    digest = seal_entry(chain, store, store).submission.sealed_digest
    anchor_entries(chain, store, [seal_entry(chain, store, store, items=(5,))])
    chain.anchored = []
    event = SubmissionForced(PLACE, TASK_ID, honest_worker.address, 1, Digest(b"\1" * 32), digest)
    chain.forced_events = [event]

    assert opener(chain, store).open_task(TASK_ID) == 1


def test_open_task__again_or_by_another__does_nothing(world):
    first = opener(*world)

    assert [first.open_task(TASK_ID), first.open_task(TASK_ID)] == [1, 0]
    assert opener(*world, place=1).open_task(TASK_ID) == 0


def test_open_task__killed_between_opening_and_store__is_done_after_the_restart(world, tmp_path):
    chain, store = world

    class FullStore(FolderStore):
        def put_block(self, data, codec=None):
            raise StoreFull("no space left")

    dying = opener(chain, FullStore(tmp_path / "store"))
    with pytest.raises(StoreFull):
        dying.open_task(TASK_ID)
    with pytest.raises(StoreFull):  # not taken for done
        dying.open_task(TASK_ID)

    assert opener(chain, store).open_task(TASK_ID) == 1


def test_open_task__operator_refuses__another_one_opens(world, tmp_path):
    chain, store = world
    office = open_office(chain, store, tmp_path / "operators")
    refusing, willing = office.cycles[0], office.cycles[1]
    refusing._desk.opener.secret = bytes(32)

    assert step(refusing) is Step.NOT_DUE
    assert step(willing) is Step.OPENED
    assert store.has(INSIDE)


def test_open_task__worker_without_a_stake__is_not_looked_at(world):
    chain, store = world
    chain.stakes_held[honest_worker.address] = Wei(0)

    assert opener(chain, store).open_task(TASK_ID) == 0


@pytest.mark.parametrize(("seconds_short", "opened"), [(0, 1), (1, 0)])
def test_open_task__worker_unstakes_after_handing_in__is_opened_if_a_verdict_can_still_slash(
    world, seconds_short, opened
):
    chain, store = world
    slashed_by = chain.found_task.verdict_deadline + VOTED[ParameterId.CHALLENGE_SECONDS]
    chain.stakes_held[honest_worker.address] = Wei(SEAT - 1)
    chain.leaving[honest_worker.address] = Unbonding(Wei(1), Timestamp(slashed_by - seconds_short))

    assert opener(chain, store).open_task(TASK_ID) == opened
    assert store.has(INSIDE) == bool(opened)


def test_collect__unstaked_after_handing_in__seats_whom_the_operators_opened(world):
    chain, store = world
    chain.stakes_held[honest_worker.address] = Wei(SEAT - 1)
    ends_at = Timestamp(SUBMIT + UNBONDING_SECONDS)
    chain.leaving[honest_worker.address] = Unbonding(Wei(1), ends_at)
    opener(chain, store).open_task(TASK_ID)
    chain.now = REVEAL

    found = collect(chain, store, TASK_ID)

    (candidate,) = found.evidence.batches[0].candidates
    assert candidate.payload == Payload(TASK_ID, 1, honest_worker.address, ANSWERS)


def test_open_task__sealed_document_in_no_store__is_looked_for_less_and_less(world):
    chain, store = world
    entry = seal_entry(chain, store, store)
    anchor_entries(chain, store, [entry])
    path = store._file(cid_from_digest(entry.submission.sealed_digest))
    block = path.read_bytes()
    path.unlink()
    patient = opener(chain, store)

    with capture_logs() as logs:
        for _ in range(20):
            patient.open_task(TASK_ID)
    path.write_bytes(block)
    opened = sum(patient.open_task(TASK_ID) for _ in range(20))

    assert len(logs) == 4  # rounds 1, 3, 7 and 15
    assert opened == 1


def test_run__settling_with_sealed_answers__opens_before_it_computes(world, tmp_path):
    chain, store = world
    chain.phase, chain.now = Phase.SETTLING, REVEAL
    office = open_office(chain, store, tmp_path / "operators")

    step(office.cycles[0])

    assert store.has(INSIDE)


def test_open_task__all_opened__reads_no_batch_again_until_one_more_is_anchored(world):
    chain, store = world
    once = opener(chain, store)
    once.open_task(TASK_ID)
    store._file(cid_from_digest(chain.anchored[0].evidence)).unlink()

    with capture_logs() as logs:
        assert once.open_task(TASK_ID) == 0
    chain.anchored = chain.anchored * 2
    with capture_logs() as later:
        once.open_task(TASK_ID)

    assert logs == []
    assert [entry["event"] for entry in later] == ["batch not opened"] * 2


def test_open_task__one_batch_in_no_store__opens_the_others(world):
    chain, store = world
    lost = replace(chain.anchored[0], evidence=Digest(b"\x66" * 32))
    chain.anchored = [lost, *chain.anchored]

    assert opener(chain, store).open_task(TASK_ID) == 1
