"""After a final verdict its slashes are carried out, once, and only what operators signed."""

from dataclasses import replace

import pytest

from dao_client.documents import (
    PayoutRow,
    build_payouts,
    build_verdict,
    parse_batch,
    parse_sealed,
    parse_verdict,
)
from dao_client.errors import TransactionRefused
from dao_client.payloads import read_submissions
from dao_client.types import Digest, Timestamp, Wei
from ipfs_store import cid_from_digest, digest_of_cid
from oracle.cycle import Step
from oracle.errors import EvidenceMissing
from oracle.slashing import pending_slashes, signed_slashes
from tests.oracle.desks import open_office, step
from tests.oracle.fake_chain import DUE, OPERATORS
from tests.oracle.tasks import TASK_ID, lazy_worker
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


def withhold(chain, store):
    """Take the lazy worker's answers out of the store; its sealed document stays."""
    batch = parse_batch(store.get_block(cid_from_digest(chain.anchored[0].evidence)))
    lazy = read_submissions(store, batch)[-1].submission
    sealed = parse_sealed(store.get_block(cid_from_digest(lazy.sealed_digest)))
    store._file(sealed.answers).unlink()


@pytest.fixture
def office(world, tmp_path):
    """Operators of a task whose final verdict slashes the lazy worker: it revealed nothing."""
    chain, store = world
    withhold(chain, store)
    chain.now = Timestamp(DUE - 1)
    office = open_office(*world, tmp_path / "operators")
    for cycle in office.cycles[:2]:
        step(cycle)
    world[0].is_window_over = True
    step(office.cycles[0])
    return office


def other_document(kind, chain, store):
    """Return the digest of a document that does not have the slashes that operators signed."""
    if kind == "nowhere":
        return b"\x66" * 32
    block = b"no verdict"
    if kind == "forged":
        document = parse_verdict(store.get_block(cid_from_digest(chain.posts[-1].document)))
        rows = [PayoutRow(0, OPERATORS[0].address, Wei(5))]
        pages = tuple(store.put_block(page) for page in build_payouts(rows))
        block = build_verdict(replace(document, slashes=pages))
    return digest_of_cid(store.put_block(block))


def post_other(chain, digest):
    """Let the verdict stand as it was posted, but with another document."""
    chain.posts[-1] = replace(chain.posts[-1], document=Digest(digest))


def test_run__final_verdict__slashes_and_then_ends(world, office):
    chain, _ = world

    steps = [step(office.cycles[0]) for _ in range(3)]

    assert steps == [Step.SLASHED, Step.ENDED, Step.ENDED]
    assert [leaf.worker for leaf in chain.slashed] == [lazy_worker.address]
    assert chain.sent == ["post", "finalise", "slash"]


def test_run__slashed_by_another_operator__ends(world, office):
    step(office.cycles[0])

    assert step(office.cycles[1]) is Step.ENDED
    assert world[0].sent.count("slash") == 1


def test_run__killed_between_two_slashes__the_rest_is_done_after_the_restart(
    world, office, tmp_path
):
    chain, store = world
    posted = chain.posts[-1]
    (pending,) = pending_slashes(chain, store, posted)
    chain.slashed.append(pending.leaf)

    again = open_office(chain, store, tmp_path / "operators")

    assert step(again.cycles[0]) is Step.ENDED
    assert "slash" not in chain.sent


def test_run__another_is_faster__is_no_fault(world, office):
    chain, _ = world
    real = chain.slash

    def slower(verdict, leaf, proof):
        chain.slashed.append(leaf)
        real(verdict, leaf, proof)

    chain.slash = slower

    assert step(office.cycles[0]) is Step.DONE_BY_OTHERS


def test_run__contract_refuses__is_reported_and_tried_again(world, office):
    chain, _ = world

    def refuse(*_):
        raise TransactionRefused("slash_worker was refused", "staking: paused")

    chain.slash = refuse

    assert [step(office.cycles[0]) for _ in range(2)] == [Step.REFUSED] * 2


def test_run__not_its_turn__waits(world, office, tmp_path):
    chain, store = world
    slow = open_office(chain, store, tmp_path / "operators", stagger_seconds=10)
    ordered = sorted(range(3), key=lambda place: OPERATORS[place].address.lower())
    last = ordered[(TASK_ID + 2) % 3]

    early = step(slow.cycles[last])
    slow.clock.now = 20.0
    late = step(slow.cycles[last])

    assert (early, late) == (Step.NOT_MY_TURN, Step.SLASHED)


def test_run__document_with_other_slashes__slashes_nobody(world, office):
    """The third operator signed nothing, so it has the posted document only."""
    chain, store = world
    post_other(chain, other_document("forged", chain, store))

    assert step(office.cycles[2]) is Step.REFUSED
    assert chain.slashed == []


def test_run__document_in_no_store__waits_for_it(world, office):
    chain, store = world
    post_other(chain, other_document("nowhere", chain, store))

    assert step(office.cycles[2]) is Step.NO_EVIDENCE
    assert chain.slashed == []


def test_run__document_malformed__slashes_nobody(world, office):
    chain, store = world
    post_other(chain, other_document("malformed", chain, store))

    assert step(office.cycles[2]) is Step.REFUSED
    assert chain.slashed == []


@pytest.mark.parametrize("other", ["nowhere", "malformed", "forged"])
def test_run__right_verdict_posted_with_another_document__who_signed_it_slashes(
    world, office, other
):
    chain, store = world
    post_other(chain, other_document(other, chain, store))

    assert step(office.cycles[1]) is Step.SLASHED
    assert [leaf.worker for leaf in chain.slashed] == [lazy_worker.address]


def test_signed_slashes__own_document_lost__takes_the_posted_one(world, office):
    chain, store = world
    signed = office.signatures[0].latest(TASK_ID)

    (found,) = signed_slashes(
        store, chain.posts[-1], replace(signed, document=Digest(b"\x66" * 32))
    )

    assert found.leaf.worker == lazy_worker.address


def test_signed_slashes__own_verdict_is_another__does_not_take_its_document(world, office):
    chain, store = world
    signed = office.signatures[0].latest(TASK_ID)
    other = replace(signed, verdict=replace(signed.verdict, total_payout=Wei(1)))
    post_other(chain, b"\x66" * 32)

    with pytest.raises(EvidenceMissing):
        signed_slashes(store, chain.posts[-1], other)
