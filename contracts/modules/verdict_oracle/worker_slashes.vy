# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title worker_slashes
@license GNU Affero General Public License v3.0 only
@notice Which leaves of the slashes root of a final verdict were carried out.
@dev One bit for each index of a task, under both whole: no two share one, and the worker and the amount of
     a leaf do not matter. A task has one final verdict, so an index of it is slashed once, whatever tree
     of operators repeats it. No function checks the caller, and none takes stake: the importer does.
"""

from .. import merkle_proofs

_marked: HashMap[uint256, HashMap[uint256, uint256]]  # task id → index // 256 → a bit for each


@external
@view
@reentrant
def is_worker_slashed(task_id: uint256, index: uint256) -> bool:
    """
    @notice Whether a slash of a final verdict was carried out.
    @param task_id The task.
    @param index Index of the slash.
    @return True once it was, also if there was nothing left to take, or only bonds, which pay later.
    """
    return self._marked[task_id][index >> 8] & (1 << (index & 255)) != 0


@internal
@pure
def _check(
    root: bytes32,
    task_id: uint256,
    index: uint256,
    worker: address,
    amount: uint256,
    proof: DynArray[bytes32, 20],
):
    """
    @dev Refuses what is no leaf under `root`. It is hashed twice, so that no inner node passes for one.
    """
    leaf: bytes32 = keccak256(keccak256(abi_encode(task_id, index, worker, amount)))
    assert merkle_proofs._root_of(leaf, proof) == root, "merkle: invalid proof"


@internal
def _mark(task_id: uint256, index: uint256):
    """
    @dev Marks an index as carried out, once.
    """
    word: uint256 = self._marked[task_id][index >> 8]
    bit: uint256 = 1 << (index & 255)
    assert word & bit == 0, "verdict: worker already slashed"
    self._marked[task_id][index >> 8] = word | bit
