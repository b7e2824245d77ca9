"""Carrying out the leaves of a slashes tree, and waiting for them."""

from boa.contracts.vyper.vyper_contract import VyperContract

from dao_client.merkle import StandardMerkleTree
from tests.contracts.verdict_oracle.verdicts import Verdict


def slash_leaf(
    oracle: VyperContract, verdict: Verdict, tree: StandardMerkleTree, place: int, sender: str
) -> int:
    """Slash by the leaf at a place of the tree and return what was taken."""
    _, index, worker, amount = tree.rows[place]
    proof = list(tree.proof(place))
    taken = oracle.slash_worker(verdict.as_tuple(), index, worker, amount, proof, sender=sender)
    return int(taken)


def delay_leaf(
    oracle: VyperContract, verdict: Verdict, tree: StandardMerkleTree, place: int, sender: str
) -> None:
    """Restart the withdrawal of the worker in the leaf at a place of the tree."""
    _, index, worker, amount = tree.rows[place]
    proof = list(tree.proof(place))
    oracle.delay_worker(verdict.as_tuple(), index, worker, amount, proof, sender=sender)
