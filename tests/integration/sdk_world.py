"""One chain with every contract, and the parts that other programs play: gateway, operator."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dao_client.canonical import digest_of
from dao_client.chain import Chain
from dao_client.deploying import deploy
from dao_client.deployment import System
from dao_client.documents import (
    BatchDocument,
    LabelRow,
    Outcome,
    PayoutRow,
    ReputationRow,
    Snapshot,
    SnapshotBlock,
    SubmissionEntry,
    SubmissionRequest,
    VerdictDocument,
    build_batch,
    build_labels,
    build_payouts,
    build_reputation,
    build_snapshot,
    build_submissions,
    build_verdict,
    parse_sealed,
)
from dao_client.encoding import (
    answer_digest,
    labels_tree,
    method_hash,
    payouts_tree,
    submissions_tree,
)
from dao_client.keys import LocalSigner
from dao_client.merkle import EMPTY_ROOT
from dao_client.messages import submission_digest, verdict_message
from dao_client.methods import DEFAULT_METHOD
from dao_client.nodes import ChainNode, advance, start_chain, stop_chain
from dao_client.payloads import write_pages
from dao_client.requester import DraftItem, Offer, TaskDraft, publish_task
from dao_client.sealing import sealing_key, sealing_secret
from dao_client.staker import lock_calls
from dao_client.transactions import Sender
from dao_client.types import (
    Address,
    Anchor,
    BlockNumber,
    Digest,
    ItemIndex,
    Json,
    LabelLeaf,
    PayoutLeaf,
    Receipt,
    SubmissionLeaf,
    TaskId,
    Timestamp,
    Verdict,
    Wei,
)
from dao_client.worker import SealedAnswers, build_submission, read_task
from ipfs_store import Cid, FolderStore, cid_of
from tests.deployments import TEST_SETTINGS

HOUR = 3_600
DAY = 24 * HOUR
PRICE = Wei(10)
BUDGET = Wei(10_000)
REQUESTER, GATEWAY, WORKER, OPERATOR = (LocalSigner.from_mnemonic(place) for place in range(4))
OPERATOR_STAKE = Wei(1_000 * 10**18)


@dataclass(frozen=True)
class SdkWorld:
    """The contracts on a node, and a store beside them."""

    node: ChainNode
    system: System
    store: FolderStore
    deployment_file: Path

    def sender(self, signer: LocalSigner) -> Sender:
        return Sender(self.system.chain, signer)

    def publish(self) -> TaskId:
        """Post a task of two items by the requester."""
        items = (DraftItem("a", text="a tabby"), DraftItem("b", text="a poodle"))
        draft = TaskDraft("Cats", "Is it one?", ("yes", "no"), items, 3, Wei(1))
        deadline = Timestamp(self.system.chain.clock() + HOUR)
        token = self.system.deployment.payment_token
        offer = Offer(token, GATEWAY.address, PRICE, BUDGET, deadline, HOUR, HOUR)
        published = publish_task(self.system, self.sender(REQUESTER), self.store, draft, offer)
        return published.task_id

    def sealed(self, task_id: TaskId, answers: Mapping[ItemIndex, Json]) -> SealedAnswers:
        """Let the worker answer, sealed to the operator."""
        task = read_task(self.system, self.store, task_id)
        return build_submission(self.system, WORKER, task_id, task, answers)

    def anchor(self, task_id: TaskId, requests: Sequence[SubmissionRequest]) -> Digest:
        """Play the gateway: store a batch and anchor it; return the digest of its document."""
        entries = [self._entry(request) for request in requests]
        leaves = [
            SubmissionLeaf(
                task_id,
                index,
                entry.submission.worker,
                entry.answer_count,
                entry.receipt.submission_hash,
            )
            for index, entry in enumerate(entries)
        ]
        answers = sum(entry.answer_count for entry in entries)
        pages = write_pages(self.store, build_submissions(entries))
        batch = build_batch(BatchDocument(task_id, answers, pages))
        self.store.put_block(batch)
        anchor = Anchor(submissions_tree(leaves).root, answers)
        call = self.system.task_escrow.anchor_submissions(task_id, anchor, digest_of(batch))
        self.sender(GATEWAY).send(call)
        return digest_of(batch)

    def settle(
        self,
        task_id: TaskId,
        pay: Mapping[Address, int],
        shown: Mapping[Address, int],
        reputation: Sequence[ReputationRow] = (),
        seats: Mapping[Address, Wei] | None = None,
    ) -> None:
        """Play the operator to the end: post a verdict and make it final."""
        verdict = self.post(task_id, pay, shown, reputation, seats)
        advance(self.system.chain, DAY + 1)
        self.sender(OPERATOR).send(self.system.verdict_oracle.finalise(verdict))

    def post(
        self,
        task_id: TaskId,
        pay: Mapping[Address, int],
        shown: Mapping[Address, int],
        reputation: Sequence[ReputationRow] = (),
        seats: Mapping[Address, Wei] | None = None,
    ) -> Verdict:
        """Play the operator: decide `pay`, store a document of `shown`, post the verdict.

        In the document, the pay of workers with one of the `seats` is held as stake.
        """
        labels = [LabelRow(0, "yes", 9_000), LabelRow(1, "no", 8_000)]
        seat_of = (seats or {}).get
        rows = [
            PayoutRow(place, each, Wei(shown[each]), seat_of(each))
            for place, each in enumerate(shown)
        ]
        snapshot = _snapshot(task_id, write_pages(self.store, build_reputation(reputation)))
        self.store.put_block(snapshot)
        document = build_verdict(
            VerdictDocument(
                task_id,
                cid_of(snapshot),
                DEFAULT_METHOD,
                write_pages(self.store, build_labels(labels)),
                write_pages(self.store, build_payouts(rows)),
                slashes=(),
                refusals=(),
                outcome=Outcome(health=10**9, audited=0, errors=0, is_delivered=True),
            )
        )
        self.store.put_block(document)
        verdict = _verdict(task_id, digest_of(snapshot), labels, pay)
        signature = OPERATOR.sign_typed(verdict_message(verdict, self.system.oracle_domain))
        advance(self.system.chain, 2 * HOUR + 1)
        oracle = self.system.verdict_oracle
        self.sender(OPERATOR).send(oracle.post_verdict(verdict, digest_of(document), [signature]))
        return verdict

    def _entry(self, request: SubmissionRequest) -> SubmissionEntry:
        self.store.put_block(request.sealed)
        digest = submission_digest(request.submission, self.system.escrow_domain)
        now = self.system.chain.clock()
        return SubmissionEntry(
            request.submission,
            request.signature,
            Receipt(digest, now, Timestamp(now + 60)),
            b"\1" * 65,
            len(parse_sealed(request.sealed).items),
        )


def _snapshot(task_id: TaskId, reputation: tuple[Cid, ...]) -> bytes:
    """Write a snapshot of which nobody reads more than what it changed about workers."""
    block = SnapshotBlock(BlockNumber(0), Digest(bytes(32)), Timestamp(0))
    return build_snapshot(
        Snapshot(
            chain_id=0,
            escrow=OPERATOR.address,
            task_id=task_id,
            block=block,
            beacon=block,
            spec=cid_of(b"spec"),
            batches=(),
            forced=(),
            stakes=(),
            reputation=reputation,
        )
    )


def _verdict(
    task_id: TaskId, snapshot: Digest, labels: Sequence[LabelRow], pay: Mapping[Address, int]
) -> Verdict:
    label_leaves = [
        LabelLeaf(task_id, row.item, answer_digest(row.answer), row.confidence) for row in labels
    ]
    payout_leaves = [
        PayoutLeaf(task_id, place, each, Wei(pay[each])) for place, each in enumerate(pay)
    ]
    return Verdict(
        task_id,
        snapshot,
        labels_tree(label_leaves).root,
        payouts_tree(payout_leaves).root,
        EMPTY_ROOT,
        Wei(sum(pay.values())),
        method_hash(DEFAULT_METHOD),
    )


@contextmanager
def sdk_world(kind: str, folder: Path) -> Iterator[SdkWorld]:
    """Start a node, deploy, register the operator; stop the node afterwards."""
    node = start_chain(kind, state_dir=folder / "chain", accounts=4)
    try:
        requester = Sender(Chain.connect(node.url), REQUESTER)
        deployment = deploy(requester, replace(TEST_SETTINGS, arbitrator=REQUESTER.address))
        deployment.save(folder / "deployment.json")
        system = System.connect(requester.chain, deployment)
        requester.send(system.work_token.transfer(OPERATOR.address, OPERATOR_STAKE))
        operator = Sender(system.chain, OPERATOR)
        for call in lock_calls(system, OPERATOR.address, OPERATOR_STAKE):
            operator.send(call)
        operator.send(system.verdict_oracle.register_operator(OPERATOR_STAKE))
        secret = sealing_secret(OPERATOR, system.oracle_domain)
        operator.send(system.verdict_oracle.set_sealing_key(sealing_key(secret)))
        store = FolderStore(folder / "store")
        yield SdkWorld(node, system, store, folder / "deployment.json")
    finally:
        stop_chain(folder / "chain")
