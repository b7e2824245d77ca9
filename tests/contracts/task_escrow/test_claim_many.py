"""claim_many: payouts of many tasks to one worker."""

import pytest

from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import (
    BUDGET,
    FEE_BPS,
    NOBODY,
    Terms,
    pass_reveal_deadline,
    payouts,
)

pytestmark = pytest.mark.chain


def entry(tree, index):
    """Return one element of `claims`."""
    task_id, _, _, amount = tree.rows[index]
    return (task_id, index, amount, list(tree.proof(index)))


@pytest.fixture
def other_token(escrow, genesis_holder, requester):
    contract = deploy("mocks/PaymentToken", "Other Dollar", "OUSD", 18, genesis_holder, 10**30)
    contract.transfer(requester, 10**9, sender=genesis_holder)
    contract.approve(escrow, 2**256 - 1, sender=requester)
    return contract


@pytest.fixture
def trees(escrow, terms, other_token, gateway, requester, oracle, honest_worker, lazy_worker):
    """Payouts of four settled tasks, the third in another token."""
    tokens = (terms.token, terms.token, other_token.address, terms.token)
    settled = []
    for number, token in enumerate(tokens):
        task_id = escrow.create_task(Terms(token, gateway).as_tuple(), sender=requester)
        pays = [(honest_worker, 10 * 10**number), (lazy_worker, 7), (honest_worker, 3)]
        settled.append(payouts(task_id, pays))
    pass_reveal_deadline()
    for tree in settled:
        escrow.settle(
            tree.rows[0][0], tree.root, sum(row[3] for row in tree.rows), FEE_BPS, sender=oracle
        )
    return settled


def test_claim_many__tasks_in_two_tokens__pays_each(
    escrow, trees, token, other_token, honest_worker
):
    escrow.claim_many(honest_worker, [entry(tree, 0) for tree in trees], sender=honest_worker)

    assert token.balanceOf(honest_worker) == 10 + 100 + 10_000
    assert other_token.balanceOf(honest_worker) == 1_000
    assert [escrow.is_claimed(tree.rows[0][0], 0) for tree in trees] == [True] * 4


def test_claim_many__two_payouts_of_a_task__are_both_paid(escrow, trees, token, honest_worker):
    tree = trees[0]

    escrow.claim_many(honest_worker, [entry(tree, 0), entry(tree, 2)], sender=honest_worker)

    assert token.balanceOf(honest_worker) == 13


def test_claim_many__each_payout__is_logged_once(escrow, trees, honest_worker):
    escrow.claim_many(honest_worker, [entry(tree, 0) for tree in trees], sender=honest_worker)

    assert last_events(escrow) == [
        (
            "RewardPaid",
            {"task_id": number + 1, "worker": honest_worker, "index": 0, "amount": 10**number * 10},
        )
        for number in range(4)
    ]


def test_claim_many__neighbours_in_one_token__share_a_transfer(
    escrow, trees, token, other_token, honest_worker
):
    escrow.claim_many(honest_worker, [entry(tree, 0) for tree in trees], sender=honest_worker)

    transfers = [log.value for log in escrow.get_logs(strict=False) if hasattr(log, "value")]
    if transfers:  # the token that returns nothing may log nothing that titanoboa decodes
        assert transfers == [110, 1_000, 10_000]
    assert token.balanceOf(escrow) == 3 * BUDGET - 10_110


def test_claim_many__no_claims__is_refused(escrow, trees, honest_worker, books):
    with refused("escrow: no claims", books):
        escrow.claim_many(honest_worker, [], sender=honest_worker)


def test_claim_many__same_payout_twice__is_refused(escrow, trees, honest_worker, books):
    with refused("escrow: already claimed", books):
        escrow.claim_many(honest_worker, [entry(trees[1], 0)] * 2, sender=honest_worker)


def test_claim_many__one_foreign_payout__refuses_all(escrow, trees, honest_worker, books):
    claims = [entry(trees[0], 0), entry(trees[1], 1)]

    with refused("merkle: invalid proof", books):
        escrow.claim_many(honest_worker, claims, sender=honest_worker)


def test_claim_many__other_worker__is_refused(escrow, trees, stranger, books):
    with refused("merkle: invalid proof", books):
        escrow.claim_many(stranger, [entry(trees[0], 0)], sender=stranger)


def test_claim_many__nobody__is_refused(escrow, trees, books):
    with refused("merkle: invalid proof", books):
        escrow.claim_many(NOBODY, [entry(trees[0], 0)])


def test_claim_many__one_task_not_settled__refuses_all(
    escrow, trees, terms, requester, honest_worker, books
):
    open_task = escrow.create_task(terms.as_tuple(), sender=requester)
    claims = [entry(trees[0], 0), (open_task, 0, 1, [])]

    with refused("escrow: not settled", books):
        escrow.claim_many(honest_worker, claims, sender=honest_worker)
