"""claim: each payout once, to its worker, with its proof."""

import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import (
    BUDGET,
    FEE_BPS,
    claim_of,
    pass_reveal_deadline,
    payouts,
)

pytestmark = pytest.mark.chain


def test_claim__payout__goes_to_the_worker(escrow, settled_task, tree, token, honest_worker):
    escrow.claim(*claim_of(tree, 0), sender=honest_worker)

    assert token.balanceOf(honest_worker) == 60_000
    assert token.balanceOf(escrow) == BUDGET - 60_000
    assert escrow.task_of(settled_task).claimable == 20_000
    assert escrow.is_claimed(settled_task, 0)
    assert not escrow.is_claimed(settled_task, 1)


def test_claim__sent_by_a_stranger__still_goes_to_the_worker(
    escrow, settled_task, tree, token, honest_worker, stranger
):
    escrow.claim(*claim_of(tree, 0), sender=stranger)

    assert token.balanceOf(honest_worker) == 60_000
    assert token.balanceOf(stranger) == 0


def test_claim__success__is_logged_once(escrow, settled_task, tree, honest_worker):
    escrow.claim(*claim_of(tree, 0), sender=honest_worker)

    fields = {"task_id": settled_task, "worker": honest_worker, "index": 0, "amount": 60_000}
    assert last_events(escrow) == [("RewardPaid", fields)]


def test_claim__does_not_change_the_root(escrow, settled_task, tree, honest_worker):
    escrow.claim(*claim_of(tree, 0), sender=honest_worker)

    assert escrow.task_of(settled_task).payouts_root == tree.root


@pytest.mark.parametrize("count", [1, 2, 3, 95, 96, 97, 200])
def test_claim__every_payout_of_a_tree__is_paid(
    escrow, task, token, oracle, honest_worker, lazy_worker, count
):
    tree = payouts(task, [((honest_worker, lazy_worker)[i % 2], 1 + i) for i in range(count)])
    total = count * (count + 1) // 2
    pass_reveal_deadline()
    escrow.settle(task, tree.root, total, FEE_BPS, sender=oracle)

    for index in range(count):
        escrow.claim(*claim_of(tree, index))

    assert token.balanceOf(honest_worker) + token.balanceOf(lazy_worker) == total
    assert escrow.task_of(task).claimable == 0
    assert all(escrow.is_claimed(task, index) for index in range(count))
    assert not escrow.is_claimed(task, count)


def test_claim__twice__is_refused(escrow, settled_task, tree, honest_worker, books):
    escrow.claim(*claim_of(tree, 1), sender=honest_worker)

    with refused("escrow: already claimed", books):
        escrow.claim(*claim_of(tree, 1), sender=honest_worker)


def test_claim__twice_with_nothing_left__is_refused(escrow, settled_task, tree, books):
    escrow.claim(*claim_of(tree, 0))
    escrow.claim(*claim_of(tree, 1))

    with refused("escrow: already claimed", books):
        escrow.claim(*claim_of(tree, 1))


def test_claim__foreign_proof__is_refused(escrow, settled_task, tree, books):
    with refused("merkle: invalid proof", books):
        escrow.claim(*tree.rows[0], list(tree.proof(1)))


@pytest.mark.parametrize("proof", [[], [b"\1" * 32], [b"\0" * 32] * 20])
def test_claim__wrong_proof__is_refused(escrow, settled_task, tree, books, proof):
    with refused("merkle: invalid proof", books):
        escrow.claim(*tree.rows[0], proof)


def test_claim__longer_proof__is_refused(escrow, settled_task, tree, books):
    with refused("merkle: invalid proof", books):
        escrow.claim(*tree.rows[0], [*tree.proof(0), b"\0" * 32])


@pytest.mark.parametrize("column", [1, 3])
def test_claim__changed_number__is_refused(escrow, settled_task, tree, books, column):
    row = list(tree.rows[0])
    row[column] += 1

    with refused("merkle: invalid proof", books):
        escrow.claim(*row, list(tree.proof(0)))


@pytest.mark.parametrize("amount", [2**96, 2**96 + 60_000, 2**256 - 1])
def test_claim__amount_beyond_its_bits__is_refused(escrow, settled_task, tree, books, amount):
    with refused("merkle: invalid proof", books):
        escrow.claim(*tree.rows[0][:3], amount, list(tree.proof(0)))


def test_claim__other_worker__is_refused(escrow, settled_task, tree, stranger, books):
    task_id, index, _, amount = tree.rows[0]

    with refused("merkle: invalid proof", books):
        escrow.claim(task_id, index, stranger, amount, list(tree.proof(0)), sender=stranger)


def test_claim__payout_of_another_task__is_refused(
    escrow, terms, requester, oracle, task, tree, honest_worker, books
):
    other = escrow.create_task(terms.as_tuple(), sender=requester)
    pass_reveal_deadline()
    for task_id in (task, other):
        escrow.settle(task_id, tree.root, 80_000, FEE_BPS, sender=oracle)

    with refused("merkle: invalid proof", books):
        escrow.claim(other, *claim_of(tree, 0)[1:])


def test_claim__open_task__is_refused(escrow, task, tree, books):
    with refused("escrow: not settled", books):
        escrow.claim(*claim_of(tree, 0))


def test_claim__expired_task__is_refused(escrow, expired_task, tree, books):
    with refused("escrow: not settled", books):
        escrow.claim(*claim_of(tree, 0))


def test_claim__unknown_task__is_refused(escrow, tree, books):
    with refused("escrow: not settled", books):
        escrow.claim(9, *claim_of(tree, 0)[1:])


def test_claim__root_that_promises_too_much__cannot_touch_other_tasks(
    escrow, task, terms, requester, oracle, token, honest_worker, lazy_worker, books
):
    escrow.create_task(terms.as_tuple(), sender=requester)
    liar = payouts(task, [(honest_worker, 60_000), (lazy_worker, 60_000)])
    pass_reveal_deadline()
    escrow.settle(task, liar.root, 80_000, FEE_BPS, sender=oracle)
    escrow.claim(*claim_of(liar, 0))

    with refused("escrow: exceeds claimable", books):
        escrow.claim(*claim_of(liar, 1))

    assert token.balanceOf(escrow) == 2 * BUDGET - 60_000


def test_claim__huge_index__shares_no_word_with_another_task(
    escrow, task, terms, requester, oracle, honest_worker
):
    other = escrow.create_task(terms.as_tuple(), sender=requester)
    index = 96 * 2**128
    liar = payouts(task, [(honest_worker, 1)])
    liar = type(liar).of(liar.types, [(task, index, honest_worker, 1)])
    pass_reveal_deadline()
    escrow.settle(task, liar.root, 1, FEE_BPS, sender=oracle)

    escrow.claim(task, index, honest_worker, 1, [])

    assert not escrow.is_claimed(other, 0)
