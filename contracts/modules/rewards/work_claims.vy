# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title work_claims
@license GNU Affero General Public License v3.0 only
@notice Which settled tasks have asked for emission, and whose work in them got it.
@dev A root may promise anything; the pay for which a task gets emission is bounded by what its verdict paid
     in total, because each claim is subtracted from it. A task takes two words:
       root 256     and, low bits first, pay left 96 | rate 120 | epoch 16 | hour of the verdict 24
     No function checks the caller; the importer does.
"""

from ...interfaces import IRewards

PAY_MASK: constant(uint256) = 2**96 - 1
RATE_MASK: constant(uint256) = 2**120 - 1
EPOCH_MASK: constant(uint256) = 2**16 - 1  # 1,260 years
HOUR: constant(uint256) = 3_600

_roots: HashMap[uint256, bytes32]
_terms: HashMap[uint256, uint256]
_claimed: HashMap[uint256, HashMap[uint256, uint256]]  # task id → index // 256


@internal
def _register(task_id: uint256, terms: IRewards.EmissionTask):
    """
    @dev Takes a task on record. TaskEscrow keeps the pay below 2**96 and roots from zero.
    """
    self._roots[task_id] = terms.payouts_root
    self._terms[task_id] = (
        terms.pay_left
        | (terms.rate << 96)
        | (terms.epoch << 216)
        | ((terms.earned_at // HOUR) << 232)
    )


@internal
def _take(
    task_id: uint256, index: uint256, amount: uint256, root: bytes32
) -> IRewards.EmissionTask:
    """
    @dev Marks a leaf as claimed and returns its task. `root` is where the proof of the leaf leads.
    """
    task: IRewards.EmissionTask = self._task(task_id)
    assert task.payouts_root != empty(bytes32), "emission: not registered"
    assert root == task.payouts_root, "merkle: invalid proof"
    assert not self._is_claimed(task_id, index), "emission: already claimed"
    assert amount <= task.pay_left, "emission: exceeds the payout"
    self._claimed[task_id][index >> 8] |= 1 << (index & 255)
    self._terms[task_id] -= amount
    return task


@internal
@view
def _is_claimed(task_id: uint256, index: uint256) -> bool:
    """
    @dev Whether the leaf got its emission.
    """
    return self._claimed[task_id][index >> 8] & (1 << (index & 255)) != 0


@internal
@view
def _task(task_id: uint256) -> IRewards.EmissionTask:
    """
    @dev The words, unpacked; all zero for a task that is not registered.
    """
    terms: uint256 = self._terms[task_id]
    return IRewards.EmissionTask(
        payouts_root=self._roots[task_id],
        pay_left=terms & PAY_MASK,
        rate=(terms >> 96) & RATE_MASK,
        epoch=(terms >> 216) & EPOCH_MASK,
        earned_at=(terms >> 232) * HOUR,
    )
