"""Compute a verdict and the documents behind it: what operators do, and anyone who checks them.

collect ▶ verify ▶ judge ▶ label, pay ▶ verdict
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dao_client.canonical import digest_of
from dao_client.documents import (
    LabelRow,
    RefusalRow,
    Snapshot,
    VerdictDocument,
    build_labels,
    build_payouts,
    build_refusals,
    build_reputation,
    build_snapshot,
    build_verdict,
)
from dao_client.types import Address, Digest, ItemIndex, TaskId, Verdict, Wei
from ipfs_store import Cid, Store, cid_of

from .chain import EvidenceChain
from .collect import collect
from .decision import decide
from .types import Decision, Label, Refusal
from .verdict import check_sanity, verdict_of


@dataclass(frozen=True)
class Computation:
    """A verdict, the decision under its roots, and every block to publish with it.

    The verdict document is the last of `blocks`; `document` is its digest.
    """

    verdict: Verdict
    decision: Decision
    snapshot: Snapshot
    stakes: Mapping[Address, Wei]
    document: Digest
    blocks: tuple[bytes, ...]


def compute(
    chain: EvidenceChain, store: Store, task_id: TaskId, missing: Iterable[Cid] | None = None
) -> Computation | None:
    """Compute the verdict from chain and store alone; none while the snapshot is not final."""
    collected = collect(chain, store, task_id, missing)
    if collected is None:
        return None
    decision = decide(collected.evidence, chain.wallets(collected.block.number))
    reputation = build_reputation(decision.reputation)
    snapshot = replace(collected.snapshot, reputation=tuple(map(cid_of, reputation)))
    pinned = build_snapshot(snapshot)
    rules = collected.evidence.rules
    verdict = verdict_of(rules, digest_of(pinned), decision)
    check_sanity(rules, decision, verdict)
    rows, document = _documents(task_id, cid_of(pinned), decision)
    return Computation(
        verdict=verdict,
        decision=decision,
        snapshot=snapshot,
        stakes=collected.evidence.stakes,
        document=digest_of(document),
        blocks=(*collected.pages, *reputation, pinned, *rows, document),
    )


def _documents(
    task_id: TaskId, snapshot: Cid, decision: Decision
) -> tuple[tuple[bytes, ...], bytes]:
    """Write the pages of rows, and the verdict document that links them."""
    labels = build_labels(map(_label_row, decision.labels))
    payouts = build_payouts(decision.payouts)
    slashes = build_payouts(decision.slashes)
    refusals = build_refusals(map(_refusal_row, decision.refusals))
    document = VerdictDocument(
        task_id=task_id,
        snapshot=snapshot,
        method=decision.method,
        labels=tuple(map(cid_of, labels)),
        payouts=tuple(map(cid_of, payouts)),
        slashes=tuple(map(cid_of, slashes)),
        refusals=tuple(map(cid_of, refusals)),
        outcome=decision.outcome,
    )
    return (*labels, *payouts, *slashes, *refusals), build_verdict(document)


def _label_row(label: Label) -> LabelRow:
    return LabelRow(label.item, label.answer, label.confidence)


def _refusal_row(refusal: Refusal) -> RefusalRow:
    item = None if refusal.item < 0 else ItemIndex(refusal.item)
    return RefusalRow(refusal.worker, refusal.assignment_id, item, str(refusal.reason))
