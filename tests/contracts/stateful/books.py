"""A Python model of all money in the system: what each token and task must show after a step."""

from dataclasses import dataclass, field
from typing import Any

from dao_client.encoding import PAYOUT_TYPES, SUBMISSION_TYPES
from dao_client.merkle import StandardMerkleTree
from dao_client.types import Phase
from tests.system import ParameterValues


@dataclass
class TokenBooks:
    """Wei of one payment token through the escrow."""

    funded: int = 0
    paid: int = 0
    refunded: int = 0
    fees: int = 0
    fees_collected: int = 0


@dataclass
class StakeBooks:
    """Wei of one token through the staking ledger."""

    staked: int = 0
    withdrawn: int = 0
    slashed: int = 0
    burned: int = 0
    collected: int = 0


@dataclass
class Batch:
    """One anchored batch and the tree behind its root."""

    tree: StandardMerkleTree
    answers: int
    claimed: set[int] = field(default_factory=set)


@dataclass
class PostedVerdict:
    """A live verdict, its payouts and who signed it."""

    verdict: tuple[Any, ...]
    payouts: StandardMerkleTree
    slashes: StandardMerkleTree
    total: int
    posted_at: int
    signatures: dict[str, bytes]
    disputed_at: int = 0
    bond: int = 0
    is_ruled: bool = False


@dataclass
class TaskBooks:
    """One task."""

    task_id: int
    requester: str
    token: Any
    price: int
    claimable: int
    submit_deadline: int
    reveal_deadline: int
    verdict_deadline: int
    values: ParameterValues  # what was in force when it was created
    method: bytes  # one that was allowed then
    refundable: int = 0
    has_forced: bool = False
    batches: list[Batch] = field(default_factory=list)
    verdict: PostedVerdict | None = None
    struck: list[PostedVerdict] = field(default_factory=list)
    reopened_at: int = 0
    settled: StandardMerkleTree | None = None
    flat_price: int = 0
    ended: Phase | None = None
    claimed: set[int] = field(default_factory=set)
    slashed: set[int] = field(default_factory=set)

    @property
    def answers(self) -> int:
        return sum(batch.answers for batch in self.batches)

    @property
    def accepts_batches(self) -> bool:
        return self.ended is None and len(self.batches) < 4

    def phase(self, now: int) -> Phase:
        """Derive the phase from the clock, as the contract must."""
        if self.ended is not None:
            return self.ended
        if now < self.submit_deadline:
            return Phase.OPEN
        if now < self.reveal_deadline:
            return Phase.REVEAL
        if self.verdict is None:
            return Phase.SETTLING
        is_open = self.verdict.disputed_at and not self.verdict.is_ruled
        return Phase.DISPUTED if is_open else Phase.CHALLENGE

    @property
    def last_call(self) -> int:
        """Until when a verdict may come."""
        return max(self.verdict_deadline, self.reopened_at) + self.values.grace_seconds

    @property
    def fee(self) -> int:
        """What its verdict costs on top of the payouts."""
        assert self.verdict is not None
        return self.verdict.total * self.values.protocol_fee_bps // 10_000

    def settle(self, payouts: StandardMerkleTree, total: int, fee: int) -> None:
        self.settled, self.ended = payouts, Phase.FINAL
        self.refundable, self.claimable = self.claimable - total - fee, total

    def expire(self) -> None:
        self.ended = Phase.EXPIRED
        if self.answers:
            self.flat_price = min(self.price, self.claimable // self.answers)
        owed = self.flat_price * self.answers
        self.refundable, self.claimable = self.claimable - owed, owed


def payouts_tree(task_id: int, rows: list[tuple[str, int]]) -> StandardMerkleTree:
    return StandardMerkleTree.of(
        PAYOUT_TYPES,
        [(task_id, index, worker, amount) for index, (worker, amount) in enumerate(rows)],
    )


def batch_of(task_id: int, rows: list[tuple[str, int]], declared: int, salt: bytes) -> Batch:
    tree = StandardMerkleTree.of(
        SUBMISSION_TYPES,
        [(task_id, index, worker, count, salt) for index, (worker, count) in enumerate(rows)],
    )
    return Batch(tree, declared)
