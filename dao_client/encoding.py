"""Encode what contracts, operators and workers must hash alike; the one place that knows the bytes.

answerDigest  sha2-256 of the canonical JSON of the answer value
commitment    keccak256( uint256 taskId ‖ uint256 itemIndex ‖ bytes32 answerDigest
                         ‖ bytes32 salt ‖ address worker )                     one word each
methodHash    keccak256 of the canonical JSON {"name":…,"parameters":…,"version":…}

tree          columns of a leaf, see `merkle.py` for the hashing
commitments   uint256 taskId, uint256 itemIndex, bytes32 answerDigest, bytes32 salt, address worker
labels        uint256 taskId, uint256 itemIndex, bytes32 answerDigest, uint256 confidenceBps
payouts       uint256 taskId, uint256 index, address worker, uint256 amount     (slashes too)
submissions   uint256 taskId, uint256 index, address worker, uint256 answers, bytes32 submissionHash
gold          uint256 itemIndex, bytes32 answerDigest, bytes32 salt
"""

from collections.abc import Iterable

from eth_hash.auto import keccak

from dao_client.abi_rows import WORD, Cell, encode_row
from dao_client.canonical import digest_of, to_canonical
from dao_client.merkle import StandardMerkleTree
from dao_client.types import (
    Address,
    Anchor,
    Answer,
    Digest,
    ItemIndex,
    Json,
    LabelLeaf,
    Method,
    PayoutLeaf,
    SubmissionLeaf,
    TaskId,
)

ANCHOR_HEAD_BYTES = 26
COMMITMENT_TYPES = ("uint256", "uint256", "bytes32", "bytes32", "address")
GOLD_TYPES = ("uint256", "bytes32", "bytes32")
LABEL_TYPES = ("uint256", "uint256", "bytes32", "uint256")
PAYOUT_TYPES = ("uint256", "uint256", "address", "uint256")
SUBMISSION_TYPES = ("uint256", "uint256", "address", "uint256", "bytes32")


def answer_digest(value: Json) -> Digest:
    """Hash an answer value."""
    return digest_of(to_canonical(value))


def method_hash(method: Method) -> Digest:
    """Hash what names an aggregation method on chain."""
    members = {
        "name": method.name,
        "version": method.version,
        "parameters": dict(method.parameters),
    }
    return Digest(keccak(to_canonical(members)))


def anchor_head(anchors: Iterable[Anchor]) -> bytes:
    """Chain a task's anchors as `TaskEscrow` does; 32 bytes, the last six zero."""
    head = bytes(WORD)
    for anchor in anchors:
        row = encode_row(("bytes32", "bytes32", "uint256"), (head, anchor.root, anchor.answers))
        head = keccak(row)[:ANCHOR_HEAD_BYTES] + bytes(WORD - ANCHOR_HEAD_BYTES)
    return head


def commitment(
    task_id: TaskId, item: ItemIndex, digest: Digest, salt: bytes, worker: Address
) -> Digest:
    """Hash one answer so that it binds its worker and says nothing without its salt."""
    return Digest(keccak(encode_row(COMMITMENT_TYPES, (task_id, item, digest, salt, worker))))


def commitments_tree(
    task_id: TaskId, worker: Address, answers: Iterable[Answer]
) -> StandardMerkleTree:
    """Build the tree whose root a worker signs; one row for each answer, in the given order."""
    rows = (
        (task_id, answer.item, answer_digest(answer.value), answer.salt, worker)
        for answer in answers
    )
    return StandardMerkleTree.of(COMMITMENT_TYPES, rows)


def gold_tree(gold: Iterable[Answer]) -> StandardMerkleTree:
    """Build the tree whose root a task's document fixes; one row for each gold item."""
    rows = ((each.item, answer_digest(each.value), each.salt) for each in gold)
    return StandardMerkleTree.of(GOLD_TYPES, rows)


def labels_tree(leaves: Iterable[LabelLeaf]) -> StandardMerkleTree:
    """Build the labels tree of a verdict."""
    return StandardMerkleTree.of(LABEL_TYPES, map(label_row, leaves))


def payouts_tree(leaves: Iterable[PayoutLeaf]) -> StandardMerkleTree:
    """Build the payouts tree of a verdict, or its slashes tree."""
    return StandardMerkleTree.of(PAYOUT_TYPES, map(payout_row, leaves))


def submissions_tree(leaves: Iterable[SubmissionLeaf]) -> StandardMerkleTree:
    """Build the tree of one anchored batch."""
    return StandardMerkleTree.of(SUBMISSION_TYPES, map(submission_row, leaves))


def label_row(leaf: LabelLeaf) -> tuple[Cell, ...]:
    """List the columns of a label leaf."""
    return (leaf.task_id, leaf.item, leaf.answer_digest, leaf.confidence)


def payout_row(leaf: PayoutLeaf) -> tuple[Cell, ...]:
    """List the columns of a payout or slash leaf."""
    return (leaf.task_id, leaf.index, leaf.worker, leaf.amount)


def submission_row(leaf: SubmissionLeaf) -> tuple[Cell, ...]:
    """List the columns of an anchored submission's leaf."""
    return (leaf.task_id, leaf.index, leaf.worker, leaf.answers, leaf.submission_hash)
