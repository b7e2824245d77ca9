"""Build Merkle trees that `@openzeppelin/merkle-tree` and our contracts verify unchanged.

    leaf   keccak256(keccak256(abi.encode(row)))
    node   keccak256(smaller child ‖ larger child)
    nodes  [0] root, [1] [2] its children, …, then the leaves by hash, the smallest one last;
           the children of [i] are [2i+1] and [2i+2]

A tree without rows has the root `EMPTY_ROOT` = keccak256(""): contracts refuse a zero root.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from eth_hash.auto import keccak

from dao_client.abi_rows import Cell, encode_row
from dao_client.errors import ProofRefused
from dao_client.types import Digest

EMPTY_ROOT = Digest(
    bytes.fromhex("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")
)


@dataclass(frozen=True, slots=True)
class StandardMerkleTree:
    """A tree over rows of fixed-width columns; rows keep their given order, leaves are sorted."""

    types: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nodes: tuple[bytes, ...]
    positions: tuple[int, ...]

    @classmethod
    def of(cls, types: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Self:
        """Build the tree of `rows`, each a value for each of `types`."""
        kept = tuple(tuple(row) for row in rows)
        leaves = [leaf_of(types, row) for row in kept]
        order = sorted(range(len(leaves)), key=leaves.__getitem__)
        positions = [0] * len(leaves)
        for rank, row in enumerate(order):
            positions[row] = 2 * len(leaves) - 2 - rank
        nodes = _build_nodes([leaves[row] for row in order])
        return cls(tuple(types), kept, nodes, tuple(positions))

    @property
    def root(self) -> Digest:
        """Return the root, `EMPTY_ROOT` when there are no rows."""
        return Digest(self.nodes[0]) if self.nodes else EMPTY_ROOT

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def proof(self, index: int) -> tuple[Digest, ...]:
        """Return the sibling hashes from the leaf of row `index` up to the root."""
        if not 0 <= index < len(self.rows):
            raise ProofRefused(
                f"row {index} is not in a tree of {len(self.rows)} rows: count from 0"
            )
        position = self.positions[index]
        siblings = []
        while position > 0:
            siblings.append(Digest(self.nodes[position + 1 if position % 2 else position - 1]))
            position = (position - 1) // 2
        return tuple(siblings)


def leaf_of(types: Sequence[str], row: Sequence[Cell]) -> Digest:
    """Hash one row twice, so that no leaf can be taken for a node."""
    return Digest(keccak(keccak(encode_row(types, row))))


def is_in_tree(
    root: bytes, types: Sequence[str], row: Sequence[Cell], proof: Iterable[bytes]
) -> bool:
    """Tell whether `proof` leads from the leaf of `row` to `root`."""
    node: bytes = leaf_of(types, row)
    for sibling in proof:
        node = _node_of(node, sibling)
    return node == root


def verify_proof(
    root: bytes, types: Sequence[str], row: Sequence[Cell], proof: Sequence[bytes]
) -> None:
    """Refuse a proof that does not lead from the leaf of `row` to `root`."""
    if any(len(sibling) != len(EMPTY_ROOT) for sibling in proof):
        raise ProofRefused(f"proof of row {tuple(row)!r} has a hash that is not 32 bytes long")
    if not is_in_tree(root, types, row, proof):
        raise ProofRefused(f"row {tuple(row)!r} is not under the root 0x{root.hex()}")


def _build_nodes(leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    inner = max(len(leaves) - 1, 0)
    nodes = [b""] * inner + list(reversed(leaves))
    for position in range(inner - 1, -1, -1):
        nodes[position] = _node_of(nodes[2 * position + 1], nodes[2 * position + 2])
    return tuple(nodes)


def _node_of(one: bytes, other: bytes) -> bytes:
    return keccak(one + other if one < other else other + one)
