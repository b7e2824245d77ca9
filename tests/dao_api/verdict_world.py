"""Posted verdicts and anchored batches in the fake world, true unless a test falsifies them."""

from dataclasses import dataclass, replace

from dao_api.database import AnchorRow, VerdictRow
from dao_client.canonical import digest_of
from dao_client.documents import (
    LabelRow,
    Outcome,
    PayoutRow,
    VerdictDocument,
    build_labels,
    build_payouts,
    build_verdict,
)
from dao_client.encoding import answer_digest, labels_tree, method_hash, payout_leaf, payouts_tree
from dao_client.messages import verdict_digest
from dao_client.types import (
    Bps,
    Digest,
    ItemIndex,
    LabelLeaf,
    Method,
    PayoutLeaf,
    Phase,
    Record,
    TaskId,
    Timestamp,
    Verdict,
    Wei,
)
from ipfs_store import cid_of, digest_of_cid
from tests.dao_api.fakes import ENTRY_STAKE
from tests.dao_api.world import STRANGER, VERDICT_DOMAIN, WORKER, World

METHOD = Method("majority", "1", {})
GOOD = Outcome(health=10**9, audited=0, errors=0, is_delivered=True)
SNAPSHOT = cid_of(b"snapshot")
LABELS = tuple(LabelRow(ItemIndex(each), ("yes", "no")[each % 2], Bps(9_000)) for each in range(5))
PAYOUTS = (
    PayoutRow(0, STRANGER.address, Wei(10)),
    PayoutRow(1, WORKER.address, Wei(25)),
    PayoutRow(2, WORKER.address, Wei(5), Wei(1_000)),
)


@dataclass(frozen=True)
class Posted:
    """A verdict and the digest of its document."""

    verdict: Verdict
    document: Digest


def true_verdict(world: World, method: Method = METHOD) -> Posted:
    labels = [world.store.put_block(page) for page in build_labels(LABELS)]
    payouts = [world.store.put_block(page) for page in build_payouts(PAYOUTS)]
    document = build_verdict(
        VerdictDocument(TaskId(1), SNAPSHOT, method, tuple(labels), tuple(payouts), (), (), GOOD)
    )
    world.store.put_block(document)
    leaves = [
        LabelLeaf(TaskId(1), row.item, answer_digest(row.answer), row.confidence) for row in LABELS
    ]
    verdict = Verdict(
        task_id=TaskId(1),
        input_digest=Digest(digest_of_cid(SNAPSHOT)),
        labels_root=labels_tree(leaves).root,
        payouts_root=payouts_tree(payout_leaves()).root,
        slashes_root=payouts_tree([]).root,
        total_payout=Wei(40),
        method_hash=method_hash(METHOD),
    )
    return Posted(verdict, digest_of(document))


def payout_leaves() -> list[PayoutLeaf]:
    return [payout_leaf(TaskId(1), row, ENTRY_STAKE) for row in PAYOUTS]


def post_verdict(world: World, posted: Posted, **falsified: object) -> None:
    """Put a verdict on the chain and into the index."""
    verdict = replace(posted.verdict, **falsified)
    world.view.task_phases[1] = Phase.CHALLENGE
    world.view.records[1] = Record(
        verdict_digest(verdict, VERDICT_DOMAIN), Timestamp(1), Timestamp(0)
    )
    with world.sessions.begin() as session:
        session.add(
            VerdictRow(
                block_number=500,
                log_index=0,
                block_hash=bytes(32),
                task_id=1,
                input_digest=verdict.input_digest,
                labels_root=verdict.labels_root,
                payouts_root=verdict.payouts_root,
                slashes_root=verdict.slashes_root,
                total_payout=verdict.total_payout,
                method_hash=verdict.method_hash,
                document=posted.document,
            )
        )


def anchor(world: World, number: int, root: Digest, answers: int, evidence: Digest) -> None:
    """Let the index see an anchor."""
    with world.sessions.begin() as session:
        session.add(
            AnchorRow(
                block_number=number,
                log_index=0,
                block_hash=bytes(32),
                task_id=1,
                root=root,
                answers=answers,
                evidence=evidence,
            )
        )
