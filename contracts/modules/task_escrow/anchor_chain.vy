# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title anchor_chain
@license GNU Affero General Public License v3.0 only
@notice All anchors of a task in one word: the head of a hash chain, how many answers, how many anchors.
@dev Low bits first: anchors 8 | answers 40 | head 208. The head is the first 26 bytes of
     keccak256(abi.encode(old_head, root, answers)) and starts at zero; 208 bits leave a second preimage
     out of reach. An anchor is never changed and never removed. No function checks the caller.
"""

from ...interfaces import ITaskEscrow

MAX_ANCHORS: constant(uint256) = 64
ANSWERS_LIMIT: constant(uint256) = 2**40
HEAD_MASK: constant(uint256) = (2**208 - 1) << 48

_chain: HashMap[uint256, uint256]


@internal
def _append(task_id: uint256, root: bytes32, answers: uint256):
    """
    @dev Adds one anchor.
    """
    old: uint256 = self._chain[task_id]
    anchors: uint256 = old & 255
    assert anchors < MAX_ANCHORS, "escrow: too many anchors"
    total: uint256 = (old >> 8) & (ANSWERS_LIMIT - 1)
    assert answers < ANSWERS_LIMIT - total, "escrow: too many answers"
    self._chain[task_id] = (
        self._next(old & HEAD_MASK, root, answers)
        | (unsafe_add(total, answers) << 8)
        | unsafe_add(anchors, 1)
    )


@internal
@pure
def _next(head: uint256, root: bytes32, answers: uint256) -> uint256:
    """
    @dev The head after one more anchor.
    """
    return convert(keccak256(abi_encode(head, root, answers)), uint256) & HEAD_MASK


@internal
@view
def _answers(task_id: uint256) -> uint256:
    """
    @dev How many answers are anchored.
    """
    return (self._chain[task_id] >> 8) & (ANSWERS_LIMIT - 1)


@internal
@view
def _check(task_id: uint256, anchors: DynArray[ITaskEscrow.Anchor, MAX_ANCHORS]):
    """
    @dev Refuses a list that is not exactly what was anchored.
    """
    head: uint256 = 0
    for anchor: ITaskEscrow.Anchor in anchors:
        head = self._next(head, anchor.root, anchor.answers)
    assert head == self._chain[task_id] & HEAD_MASK, "escrow: wrong anchors"


@internal
@view
def _count(task_id: uint256) -> uint256:
    """
    @dev How many anchors there are.
    """
    return self._chain[task_id] & 255


@internal
@view
def _head(task_id: uint256) -> bytes32:
    """
    @dev The head of the chain, left-aligned.
    """
    return convert(self._chain[task_id] & HEAD_MASK, bytes32)
