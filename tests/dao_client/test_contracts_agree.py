"""The contracts compute the same hashes, accept our signatures and pay on our proofs."""

from typing import Any

import boa
import pytest
from eth_account import Account
from hypothesis import given, settings

from dao_client.encoding import anchor_head, payouts_tree, submissions_tree
from dao_client.errors import SignatureRefused
from dao_client.merkle import EMPTY_ROOT
from dao_client.messages import (
    Domain,
    message_digest,
    receipt_message,
    sign,
    verdict_digest,
    verdict_message,
    verify,
)
from dao_client.types import Anchor, PayoutLeaf, Receipt, SubmissionLeaf, Verdict
from tests.contracts.deploying import deploy
from tests.contracts.stateful.stage import Stage, set_stage
from tests.dao_client.strategies import verdicts
from tests.system import DAY, HOUR, METHOD

pytestmark = pytest.mark.chain

WORD = b"\1" * 32
PRICE = 100
MAGIC = bytes.fromhex("1626ba7e")


@pytest.fixture(scope="module")
def stage() -> Stage:
    """A stage of our own: titanoboa rolls back what a test does, so it is set outside of tests."""
    return set_stage.__wrapped__()


def oracle_domain(stage: Stage) -> Domain:
    return Domain(boa.env.evm.patch.chain_id, stage.oracle.address)


def fields(verdict: Verdict) -> tuple[Any, ...]:
    return (
        verdict.task_id,
        verdict.input_digest,
        verdict.labels_root,
        verdict.payouts_root,
        verdict.slashes_root,
        verdict.total_payout,
        verdict.method_hash,
    )


def anchored_task(stage: Stage, anchors: list[Anchor]) -> int:
    """Create a task, anchor, and go to the reveal deadline."""
    deadline = boa.env.evm.patch.timestamp + DAY
    token = stage.tokens[0].address
    terms = (token, stage.gateway, PRICE, 1_000, WORD, deadline, HOUR, HOUR)
    task_id = int(stage.escrow.create_task(terms, sender=stage.requesters[0]))
    for anchor in anchors:
        stage.escrow.anchor_submissions(
            task_id, anchor.root, anchor.answers, WORD, sender=stage.gateway
        )
    boa.env.time_travel(seconds=DAY + HOUR)
    return task_id


@given(verdict=verdicts)
@settings(max_examples=20, deadline=None)
def test_verdict_digest__any_verdict__is_the_hash_of_the_contract(
    stage: Stage, verdict: Verdict
) -> None:
    assert stage.oracle.hash_verdict(fields(verdict)) == verdict_digest(
        verdict, oracle_domain(stage)
    )


def test_anchor_head__of_two_anchors__is_the_head_of_the_contract(stage: Stage) -> None:
    anchors = [Anchor(b"\2" * 32, 3), Anchor(b"\3" * 32, 4)]

    task_id = anchored_task(stage, anchors)

    assert stage.escrow.task_of(task_id).anchor_head == anchor_head(anchors)


def test_payouts_tree__signed_by_the_operators__is_paid_by_the_contract(stage: Stage) -> None:
    task_id = anchored_task(stage, [Anchor(WORD, 6)])
    leaves = [PayoutLeaf(task_id, i, worker, 10 + i) for i, worker in enumerate(stage.workers)]
    tree = payouts_tree(leaves)
    total = sum(leaf.amount for leaf in leaves)
    verdict = Verdict(task_id, WORD, EMPTY_ROOT, tree.root, EMPTY_ROOT, total, METHOD)
    message = verdict_message(verdict, oracle_domain(stage))
    signatures = [sign(message, operator) for operator in stage.operators]
    poster = stage.operators[0].address
    stage.oracle.post_verdict(fields(verdict), WORD, signatures, sender=poster)
    boa.env.time_travel(seconds=2 * DAY)
    stage.oracle.finalise(fields(verdict), sender=stage.stranger)

    for leaf in leaves:
        before = stage.tokens[0].balanceOf(leaf.worker)
        stage.escrow.claim(
            task_id, leaf.index, leaf.worker, leaf.amount, list(tree.proof(leaf.index))
        )
        assert stage.tokens[0].balanceOf(leaf.worker) - before == leaf.amount


def test_submissions_tree__anchored__is_paid_flat_by_the_contract(stage: Stage) -> None:
    task_id = int(stage.escrow.task_count()) + 1
    worker = stage.workers[0]
    leaves = [SubmissionLeaf(task_id, i, worker, i + 1, bytes([i]) * 32) for i in range(3)]
    tree = submissions_tree(leaves)
    anchors = [Anchor(WORD, 1), Anchor(tree.root, 6)]
    assert anchored_task(stage, anchors) == task_id
    boa.env.time_travel(seconds=30 * DAY)
    stage.oracle.expire_task(task_id, sender=stage.stranger)
    before = stage.tokens[0].balanceOf(worker)

    stage.escrow.claim_flat(
        task_id,
        [(anchor.root, anchor.answers) for anchor in anchors],
        1,
        2,
        worker,
        3,
        leaves[2].submission_hash,
        list(tree.proof(2)),
        sender=stage.stranger,
    )

    assert stage.tokens[0].balanceOf(worker) - before == 3 * PRICE


def test_verify__signature_of_a_wallet_contract__is_what_the_contract_says(stage: Stage) -> None:
    owner = Account.from_key(b"\5" * 32)
    wallet = deploy("mocks/ContractWallet", owner.address)
    message = receipt_message(Receipt(WORD, 1, 2), oracle_domain(stage))

    def ask(_: str, digest: bytes, signature: bytes) -> bool:
        return bool(wallet.isValidSignature(digest, signature) == MAGIC)

    verify(wallet.address, message_digest(message), sign(message, owner), ask)
    with pytest.raises(SignatureRefused):
        verify(wallet.address, WORD, sign(message, owner), ask)
