"""Every path of the anchor loop: no submission lost, no batch anchored twice."""

import pytest
from sqlalchemy import select

from dao_api.anchoring.documents import batch_tree
from dao_api.anchoring.repository import BatchRepository
from dao_api.database import AnchorRow, BatchRow
from dao_api.errors import BatchOvertaken
from dao_client.documents import parse_batch
from dao_client.messages import submission_digest
from dao_client.payloads import read_submissions
from ipfs_store import cid_from_digest
from tests.dao_api.anchoring.conftest import Anchoring
from tests.dao_api.world import DOMAIN, Work

pytestmark = pytest.mark.unit


def test_step__before_the_time_has_come__does_nothing(anchoring: Anchoring) -> None:
    anchoring.world.post(Work().body())

    anchoring.loop.step()

    assert anchoring.batches() == []


def test_step__due__anchors_all_in_receipt_order(due: Anchoring) -> None:
    due.loop.step()

    (batch,) = due.batches()
    members = due.members(batch.id)
    assert [each.assignment_id for each in members] == [1, 2]
    assert [each.leaf_index for each in members] == [0, 1]
    assert batch.root == batch_tree(members).root
    assert (batch.answers, batch.nonce) == (3, 7)
    assert [each.raw for each in due.wallet.broadcasts] == [batch.raw_transaction]


def test_step__due__leaves_the_evidence_in_the_store(due: Anchoring) -> None:
    due.loop.step()

    store, batch = due.world.store, due.batches()[0]
    document = parse_batch(store.get_block(cid_from_digest(batch.document)))
    entries = read_submissions(store, document)
    members = due.members(batch.id)
    assert (document.task_id, document.answers) == (1, 3)
    assert [submission_digest(each.submission, DOMAIN) for each in entries] == [
        each.submission_hash for each in members
    ]
    assert all(store.has(cid_from_digest(each.submission.sealed_digest)) for each in entries)


def test_step__batch_under_way__opens_no_second_one_for_the_task(due: Anchoring) -> None:
    due.loop.step()
    due.world.post(Work(items=(5,), assignment_id=5).body())
    due.world.wall[0] += 30

    due.loop.step()

    assert len(due.batches()) == 1


def test_step__not_mined__sends_the_same_bytes_again(due: Anchoring) -> None:
    due.loop.step()

    due.loop.step()

    first, second = due.wallet.broadcasts
    assert first == second
    assert len(due.wallet.signed) == 1


def test_step__mined_but_not_final__waits(due: Anchoring) -> None:
    due.loop.step()
    due.wallet.nonces = 8

    due.loop.step()

    assert len(due.wallet.broadcasts) == 1


def test_step__final_and_anchored_but_not_indexed__waits(due: Anchoring) -> None:
    due.loop.step()
    due.wallet.nonces = due.wallet.final = 8
    due.wallet.roots.append(due.batches()[0].root)

    due.loop.step()

    assert len(due.batches()) == 1
    assert len(due.wallet.broadcasts) == 1


def test_step__seen_by_the_index__is_done(due: Anchoring) -> None:
    due.loop.step()
    due.index(due.batches()[0])

    due.loop.step()

    assert len(due.wallet.broadcasts) == 1
    assert len(due.wallet.signed) == 1


def test_step__taken_back_by_a_fork__sends_the_same_bytes_again(due: Anchoring) -> None:
    due.loop.step()
    batch = due.batches()[0]
    due.index(batch)
    due.loop.step()
    with due.world.sessions.begin() as session:
        session.delete(session.scalars(select(AnchorRow)).one())

    due.loop.step()

    assert [each.raw for each in due.wallet.broadcasts] == [batch.raw_transaction] * 2
    assert len(due.wallet.signed) == 1


def test_step__nonce_used_finally_without_the_root__lets_the_submissions_wait_again(
    due: Anchoring,
) -> None:
    due.loop.step()
    lost = due.batches()[0]
    due.wallet.nonces = due.wallet.final = 8

    due.loop.step()
    due.loop.step()

    (batch,) = due.batches()
    assert (batch.root, batch.nonce) == (lost.root, 8)
    assert len(due.members(batch.id)) == 2


def test_step__not_mined_for_long__raises_the_fee_of_the_same_nonce(due: Anchoring) -> None:
    due.loop.step()
    due.world.wall[0] += 121

    due.loop.step()

    assert due.wallet.signed == [(7, 0), (7, 1)]
    assert due.batches()[0].raw_transaction == due.wallet.broadcasts[-1].raw


def test_step__contract_refuses__keeps_the_submissions_waiting(due: Anchoring) -> None:
    due.wallet.refusal = "escrow: too late"

    due.loop.step()

    assert due.batches() == []
    assert len(due.members(None)) == 2


def test_step__task_is_cancelled__leaves_it_alone(due: Anchoring) -> None:
    due.world.view.change(1, is_cancelled=True)

    due.loop.step()

    assert due.wallet.signed == []


def test_step__broadcast_fails__is_repeated(due: Anchoring) -> None:
    due.loop.step()
    due.wallet.broadcasts.clear()  # the node forgot it

    due.loop.step()

    assert len(due.wallet.broadcasts) == 1


def test_add__submission_of_another_batch__changes_nothing(due: Anchoring) -> None:
    members = due.members(None)
    due.loop.step()
    rival = BatchRow(
        task_id=1, root=b"rival", answers=3, document=b"", nonce=8, raises=0, signed_block=0
    )
    repository = BatchRepository(due.world.sessions)
    signed = due.wallet.broadcasts[0]

    with pytest.raises(BatchOvertaken, match="is in another batch already"):
        repository.add(rival, signed, 0, members)

    assert len(due.batches()) == 1
    assert len(due.members(due.batches()[0].id)) == 2
