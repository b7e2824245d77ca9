"""Hash a decision into the seven values that operators sign."""

from collections.abc import Iterable

from dao_client.documents import PayoutRow
from dao_client.encoding import (
    answer_digest,
    labels_tree,
    method_hash,
    payout_leaf,
    payouts_tree,
)
from dao_client.merkle import StandardMerkleTree
from dao_client.types import Digest, LabelLeaf, TaskId, Verdict, Wei

from .errors import VerdictRefused
from .types import Decision, Rules


def verdict_of(rules: Rules, input_digest: Digest, decision: Decision) -> Verdict:
    """Compute the verdict; the same decision gives the same one on every machine."""
    task_id = rules.task.task_id
    return Verdict(
        task_id=task_id,
        input_digest=input_digest,
        labels_root=label_tree_of(task_id, decision).root,
        payouts_root=tree_of(rules, decision.payouts).root,
        slashes_root=tree_of(rules, decision.slashes).root,
        total_payout=Wei(sum(row.amount for row in decision.payouts)),
        method_hash=method_hash(decision.method),
    )


def tree_of(rules: Rules, rows: Iterable[PayoutRow]) -> StandardMerkleTree:
    """Build the tree of payouts or of slashes."""
    return payouts_tree(payout_leaf(rules.task.task_id, row, rules.entry_stake) for row in rows)


def label_tree_of(task_id: TaskId, decision: Decision) -> StandardMerkleTree:
    """Build the labels tree: one leaf per labelled item."""
    return labels_tree(
        LabelLeaf(
            task_id=task_id,
            item=label.item,
            answer_digest=answer_digest(label.answer),
            confidence=label.confidence,
        )
        for label in decision.labels
    )


def check_sanity(rules: Rules, decision: Decision, verdict: Verdict) -> None:
    """Hold back a verdict that no honest computation gives; a last gate before the key is used."""
    workers = [row.worker for row in decision.payouts]
    slashed = [row.worker for row in decision.slashes]
    items = [label.item for label in decision.labels]
    faults = {
        "pays more than the escrow holds": verdict.total_payout > rules.payable,
        "pays a worker twice": len(set(workers)) != len(workers),
        "pays nothing to a listed worker": any(row.amount == 0 for row in decision.payouts),
        "slashes a worker twice": len(set(slashed)) != len(slashed),
        "slashes nothing of a listed worker": any(row.amount == 0 for row in decision.slashes),
        "labels an item twice": len(set(items)) != len(items),
        "labels an unknown item": any(not 0 <= item < rules.item_count for item in items),
    }
    found = [fault for fault, is_true in faults.items() if is_true]
    if found:
        raise VerdictRefused(
            f"verdict for task {verdict.task_id} {' and '.join(found)} (total "
            f"{verdict.total_payout}, payable {rules.payable}): nothing was signed; report this"
        )
