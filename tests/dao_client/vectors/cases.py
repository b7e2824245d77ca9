"""Compute the golden vectors from fixed inputs."""

from typing import Any

from eth_account import Account

from dao_client.abi_rows import Cell
from dao_client.canonical import digest_of, to_canonical
from dao_client.documents.values import to_hex
from dao_client.encoding import (
    COMMITMENT_TYPES,
    LABEL_TYPES,
    PAYOUT_TYPES,
    SUBMISSION_TYPES,
    anchor_head,
    answer_digest,
    commitment,
    method_hash,
)
from dao_client.merkle import StandardMerkleTree
from dao_client.messages import (
    Domain,
    TypedData,
    message_digest,
    receipt_message,
    sign,
    submission_message,
    verdict_message,
)
from dao_client.types import Address, Anchor, Answer, Json, Method, Receipt, Submission, Verdict
from ipfs_store import cid_of
from tests.dao_client.documents.examples import BLOCKS

KEY = b"\x2a" * 32
WORKER = Address(Account.from_key(KEY).address)
ESCROW = Address("0x5FbDB2315678afecb367f032d93F642f64180aa3")
ORACLE = Address("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512")
WORDS = [bytes([number]) * 32 for number in range(256)]
ANSWER = Answer(3, "cat", WORDS[9])
METHODS = (
    Method("majority", "1", {}),
    Method("dawid_skene", "1", {"iterations": 100, "smoothing": "0.01"}),
)
VALUES: tuple[Json, ...] = ("cat", "0", "", "é€😀", 7, True, None, ["b", "a"], {"b": 1, "a": []})
SUBMISSION = Submission(7, 2**200 + 1, WORKER, WORDS[1], WORDS[2], 1_800_000_000)
VERDICT = Verdict(7, WORDS[1], WORDS[2], WORDS[3], WORDS[4], 123 * 10**18, WORDS[5])
SIZES = (0, 1, 2, 3, 5, 8)


def vectors() -> dict[str, Any]:
    """Return what each file holds."""
    return {
        "documents": _documents(),
        "encoding": _encoding(),
        "merkle": [tree_vector(types, row, size) for types, row in _ROWS.items() for size in SIZES],
        "messages": _messages(),
    }


def _documents() -> dict[str, Any]:
    return {
        kind.value: {
            "cid": cid_of(block),
            "digest": to_hex(digest_of(block)),
            "canonical": block.decode(),
        }
        for kind, block in BLOCKS.items()
    }


def _encoding() -> dict[str, Any]:
    digest = answer_digest(ANSWER.value)
    row = (7, ANSWER.item, digest, ANSWER.salt, WORKER)
    anchors = [Anchor(WORDS[1], 3), Anchor(WORDS[2], 4)]
    return {
        "answers": [
            {
                "value": value,
                "canonical": to_canonical(value).decode(),
                "digest": to_hex(answer_digest(value)),
            }
            for value in VALUES
        ],
        "commitment": {
            "types": list(COMMITMENT_TYPES),
            "row": as_json(row),
            "hash": to_hex(commitment(7, ANSWER.item, digest, ANSWER.salt, WORKER)),
        },
        "methods": [
            {
                "name": method.name,
                "version": method.version,
                "parameters": method.parameters,
                "hash": to_hex(method_hash(method)),
            }
            for method in METHODS
        ],
        "anchor_heads": [
            {
                "anchors": [[to_hex(anchor.root), anchor.answers] for anchor in anchors[:count]],
                "head": to_hex(anchor_head(anchors[:count])),
            }
            for count in range(3)
        ],
    }


_ROWS = {
    COMMITMENT_TYPES: lambda n: (7, n, WORDS[n], WORDS[n + 100], WORKER),
    LABEL_TYPES: lambda n: (7, n, WORDS[n % 3], 10_000 - n),
    PAYOUT_TYPES: lambda n: (7, n, WORKER, 10**18 * n),
    SUBMISSION_TYPES: lambda n: (7, n, WORKER, n + 1, WORDS[n]),
}


def tree_vector(types: tuple[str, ...], row: Any, size: int) -> dict[str, Any]:
    """Return a tree of so many rows; `row` makes one from its number."""
    rows = [row(number) for number in range(size)]
    tree = StandardMerkleTree.of(types, rows)
    return {
        "types": list(types),
        "rows": [as_json(each) for each in rows],
        "root": to_hex(tree.root),
        "proofs": [[to_hex(node) for node in tree.proof(index)] for index in range(size)],
    }


def as_json(row: tuple[Cell, ...]) -> list[str]:
    """Write a row as JSON holds it: numbers as decimal text, bytes as hex."""
    return [to_hex(cell) if isinstance(cell, bytes) else str(cell) for cell in row]


def from_json(types: list[str], row: list[str]) -> tuple[Cell, ...]:
    """Read a row that `as_json` wrote."""
    read = {"uint256": int, "address": str, "bytes32": lambda text: bytes.fromhex(text[2:])}
    return tuple(read[kind](cell) for kind, cell in zip(types, row, strict=True))


def _messages() -> list[dict[str, Any]]:
    escrow, oracle = Domain(1337, ESCROW), Domain(31337, ORACLE)
    receipt = Receipt(message_digest(submission_message(SUBMISSION, escrow)), 10, 70)
    return [
        _message(submission_message(SUBMISSION, escrow)),
        _message(receipt_message(receipt, escrow)),
        _message(verdict_message(VERDICT, oracle)),
    ]


def _message(message: TypedData) -> dict[str, Any]:
    return {
        "message": message,
        "digest": to_hex(message_digest(message)),
        "key": to_hex(KEY),
        "signer": WORKER,
        "signature": to_hex(sign(message, Account.from_key(KEY))),
    }
