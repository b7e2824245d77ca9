# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title flat_claims
@license GNU Affero General Public License v3.0 only
@notice The flat price of an expired task, and which anchored submissions have got it.
@dev Three bounds: a leaf is paid once, the leaves of an anchor never get more than its answers, and the
     task never pays more than it holds. No function checks the caller; the importer does.
"""

from ...interfaces import ITaskEscrow
from . import anchor_chain
from .. import merkle_proofs
from . import task_records

uses: anchor_chain
uses: task_records

_price: HashMap[uint256, uint256]  # wei for one anchored answer
_paid: HashMap[uint256, HashMap[uint256, HashMap[uint256, uint256]]]  # task → position → index // 256
_paid_answers: HashMap[uint256, HashMap[uint256, uint256]]  # task → position


@internal
def _start(task_id: uint256, flat_price: uint256):
    """
    @dev Sets the flat price, which is covered for every anchored answer.
    """
    self._price[task_id] = flat_price


@internal
def _mark(task_id: uint256, position: uint256, index: uint256):
    """
    @dev Marks a leaf of an anchor as paid.
    """
    bit: uint256 = 1 << (index & 255)
    word: uint256 = self._paid[task_id][position][index >> 8]
    assert word & bit == 0, "escrow: already claimed"
    self._paid[task_id][position][index >> 8] = word | bit


@internal
@view
def _is_paid(task_id: uint256, position: uint256, index: uint256) -> bool:
    """
    @dev Whether a leaf of an anchor was paid.
    """
    return self._paid[task_id][position][index >> 8] & (1 << (index & 255)) != 0


@internal
def _count(task_id: uint256, position: uint256, answers: uint256, limit: uint256):
    """
    @dev Counts answers of an anchor as paid, never more than were anchored: this bounds a gateway that
         anchored a tree whose leaves sum to more.
    """
    paid: uint256 = self._paid_answers[task_id][position]
    assert answers <= limit - paid, "escrow: exceeds the anchor"
    self._paid_answers[task_id][position] = unsafe_add(paid, answers)


@internal
def _pay(
    task_id: uint256,
    anchors: DynArray[ITaskEscrow.Anchor, 64],
    position: uint256,
    index: uint256,
    worker: address,
    answers: uint256,
    submission_hash: bytes32,
    proof: DynArray[bytes32, 20],
) -> (address, uint256):
    """
    @dev Marks a submission as paid and returns the token and the amount to pay.
    """
    flat_price: uint256 = self._price[task_id]
    assert flat_price != 0, "escrow: no flat price"
    anchor_chain._check(task_id, anchors)
    assert position < len(anchors), "escrow: unknown anchor"
    anchor: ITaskEscrow.Anchor = anchors[position]
    leaf: bytes32 = keccak256(abi_encode(task_id, index, worker, answers, submission_hash))
    root: bytes32 = merkle_proofs._root_of(keccak256(leaf), proof)
    assert root == anchor.root, "merkle: invalid proof"
    self._mark(task_id, position, index)
    self._count(task_id, position, answers, anchor.answers)
    amount: uint256 = flat_price * answers
    log ITaskEscrow.RewardPaid(task_id=task_id, worker=worker, index=index, amount=amount)
    return task_records._take(task_id, amount), amount
