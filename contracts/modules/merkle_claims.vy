# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title merkle_claims
@license GNU Affero General Public License v3.0 only
@notice Verifies leaves of OpenZeppelin StandardMerkleTree trees and lets each be used once.
@dev A tree is named by a key; 256 leaves share one word of its bitmap. No function checks the caller.
     The loop over a proof is written out: snekmate's takes 255 siblings and reserves memory for them.
"""

MAX_DEPTH: constant(uint256) = 20

_used: HashMap[uint256, HashMap[uint256, uint256]]  # tree → index // 256 → one bit for each leaf


@internal
def _use(
    tree: uint256,
    index: uint256,
    root: bytes32,
    leaf: bytes32,
    proof: DynArray[bytes32, MAX_DEPTH],
):
    """
    @dev Marks leaf `index` of `tree` as used. `leaf` is hashed once by the importer and again here, so
         that an inner node never passes for a leaf.
    """
    node: bytes32 = keccak256(leaf)
    for sibling: bytes32 in proof:
        if convert(node, uint256) < convert(sibling, uint256):
            node = keccak256(concat(node, sibling))
        else:
            node = keccak256(concat(sibling, node))
    assert node == root, "merkle: invalid proof"

    bit: uint256 = 1 << (index & 255)
    word: uint256 = self._used[tree][index >> 8]
    assert word & bit == 0, "merkle: already claimed"
    self._used[tree][index >> 8] = word | bit


@internal
@view
def _is_used(tree: uint256, index: uint256) -> bool:
    """
    @dev Whether the leaf was used before.
    """
    return self._used[tree][index >> 8] & (1 << (index & 255)) != 0
