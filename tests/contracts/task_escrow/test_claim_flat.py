"""claim_flat: what an anchored submission is worth when no verdict came."""

import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import (
    BUDGET,
    EVIDENCE,
    FEE_BPS,
    PRICE,
    ROOT,
    flat_claim_of,
    pass_reveal_deadline,
    submissions,
)

pytestmark = pytest.mark.chain


@pytest.fixture
def anchors(batch):
    """Everything that `expired_task` has anchored."""
    return [(batch.root, 10)]


def test_claim_flat__submission__gets_the_price_for_each_answer(
    escrow, expired_task, batch, anchors, token, honest_worker
):
    escrow.claim_flat(*flat_claim_of(batch, 0, anchors), sender=honest_worker)

    assert token.balanceOf(honest_worker) == 7 * PRICE
    assert escrow.task_of(expired_task).claimable == 3 * PRICE
    assert escrow.is_flat_claimed(expired_task, 0, 0)
    assert not escrow.is_flat_claimed(expired_task, 0, 1)
    assert not escrow.is_claimed(expired_task, 0)


def test_claim_flat__sent_by_a_stranger__still_goes_to_the_worker(
    escrow, expired_task, batch, anchors, token, lazy_worker, stranger
):
    escrow.claim_flat(*flat_claim_of(batch, 1, anchors), sender=stranger)

    assert token.balanceOf(lazy_worker) == 3 * PRICE


def test_claim_flat__success__is_logged_once(escrow, expired_task, batch, anchors, honest_worker):
    escrow.claim_flat(*flat_claim_of(batch, 0, anchors), sender=honest_worker)

    fields = {"task_id": expired_task, "worker": honest_worker, "index": 0, "amount": 7 * PRICE}
    assert last_events(escrow) == [("RewardPaid", fields)]


def test_claim_flat__all_submissions_and_refund__empty_the_task(
    escrow, expired_task, batch, anchors, token
):
    escrow.claim_flat(*flat_claim_of(batch, 0, anchors))
    escrow.claim_flat(*flat_claim_of(batch, 1, anchors))
    escrow.refund(expired_task)

    assert token.balanceOf(escrow) == 0


def test_claim_flat__many_anchors__each_is_paid(
    escrow, task, gateway, oracle, token, honest_worker
):
    trees = [submissions(task, [(honest_worker, 1)]) for _ in range(64)]
    for tree in trees:
        escrow.anchor_submissions(task, tree.root, 1, EVIDENCE, sender=gateway)
    pass_reveal_deadline()
    escrow.expire(task, sender=oracle)
    anchors = [(tree.root, 1) for tree in trees]

    escrow.claim_flat(*flat_claim_of(trees[0], 0, anchors, position=0))
    escrow.claim_flat(*flat_claim_of(trees[63], 0, anchors, position=63))

    assert token.balanceOf(honest_worker) == 2 * PRICE


def test_claim_flat__twice__is_refused(escrow, expired_task, batch, anchors, books):
    escrow.claim_flat(*flat_claim_of(batch, 1, anchors))

    with refused("escrow: already claimed", books):
        escrow.claim_flat(*flat_claim_of(batch, 1, anchors))


@pytest.mark.parametrize(
    "change",
    [
        lambda anchors: [],
        lambda anchors: anchors * 2,
        lambda anchors: [(ROOT, 10)],
        lambda anchors: [(anchors[0][0], 11)],
    ],
    ids=["none", "more", "other root", "other answers"],
)
def test_claim_flat__other_anchors_than_anchored__are_refused(
    escrow, expired_task, batch, anchors, books, change
):
    with refused("escrow: wrong anchors", books):
        escrow.claim_flat(*flat_claim_of(batch, 0, change(anchors)))


def test_claim_flat__anchors_in_another_order__are_refused(
    escrow, task, batch, gateway, oracle, books
):
    anchors = [(batch.root, 10), (ROOT, 1)]
    for root, answers in anchors:
        escrow.anchor_submissions(task, root, answers, EVIDENCE, sender=gateway)
    pass_reveal_deadline()
    escrow.expire(task, sender=oracle)

    with refused("escrow: wrong anchors", books):
        escrow.claim_flat(*flat_claim_of(batch, 0, anchors[::-1], position=1))


def test_claim_flat__position_past_the_anchors__is_refused(
    escrow, expired_task, batch, anchors, books
):
    with refused("escrow: unknown anchor", books):
        escrow.claim_flat(*flat_claim_of(batch, 0, anchors, position=1))


@pytest.mark.parametrize("column", [3, 5, 6])
def test_claim_flat__changed_leaf__is_refused(escrow, expired_task, batch, anchors, books, column):
    arguments = list(flat_claim_of(batch, 0, anchors))
    arguments[column] = ROOT if column == 6 else arguments[column] + 1

    with refused("merkle: invalid proof", books):
        escrow.claim_flat(*arguments)


def test_claim_flat__other_worker__is_refused(
    escrow, expired_task, batch, anchors, stranger, books
):
    arguments = list(flat_claim_of(batch, 0, anchors))
    arguments[4] = stranger

    with refused("merkle: invalid proof", books):
        escrow.claim_flat(*arguments, sender=stranger)


def test_claim_flat__leaves_that_sum_to_more_than_the_anchor__are_bounded(
    escrow, task, gateway, oracle, token, honest_worker, lazy_worker, books
):
    liar = submissions(task, [(honest_worker, 7), (lazy_worker, 7)])
    escrow.anchor_submissions(task, liar.root, 10, EVIDENCE, sender=gateway)
    escrow.anchor_submissions(task, ROOT, 20, EVIDENCE, sender=gateway)
    pass_reveal_deadline()
    escrow.expire(task, sender=oracle)
    anchors = [(liar.root, 10), (ROOT, 20)]
    escrow.claim_flat(*flat_claim_of(liar, 0, anchors))

    with refused("escrow: exceeds the anchor", books):
        escrow.claim_flat(*flat_claim_of(liar, 1, anchors))

    assert token.balanceOf(escrow) == BUDGET - 7 * PRICE


def test_claim_flat__open_task__is_refused(escrow, task, batch, gateway, books):
    escrow.anchor_submissions(task, batch.root, 10, EVIDENCE, sender=gateway)

    with refused("escrow: no flat price", books):
        escrow.claim_flat(*flat_claim_of(batch, 0, [(batch.root, 10)]))


def test_claim_flat__settled_task__is_refused(escrow, task, batch, gateway, oracle, books):
    escrow.anchor_submissions(task, batch.root, 10, EVIDENCE, sender=gateway)
    pass_reveal_deadline()
    escrow.settle(task, ROOT, 80_000, FEE_BPS, sender=oracle)

    with refused("escrow: no flat price", books):
        escrow.claim_flat(*flat_claim_of(batch, 0, [(batch.root, 10)]))
