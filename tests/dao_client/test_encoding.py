import random
from hashlib import sha256

import pytest
from eth_abi.abi import encode
from eth_utils import keccak
from hypothesis import given, strategies as st

from dao_client.encoding import (
    COMMITMENT_TYPES,
    anchor_head,
    answer_digest,
    commitment,
    commitments_tree,
    labels_tree,
    method_hash,
    payouts_tree,
    submissions_tree,
)
from dao_client.merkle import leaf_of
from dao_client.types import (
    Address,
    Anchor,
    Answer,
    Json,
    LabelLeaf,
    Method,
    PayoutLeaf,
    SubmissionLeaf,
)
from tests.dao_client.strategies import addresses, answers, json_values, uints, words

pytestmark = pytest.mark.unit


@given(uints, uints, words, words, addresses)
def test_commitment__any_answer__is_the_keccak_of_its_abi_encoding(
    task_id: int, item: int, digest: bytes, salt: bytes, worker: Address
) -> None:
    row = (task_id, item, digest, salt, worker)

    assert commitment(*row) == keccak(encode(COMMITMENT_TYPES, row))
    assert leaf_of(COMMITMENT_TYPES, row) == keccak(commitment(*row))


@given(answers, addresses, st.randoms())
def test_commitments_tree__answers_in_any_order__has_the_same_root(
    given_answers: list[Answer], worker: Address, chance: random.Random
) -> None:
    shuffled = list(given_answers)
    chance.shuffle(shuffled)

    tree = commitments_tree(1, worker, given_answers)

    assert commitments_tree(1, worker, shuffled).root == tree.root


@given(json_values)
def test_answer_digest__any_value__is_the_sha2_256_of_its_canonical_json(value: Json) -> None:
    assert len(answer_digest(value)) == 32


def test_answer_digest__a_label__is_known() -> None:
    assert answer_digest("cat") == sha256(b'"cat"').digest()


def test_method_hash__a_method__is_the_keccak_of_its_canonical_json() -> None:
    method = Method("majority", "1", {"b": 2, "a": 1})

    digest = method_hash(method)

    text = b'{"name":"majority","parameters":{"a":1,"b":2},"version":"1"}'
    assert digest == keccak(text)


@pytest.mark.parametrize(
    ("tree", "row"),
    [
        (labels_tree([LabelLeaf(1, 2, b"\1" * 32, 9_000)]), (1, 2, b"\1" * 32, 9_000)),
        (payouts_tree([PayoutLeaf(1, 2, "0x" + "00" * 20, 3)]), (1, 2, "0x" + "00" * 20, 3)),
        (
            submissions_tree([SubmissionLeaf(1, 2, "0x" + "00" * 20, 3, b"\1" * 32)]),
            (1, 2, "0x" + "00" * 20, 3, b"\1" * 32),
        ),
    ],
    ids=["labels", "payouts", "submissions"],
)
def test_tree__of_one_leaf__has_its_columns_in_the_order_of_the_contract(tree, row) -> None:
    assert tree.rows == (row,)


def test_anchor_head__two_anchors__chains_their_hashes() -> None:
    first, second = Anchor(b"\1" * 32, 3), Anchor(b"\2" * 32, 4)

    head = anchor_head([first, second])

    types = ("uint256", "bytes32", "uint256")
    inner = keccak(encode(types, (0, first.root, 3)))[:26] + bytes(6)
    outer = keccak(encode(types, (int.from_bytes(inner, "big"), second.root, 4)))[:26] + bytes(6)
    assert head == outer
    assert anchor_head([]) == bytes(32)
