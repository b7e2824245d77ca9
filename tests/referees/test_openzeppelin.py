"""@openzeppelin/merkle-tree builds our roots; each side verifies the other's proofs."""

from typing import Any

import pytest
from eth_utils import keccak, to_checksum_address

from dao_client.documents.values import from_hex
from dao_client.encoding import PAYOUT_TYPES
from dao_client.merkle import StandardMerkleTree, verify_proof
from tests.dao_client.vectors.cases import from_json, tree_vector
from tests.dao_client.vectors.files import load
from tests.referees.asking import ask_referees

pytestmark = pytest.mark.integration

LARGE = tree_vector(
    PAYOUT_TYPES, lambda n: (7, n, to_checksum_address(keccak(bytes([n]))[:20]), 10**18 + n), 200
)
TREES = [tree for tree in load("merkle") if tree["rows"]] + [LARGE]


def rows_of(tree: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [from_json(tree["types"], row) for row in tree["rows"]]


def test_tree__built_by_openzeppelin__has_our_root_and_proofs() -> None:
    questions = [{"ask": "tree", "types": tree["types"], "rows": tree["rows"]} for tree in TREES]

    built = ask_referees(questions)

    assert [theirs["root"] for theirs in built] == [tree["root"] for tree in TREES]
    assert [theirs["proofs"] for theirs in built] == [tree["proofs"] for tree in TREES]


def test_proofs__of_openzeppelin__verify_with_us() -> None:
    questions = [{"ask": "tree", "types": tree["types"], "rows": tree["rows"]} for tree in TREES]

    for tree, theirs in zip(TREES, ask_referees(questions), strict=True):
        for row, proof in zip(rows_of(tree), theirs["proofs"], strict=True):
            verify_proof(from_hex(theirs["root"]), tree["types"], row, [*map(from_hex, proof)])


def test_proofs__of_ours__verify_with_openzeppelin() -> None:
    questions = []
    for tree in TREES:
        ours = StandardMerkleTree.of(tree["types"], rows_of(tree))
        questions += [
            {
                "ask": "proofIsValid",
                "root": "0x" + ours.root.hex(),
                "types": tree["types"],
                "row": row,
                "proof": ["0x" + node.hex() for node in ours.proof(index)],
            }
            for index, row in enumerate(tree["rows"])
        ]

    assert ask_referees(questions) == [True] * len(questions)


def test_proofs__of_another_row__are_refused_by_openzeppelin() -> None:
    tree = TREES[-1]
    question = {
        "ask": "proofIsValid",
        "root": tree["root"],
        "types": tree["types"],
        "row": tree["rows"][0],
        "proof": tree["proofs"][1],
    }

    assert ask_referees([question]) == [False]


def test_tree__of_equal_rows__has_the_root_of_openzeppelin() -> None:
    types, row = ["uint256", "bytes32"], ["1", "0x" + "00" * 32]
    ours = StandardMerkleTree.of(types, [from_json(types, row)] * 3)

    (theirs,) = ask_referees([{"ask": "tree", "types": types, "rows": [row] * 3}])

    assert theirs["root"] == "0x" + ours.root.hex()
    assert theirs["proofs"] == [
        ["0x" + node.hex() for node in ours.proof(index)] for index in range(3)
    ]
