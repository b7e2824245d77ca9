import pytest
from eth_utils import keccak
from hypothesis import given, strategies as st

from dao_client.errors import ProofRefused
from dao_client.merkle import EMPTY_ROOT, StandardMerkleTree, is_in_tree, leaf_of, verify_proof

pytestmark = pytest.mark.unit

TYPES = ("uint256", "bytes32")
ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.binary(min_size=32, max_size=32)), min_size=1, max_size=40
)


@given(ROWS)
def test_proof__of_every_row__leads_to_the_root(rows: list[tuple[int, bytes]]) -> None:
    tree = StandardMerkleTree.of(TYPES, rows)

    for index, row in enumerate(rows):
        verify_proof(tree.root, TYPES, row, tree.proof(index))


@given(ROWS, st.randoms())
def test_root__rows_in_any_order__is_the_same(rows: list[tuple[int, bytes]], chance) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)

    assert StandardMerkleTree.of(TYPES, shuffled).root == StandardMerkleTree.of(TYPES, rows).root


@given(ROWS)
def test_is_in_tree__a_row_that_is_not_there__is_false(rows: list[tuple[int, bytes]]) -> None:
    tree = StandardMerkleTree.of(TYPES, rows)

    assert not is_in_tree(tree.root, TYPES, (6, rows[0][1]), tree.proof(0))


def test_root__without_rows__is_the_hash_of_nothing() -> None:
    tree = StandardMerkleTree.of(TYPES, [])

    assert tree.root == EMPTY_ROOT == keccak(b"")
    assert len(tree) == 0


def test_root__of_one_row__is_its_leaf() -> None:
    row = (1, bytes(32))

    tree = StandardMerkleTree.of(TYPES, [row])

    assert tree.root == leaf_of(TYPES, row) == keccak(keccak((1).to_bytes(32, "big") + bytes(32)))
    assert tree.proof(0) == ()
    assert len(tree) == 1


@pytest.mark.parametrize("index", [-1, 1])
def test_proof__of_no_row__is_refused(index: int) -> None:
    tree = StandardMerkleTree.of(TYPES, [(1, bytes(32))])

    with pytest.raises(ProofRefused, match=f"row {index} is not in a tree of 1 rows"):
        tree.proof(index)


def test_verify_proof__a_foreign_row__is_refused() -> None:
    tree = StandardMerkleTree.of(TYPES, [(1, bytes(32)), (2, bytes(32))])

    with pytest.raises(ProofRefused, match="is not under the root 0x"):
        verify_proof(tree.root, TYPES, (3, bytes(32)), tree.proof(0))


def test_verify_proof__two_hashes_glued_together__are_refused() -> None:
    tree = StandardMerkleTree.of(TYPES, [(number, bytes(32)) for number in range(4)])
    glued = [b"".join(tree.proof(0))]

    with pytest.raises(ProofRefused, match="not 32 bytes long"):
        verify_proof(tree.root, TYPES, (0, bytes(32)), glued)
