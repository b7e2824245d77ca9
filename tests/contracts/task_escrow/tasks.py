"""What a requester asks, and the trees that pay for it."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import boa
from eth_utils import keccak

from dao_client.merkle import StandardMerkleTree

HOUR = 3_600
DAY = 24 * HOUR
PRICE = 1_000
BUDGET = 100_000
FEE_BPS = 250
MAX_WEI = 2**96 - 1
ROOT = keccak(b"root")
EVIDENCE = keccak(b"evidence")
ZERO = b"\0" * 32
NOBODY = "0x" + "00" * 20
PAYOUT_TYPES = ("uint256", "uint256", "address", "uint256")
SUBMISSION_TYPES = ("uint256", "uint256", "address", "uint256", "bytes32")


@dataclass(frozen=True)
class Terms:
    """The fields of ITaskEscrow.TaskTerms in their order."""

    token: str
    gateway: str
    price: int = PRICE
    budget: int = BUDGET
    spec: bytes = keccak(b"spec")
    submit_deadline: int = 0
    reveal_seconds: int = HOUR
    verdict_seconds: int = DAY

    def as_tuple(self) -> tuple[object, ...]:
        """Return what the contract takes; no deadline means one day from now."""
        fields = list(astuple(self))
        fields[5] = self.submit_deadline or boa.env.timestamp + DAY
        return tuple(fields)


def payouts(task_id: int, amounts: Sequence[tuple[str, int]]) -> StandardMerkleTree:
    """Build the payout tree that pays each worker its amount."""
    rows = [(task_id, index, *pay) for index, pay in enumerate(amounts)]
    return StandardMerkleTree.of(PAYOUT_TYPES, rows)


def submissions(task_id: int, answers: Sequence[tuple[str, int]]) -> StandardMerkleTree:
    """Build the tree of a batch in which each worker gave so many answers."""
    rows = [
        (task_id, index, worker, count, keccak(text=f"submission {index}"))
        for index, (worker, count) in enumerate(answers)
    ]
    return StandardMerkleTree.of(SUBMISSION_TYPES, rows)


def claim_of(tree: StandardMerkleTree, index: int) -> tuple[object, ...]:
    """Return the arguments of `claim` for one payout."""
    return (*tree.rows[index], list(tree.proof(index)))


def flat_claim_of(
    tree: StandardMerkleTree, index: int, anchors: Sequence[tuple[bytes, int]], position: int = 0
) -> tuple[object, ...]:
    """Return the arguments of `claim_flat` for one submission."""
    task_id, _, worker, answers, submission_hash = tree.rows[index]
    proof = list(tree.proof(index))
    return (task_id, list(anchors), position, index, worker, answers, submission_hash, proof)


def pass_submit_deadline() -> None:
    """Go to where answers are no longer taken."""
    boa.env.time_travel(seconds=DAY)


def pass_reveal_deadline() -> None:
    """Go to where anchoring is over."""
    boa.env.time_travel(seconds=DAY + HOUR)
