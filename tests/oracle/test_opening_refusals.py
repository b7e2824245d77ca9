"""What an operator does not open, and the reason that it logs."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from dao_client.contracts.events import SubmissionForced
from dao_client.documents import AnswersDocument, build_answers, build_task, parse_task
from dao_client.errors import RpcRefused
from dao_client.sealing import seal
from dao_client.types import Digest, TaskId
from ipfs_store import cid_from_digest, cid_of, digest_of_cid
from oracle.opening import Opener
from tests.oracle.fake_chain import KEYS, OPERATORS, PLACE, REVEAL, SECRETS, SUBMIT
from tests.oracle.sealed_world import ANSWERS, INSIDE, anchor_entries, seal_entry, sealed_world
from tests.oracle.tasks import TASK_ID, careful_worker, honest_worker
from tests.oracle.worlds import task_with

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return sealed_world(tmp_path)


def opener(chain, store, place=0):
    operator = OPERATORS[place].address
    return Opener(chain, store, operator, SECRETS[operator])


def reason(chain, store):
    """Open, see that nothing was published, and return the one reason that is logged."""
    with capture_logs() as logs:
        assert opener(chain, store).open_task(TASK_ID) == 0
    assert not store.has(INSIDE)
    (entry,) = logs
    assert entry["event"] == "answers not opened"
    return entry["reason"]


def test_open_task__sealed_to_nobody__says_that_the_worker_must_reveal(world):
    chain, store = world
    anchor_entries(chain, store, [seal_entry(chain, store, store, keys={})])

    assert "sealed to nobody, only the worker can reveal them" in reason(chain, store)


def test_open_task__box_for_the_wrong_key__says_so(world):
    chain, store = world
    wrong = {OPERATORS[0].address: KEYS[OPERATORS[1].address]}
    anchor_entries(chain, store, [seal_entry(chain, store, store, keys=wrong)])

    assert "was made for another key, or is damaged" in reason(chain, store)


def test_open_task__copied_by_another_worker__is_not_published(world):
    chain, store = world
    entry = seal_entry(chain, store, store, careful_worker, worker=careful_worker.address)
    anchor_entries(chain, store, [entry])

    assert "copied from there, not opened" in reason(chain, store)


def test_open_task__sealed_document_of_another_task__is_not_published(world):
    chain, store = world
    anchor_entries(chain, store, [seal_entry(chain, store, store, task_id=TaskId(8))])

    assert "the sealed document is of (task, assignment, worker) (8, " in reason(chain, store)


def test_open_task__copied_as_it_is_into_a_task_that_ends_earlier__is_not_published(world):
    chain, store = world
    answers = build_answers(AnswersDocument(TaskId(8), 1, honest_worker.address, ANSWERS))
    task = parse_task(store.get_block(cid_from_digest(chain.created.spec)))
    victim = store.put_block(seal(answers, task, KEYS))
    chain.anchored, chain.found_task = [], task_with([], has_forced=True)
    chain.forced_events = [force(careful_worker, victim)]

    assert "copied from there, not opened" in reason(chain, store)
    assert not store.has(cid_of(answers))


def test_open_task__forced_copy_in_the_same_task__does_not_keep_the_first_one_shut(world):
    chain, store = world
    first = chain.forced_events = [force(careful_worker, sealed_in(chain, store))]
    chain.found_task = replace(chain.found_task, has_forced=True)
    patient = opener(chain, store)
    anchored, chain.anchored = chain.anchored, []

    assert patient.open_task(TASK_ID) == 0
    chain.anchored, chain.forced_events = anchored, first

    assert patient.open_task(TASK_ID) == 1


def test_open_task__deadline_that_the_juror_did_not_sign__is_not_believed(world):
    chain, store = world
    entry = seal_entry(chain, store, store, signed_until=REVEAL)
    earlier = replace(entry.submission, deadline=SUBMIT)
    anchor_entries(chain, store, [replace(entry, submission=earlier)])

    assert "signature is of" in reason(chain, store)


def test_open_task__wallet_contract_that_fails__keeps_shut_nothing_else(world):
    chain, store = world
    wallet = seal_entry(chain, store, store, careful_worker)
    good = seal_entry(chain, store, store)
    bad = replace(wallet, submission=good.submission)
    anchor_entries(chain, store, [bad, good])

    def wallets(block):
        def fail(*_):
            raise RpcRefused("eth_call", -32_000, "out of gas")

        return fail

    chain.wallets = wallets

    assert opener(chain, store).open_task(TASK_ID) == 1


def force(worker, sealed):
    digest = Digest(digest_of_cid(sealed))
    return SubmissionForced(PLACE, TASK_ID, worker.address, 1, Digest(b"\1" * 32), digest)


def sealed_in(chain, store):
    return cid_from_digest(seal_entry(chain, store, store).submission.sealed_digest)


def test_open_task__unopenable__is_logged_once(world):
    chain, store = world
    anchor_entries(chain, store, [seal_entry(chain, store, store, keys={})])
    once = opener(chain, store)

    with capture_logs() as logs:
        once.open_task(TASK_ID)
        once.open_task(TASK_ID)

    assert len(logs) == 1


def change_task(chain, store, block):
    chain.created = replace(chain.created, spec=Digest(digest_of_cid(store.put_block(block))))


def test_open_task__newcomer_to_a_task_with_entry__is_opened(world):
    chain, store = world
    task = parse_task(store.get_block(cid_from_digest(chain.created.spec)))
    change_task(chain, store, build_task(replace(task, has_entry=True)))
    chain.stakes_held = {}

    assert opener(chain, store).open_task(TASK_ID) == 1


def test_open_task__malformed_task__opens_nothing(world):
    chain, store = world
    change_task(chain, store, b"no task")

    assert opener(chain, store).open_task(TASK_ID) == 0
    assert not store.has(INSIDE)
