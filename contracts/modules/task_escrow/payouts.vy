# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title payouts
@license GNU Affero General Public License v3.0 only
@notice What a settled task still owes to workers, and who was paid.
@dev A payout touches two words, low bits first:
       promise: claimable 96 | first 160 bits of the payouts root
       paid: one bit for each of 96 payouts | token 160
     The first payout of a `paid` word copies the token into it, all others find it there and need no
     third word. 160 bits leave a second preimage out of reach; the rest of the root is in task_records.
     No function checks the caller; the importer does.
"""

from ...interfaces import ITaskEscrow
from . import task_records

uses: task_records

PAYOUTS_PER_WORD: constant(uint256) = 96
INDEX_MASK: constant(uint256) = 2**128 - 1  # keeps the words of tasks apart whatever a root holds
WEI_MASK: constant(uint256) = 2**96 - 1

_promise: HashMap[uint256, uint256]
_paid: HashMap[uint256, uint256]  # task id and index // 96


@internal
def _start(task_id: uint256, root: bytes32, total_payout: uint256):
    """
    @dev Promises `total_payout`, which is covered and below 2**96, to the leaves of `root`.
    """
    prefix: uint256 = convert(root, uint256) & ~WEI_MASK
    assert prefix != 0, "escrow: zero root"
    self._promise[task_id] = prefix | total_payout


@internal
def _pay(task_id: uint256, index: uint256, worker: address, amount: uint256, root: bytes32) -> address:
    """
    @dev Marks a payout as paid and returns the token to pay it in. `root` is where the proof of its leaf
         leads. Subtracting bounds a root that promises more than the task holds.
    """
    key: uint256 = (task_id << 128) | unsafe_div(index & INDEX_MASK, PAYOUTS_PER_WORD)
    word: uint256 = self._paid[key]
    bit: uint256 = 1 << (index % PAYOUTS_PER_WORD)
    assert word & bit == 0, "escrow: already claimed"
    if word == 0:
        word = convert(task_records._token(task_id), uint256) << 96
    self._paid[key] = word | bit

    promise: uint256 = self._promise[task_id]
    rest: uint256 = unsafe_sub(promise, amount)
    # one comparison for both: the root matches, and nothing was borrowed from it
    if (convert(root, uint256) ^ rest) > WEI_MASK:
        assert promise != 0, "escrow: not settled"
        assert (convert(root, uint256) ^ promise) <= WEI_MASK, "merkle: invalid proof"
        raise "escrow: exceeds claimable"
    self._promise[task_id] = rest
    log ITaskEscrow.RewardPaid(task_id=task_id, worker=worker, index=index, amount=amount)
    return convert(word >> 96, address)


@internal
@view
def _is_paid(task_id: uint256, index: uint256) -> bool:
    """
    @dev Whether a payout was paid.
    """
    key: uint256 = (task_id << 128) | ((index & INDEX_MASK) // PAYOUTS_PER_WORD)
    return self._paid[key] & (1 << (index % PAYOUTS_PER_WORD)) != 0
