# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title merkle_proofs
@license GNU Affero General Public License v3.0 only
@notice Walks proofs of OpenZeppelin StandardMerkleTree trees.
@dev Stateless. snekmate's walk reserves memory for 255 siblings, which costs a claim more than the walk.
"""


@internal
@pure
def _root_of(leaf: bytes32, proof: DynArray[bytes32, 20]) -> bytes32:
    """
    @dev The root that `proof` leads to. `leaf` is hashed twice by the importer, so that an inner node
         never passes for a leaf.
    """
    node: bytes32 = leaf
    for sibling: bytes32 in proof:
        if convert(node, uint256) > convert(sibling, uint256):
            node = keccak256(abi_encode(sibling, node))
        else:
            node = keccak256(abi_encode(node, sibling))
    return node
