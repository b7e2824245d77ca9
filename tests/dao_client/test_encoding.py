import random
from hashlib import sha256

import pytest
from eth_abi.abi import encode
from eth_utils import keccak
from hypothesis import given, strategies as st

from dao_client.documents import PayoutRow
from dao_client.encoding import (
    COMMITMENT_TYPES,
    anchor_head,
    answer_digest,
    commitment,
    commitments_tree,
    labels_tree,
    method_hash,
    payout_leaf,
    payouts_tree,
    purse_address,
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


def test_purse_address__a_worker_and_a_seat__is_what_create2_gives() -> None:
    entry_stake, worker = "0x" + "11" * 20, "0x" + "22" * 20
    code = "602d3d8160093d39f3363d3d373d3d3d363d73" + "11" * 20 + "5af43d82803e903d91602b57fd5bf3"
    salt = keccak(encode(("address", "uint256"), (worker, 5)))
    deployment = b"\xff" + b"\x11" * 20 + salt + keccak(bytes.fromhex(code))

    purse = purse_address(entry_stake, worker, 5)

    assert bytes.fromhex(purse[2:]) == keccak(deployment)[12:]
    assert purse != purse_address(entry_stake, worker, 6)


def test_payout_leaf__with_and_without_a_seat__pays_the_purse_or_the_worker() -> None:
    entry_stake, worker = "0x" + "11" * 20, "0x" + "22" * 20

    paid = payout_leaf(7, PayoutRow(3, worker, 9), entry_stake)
    held = payout_leaf(7, PayoutRow(3, worker, 9, 5), entry_stake)

    assert paid == PayoutLeaf(7, 3, worker, 9)
    assert held == PayoutLeaf(7, 3, purse_address(entry_stake, worker, 5), 9)


def test_anchor_head__two_anchors__chains_their_hashes() -> None:
    first, second = Anchor(b"\1" * 32, 3), Anchor(b"\2" * 32, 4)

    head = anchor_head([first, second])

    types = ("uint256", "bytes32", "uint256")
    inner = keccak(encode(types, (0, first.root, 3)))[:26] + bytes(6)
    outer = keccak(encode(types, (int.from_bytes(inner, "big"), second.root, 4)))[:26] + bytes(6)
    assert head == outer
    assert anchor_head([]) == bytes(32)
