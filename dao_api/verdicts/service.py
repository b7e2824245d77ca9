"""Read a verdict's document and compute its roots again: what the chain denies is not shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dao_api.chain import ChainView
from dao_api.database import VerdictRow
from dao_api.errors import RootMismatched, VerdictUnknown
from dao_api.tasks.service import TaskService
from dao_api.verdicts.repository import VerdictRepository
from dao_client.documents import LabelRow, PayoutRow, VerdictDocument, parse_verdict
from dao_client.encoding import answer_digest, labels_tree, method_hash, payout_leaf, payouts_tree
from dao_client.merkle import StandardMerkleTree
from dao_client.messages import Domain, verdict_digest
from dao_client.payloads import read_labels, read_payouts
from dao_client.types import Digest, LabelLeaf, TaskId, Verdict, Wei
from ipfs_store import Store, cid_from_digest, digest_of_cid

CHECKED_VERDICTS = 16
NO_DIGEST = bytes(32)


@dataclass(frozen=True, slots=True)
class CheckedVerdict:
    """A verdict whose rows give the roots on chain."""

    verdict: Verdict
    document_digest: Digest
    document: VerdictDocument
    labels: tuple[LabelRow, ...]
    payouts: tuple[PayoutRow, ...]
    payouts_tree: StandardMerkleTree
    labels_tree: StandardMerkleTree


class VerdictService:
    """Finds and checks the verdict of a task."""

    def __init__(
        self,
        view: ChainView,
        store: Store,
        verdicts: VerdictRepository,
        tasks: TaskService,
        domain: Domain,
    ) -> None:
        self._view = view
        self._store = store
        self._verdicts = verdicts
        self._tasks = tasks
        self._domain = domain
        self._checked = lru_cache(CHECKED_VERDICTS)(self._check)

    def verdict(self, task_id: TaskId) -> CheckedVerdict:
        """Return the verdict that stands for a task."""
        self._tasks.task(task_id)
        standing = self._view.record(task_id).digest
        if standing == NO_DIGEST:
            raise VerdictUnknown(f"no verdict stands for task {task_id}")
        row = self._verdicts.newest(task_id)
        if row is None or verdict_digest(_verdict(row), self._domain) != standing:
            raise VerdictUnknown(
                f"the verdict of task {task_id} is not in the index yet; GET /health shows its lag"
            )
        return self._checked(_verdict(row), Digest(row.document))

    def _check(self, verdict: Verdict, document_digest: Digest) -> CheckedVerdict:
        block = self._store.get_block(cid_from_digest(document_digest))
        document = parse_verdict(block)
        labels = read_labels(self._store, document.labels)
        payouts = read_payouts(self._store, document.payouts)
        slashes = read_payouts(self._store, document.slashes)
        checked = CheckedVerdict(
            verdict=verdict,
            document_digest=document_digest,
            document=document,
            labels=labels,
            payouts=payouts,
            payouts_tree=self._tree(verdict.task_id, payouts),
            labels_tree=labels_tree(_label_leaves(verdict.task_id, labels)),
        )
        _compare(checked, self._tree(verdict.task_id, slashes).root)
        return checked

    def _tree(self, task_id: TaskId, rows: Iterable[PayoutRow]) -> StandardMerkleTree:
        entry_stake = self._view.entry_stake()
        return payouts_tree(payout_leaf(task_id, row, entry_stake) for row in rows)


def _compare(checked: CheckedVerdict, slashes_root: Digest) -> None:
    verdict, document = checked.verdict, checked.document
    facts: tuple[tuple[str, object, object], ...] = (
        ("task", document.task_id, verdict.task_id),
        ("input digest", digest_of_cid(document.snapshot), verdict.input_digest),
        ("labels root", checked.labels_tree.root, verdict.labels_root),
        ("payouts root", checked.payouts_tree.root, verdict.payouts_root),
        ("slashes root", slashes_root, verdict.slashes_root),
        ("total payout", sum(row.amount for row in checked.payouts), verdict.total_payout),
        ("method hash", method_hash(document.method), verdict.method_hash),
    )
    for name, computed, posted in facts:
        if computed != posted:
            raise RootMismatched(
                f"the verdict document of task {verdict.task_id} gives {name} {_shown(computed)}, "
                f"the chain has {_shown(posted)}: trust neither this document nor its store"
            )


def _shown(value: object) -> str:
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)


def _verdict(row: VerdictRow) -> Verdict:
    return Verdict(
        task_id=TaskId(row.task_id),
        input_digest=Digest(row.input_digest),
        labels_root=Digest(row.labels_root),
        payouts_root=Digest(row.payouts_root),
        slashes_root=Digest(row.slashes_root),
        total_payout=Wei(row.total_payout),
        method_hash=Digest(row.method_hash),
    )


def _label_leaves(task_id: TaskId, rows: Iterable[LabelRow]) -> Iterable[LabelLeaf]:
    return (LabelLeaf(task_id, row.item, answer_digest(row.answer), row.confidence) for row in rows)
