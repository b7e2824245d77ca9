"""Tasks that end by verdicts which operators really signed."""

from collections.abc import Sequence
from dataclasses import dataclass

import boa
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_account import Account
from eth_utils import keccak

from dao_client.merkle import StandardMerkleTree
from tests.contracts.rewards.stage import Stage
from tests.contracts.task_escrow.tasks import payouts
from tests.contracts.verdict_oracle.verdicts import (
    CHALLENGE,
    DOCUMENT,
    REVEAL_ENDS,
    STAKE,
    Verdict,
    sign_all,
)

OPERATOR = Account.from_key(keccak(text="operator of the rewards"))


@dataclass(frozen=True)
class Work:
    """A task with its verdict and the tree of its payouts."""

    verdict: Verdict
    tree: StandardMerkleTree

    @property
    def task_id(self) -> int:
        return self.verdict.task_id

    def claim(self, index: int) -> tuple[object, ...]:
        """Return the arguments of `claim_emission`, which are those of the payout's claim."""
        return (*self.tree.rows[index], list(self.tree.proof(index)))


def post_work(
    stage: Stage,
    token: VyperContract,
    pays: Sequence[tuple[str, int]],
    total: int | None = None,
) -> Work:
    """Post a verdict that pays so much to whom; it may promise more or less than `total` says."""
    whole = sum(pay for _, pay in pays) if total is None else total
    if not stage.oracle.operator_of(OPERATOR.address).stake:
        stage.stake(OPERATOR.address, STAKE)
        stage.oracle.register_operator(STAKE, sender=OPERATOR.address)
    task_id = stage.create_task(token, max(2 * whole, 10_000))
    tree = payouts(task_id, pays)
    verdict = Verdict(task_id, payouts_root=tree.root, total_payout=whole)
    boa.env.timestamp += REVEAL_ENDS
    signatures = sign_all(verdict, stage.oracle, [OPERATOR])
    stage.oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures, sender=OPERATOR.address)
    return Work(verdict, tree)


def settle_work(
    stage: Stage,
    token: VyperContract,
    pays: Sequence[tuple[str, int]],
    total: int | None = None,
) -> Work:
    """Post such a verdict and let it become final, two days later."""
    work = post_work(stage, token, pays, total)
    boa.env.timestamp += CHALLENGE
    stage.oracle.finalise(work.verdict.as_tuple())
    return work
