"""Read the flat payouts of an expired task out of the evidence of its anchors."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dao_api.database import AnchorRow
from dao_api.errors import RootMismatched
from dao_client.documents import parse_batch
from dao_client.encoding import submissions_tree
from dao_client.merkle import StandardMerkleTree
from dao_client.messages import Domain, submission_digest
from dao_client.payloads import read_submissions
from dao_client.types import Address, Digest, SubmissionLeaf, TaskId
from ipfs_store import Store, cid_from_digest

BATCHES = 64


@dataclass(frozen=True, slots=True)
class Batch:
    """The leaves of one anchor, confirmed by its root."""

    leaves: tuple[SubmissionLeaf, ...]
    tree: StandardMerkleTree


class FlatPayouts:
    """Reads batches from the store; each is checked against the root on chain."""

    def __init__(self, store: Store, domain: Domain) -> None:
        self._store = store
        self._domain = domain
        self._checked = lru_cache(BATCHES)(self._read)

    def batches(self, anchors: Sequence[AnchorRow]) -> list[Batch]:
        """Return the batches of a task in the order of its anchors."""
        return [
            self._checked(TaskId(row.task_id), Digest(row.root), Digest(row.evidence))
            for row in anchors
        ]

    def _read(self, task_id: TaskId, root: Digest, evidence: Digest) -> Batch:
        document = parse_batch(self._store.get_block(cid_from_digest(evidence)))
        entries = read_submissions(self._store, document)
        leaves = tuple(
            SubmissionLeaf(
                task_id,
                index,
                Address(entry.submission.worker),
                entry.answer_count,
                submission_digest(entry.submission, self._domain),
            )
            for index, entry in enumerate(entries)
        )
        tree = submissions_tree(leaves)
        if tree.root != root:
            raise RootMismatched(
                f"the batch document of task {task_id} gives root 0x{tree.root.hex()}, the chain "
                f"has 0x{root.hex()}: trust neither this document nor its store"
            )
        return Batch(leaves, tree)
