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

purse         the worker of a payout leaf whose pay is held as stake: where CREATE2 of `EntryStake`
              puts the proxy of itself (EIP-1014, EIP-1167), with the salt
              keccak256( address worker ‖ uint256 seatSize )                    one word each
"""

from collections.abc import Iterable

from eth_hash.auto import keccak
from eth_utils.address import to_checksum_address

from dao_client.abi_rows import WORD, Cell, encode_row
from dao_client.canonical import digest_of, to_canonical
from dao_client.documents import PayoutRow
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
    Wei,
)

ANCHOR_HEAD_BYTES = 26
COMMITMENT_TYPES = ("uint256", "uint256", "bytes32", "bytes32", "address")
GOLD_TYPES = ("uint256", "bytes32", "bytes32")
LABEL_TYPES = ("uint256", "uint256", "bytes32", "uint256")
PROXY_HEAD = bytes.fromhex("602d3d8160093d39f3363d3d373d3d3d363d73")
PROXY_TAIL = bytes.fromhex("5af43d82803e903d91602b57fd5bf3")
PURSE_TYPES = ("address", "uint256")
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


def purse_address(entry_stake: Address, worker: Address, seat_size: Wei) -> Address:
    """Return where pay waits that becomes a worker's stake; a contract from the first credit on."""
    deployer = bytes.fromhex(entry_stake[2:])
    salt = keccak(encode_row(PURSE_TYPES, (worker, seat_size)))
    code = keccak(PROXY_HEAD + deployer + PROXY_TAIL)
    return Address(to_checksum_address(keccak(b"\xff" + deployer + salt + code)[12:]))


def payout_leaf(task_id: TaskId, row: PayoutRow, entry_stake: Address) -> PayoutLeaf:
    """Turn a row of a verdict's document into its leaf: held pay goes to the worker's purse."""
    payee = row.worker
    if row.entry_seat is not None:
        payee = purse_address(entry_stake, row.worker, row.entry_seat)
    return PayoutLeaf(task_id, row.index, payee, row.amount)


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
