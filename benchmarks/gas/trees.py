"""Build the trees of tasks with very few and very many answers, by workers who do not exist."""

from collections.abc import Sequence
from dataclasses import dataclass

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from dao_client.encoding import (
    answer_digest,
    labels_tree,
    method_hash,
    payouts_tree,
    submissions_tree,
)
from dao_client.merkle import EMPTY_ROOT, StandardMerkleTree
from dao_client.methods import DEFAULT_METHOD
from dao_client.types import (
    Address,
    Anchor,
    Bps,
    Digest,
    ItemIndex,
    LabelLeaf,
    PayoutLeaf,
    SubmissionLeaf,
    TaskId,
    Verdict,
    Wei,
)

PRICE = Wei(10**16)
OVERLAP = 10


@dataclass(frozen=True)
class Work:
    """Everything that was answered and decided in one task; each submission holds one answer."""

    task_id: TaskId
    answers: int
    submissions: StandardMerkleTree
    payouts: StandardMerkleTree
    verdict: Verdict
    submission_leaves: Sequence[SubmissionLeaf]
    payout_leaves: Sequence[PayoutLeaf]

    @property
    def anchor(self) -> Anchor:
        """Return what the gateway anchors."""
        return Anchor(self.submissions.root, self.answers)


def work_of(task_id: int, answers: int, workers: Sequence[Address]) -> Work:
    """Let `workers` answer in turn, `OVERLAP` answers for an item, each worth the price."""
    task = TaskId(task_id)
    given = [
        SubmissionLeaf(task, index, workers[index % len(workers)], 1, _hash("submission", index))
        for index in range(answers)
    ]
    rounds, more = divmod(answers, len(workers))
    busy = range(min(len(workers), answers))
    amounts = [Wei(PRICE * (rounds + (place < more))) for place in busy]
    paid = [PayoutLeaf(task, place, workers[place], amount) for place, amount in enumerate(amounts)]
    payouts = payouts_tree(paid)
    verdict = Verdict(
        task_id=task,
        input_digest=_hash("snapshot", task_id),
        labels_root=_labels(task, answers // OVERLAP).root,
        payouts_root=payouts.root,
        slashes_root=EMPTY_ROOT,
        total_payout=Wei(sum(amounts)),
        method_hash=method_hash(DEFAULT_METHOD),
    )
    return Work(task, answers, submissions_tree(given), payouts, verdict, given, paid)


def worker_addresses(count: int) -> tuple[Address, ...]:
    """Name wallets that nobody has the key of, and that nothing was ever sent to."""
    return tuple(
        Address(to_checksum_address(_hash("worker", place)[12:])) for place in range(count)
    )


def document_of(task_id: int) -> Digest:
    """Stand in for the digest of any document of a task."""
    return _hash("document", task_id)


def _labels(task: TaskId, items: int) -> StandardMerkleTree:
    digest = answer_digest("yes")
    return labels_tree(
        LabelLeaf(task, ItemIndex(item), digest, Bps(9_000 + item % 1_000)) for item in range(items)
    )


def _hash(what: str, number: int) -> Digest:
    return Digest(keccak(text=f"{what} {number}"))
