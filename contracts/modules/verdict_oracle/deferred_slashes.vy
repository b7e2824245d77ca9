# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title deferred_slashes
@license GNU Affero General Public License v3.0 only
@notice How much of a pledged stake a slash takes now, and what it has to wait for.
@dev Invariant: what is deferred of an account is at most what its open bonds hold, and each wei of it is one
     that a leaf asked for and did not get. A bond pays it in the call that frees the bond, so that nobody
     pledges it again in between; one that is lost pays nothing, it is gone. TES alone is ever pledged. No
     function checks the caller, and none slashes: the importer does.
"""

from ...interfaces import IStaking
from ...interfaces import IVerdictOracle
from . import operator_set

uses: operator_set

_deferred: HashMap[address, uint256]  # wei of TES


@external
@view
@reentrant
def deferred_slash_of(worker: address) -> uint256:
    """
    @notice What slashes did not take of an account because disputes hold it.
    @param worker The account.
    @return Wei of TES, taken as soon as the disputes are over.
    """
    return self._deferred[worker]


@internal
def _unlock(
    staking: IStaking, tes: address, task_id: uint256, worker: address, amount: uint256
) -> uint256:
    """
    @dev Returns how much of `amount` may be slashed: not what a dispute holds, or it could never end. What
         is neither free nor unbonding is taken from the worker's stake as an operator, which the importer
         slashes: pledging a stake does not save it. What a dispute keeps is deferred.
    """
    lock: uint256 = staticcall staking.lock_of(tes, worker)
    unbonding: IStaking.Unbonding = staticcall staking.unbonding_of(tes, worker)
    loose: uint256 = staticcall staking.stake_of(tes, worker) - lock + unbonding.amount
    if amount <= loose:
        return amount
    unlocked: uint256 = operator_set._lower(worker, amount - loose)
    if unlocked != 0:
        log IVerdictOracle.OperatorSlashed(operator=worker, task_id=task_id, amount=unlocked)
        extcall staking.unlock(tes, worker, unlocked, False)
    taken: uint256 = loose + unlocked
    if taken != amount:
        self._defer(task_id, worker, amount - taken, lock - unlocked)
    return taken


@internal
def _defer(task_id: uint256, worker: address, missing: uint256, bonds: uint256):
    """
    @dev Remembers what is missing, as far as `bonds` hold it and no other leaf waits for the same wei.
    """
    old: uint256 = self._deferred[worker]
    amount: uint256 = min(missing, bonds - old)
    if amount != 0:
        self._deferred[worker] = old + amount
        log IVerdictOracle.SlashDeferred(task_id=task_id, worker=worker, amount=amount)


@internal
def _due(
    staking: IStaking, tes: address, worker: address, bond: uint256, is_lost: bool
) -> uint256:
    """
    @dev What an ending bond, which is still locked, pays of what was deferred. Forgets that, and what no
         other bond holds.
    """
    deferred: uint256 = self._deferred[worker]
    if deferred == 0:
        return 0
    due: uint256 = 0 if is_lost else min(deferred, bond)
    pledged: uint256 = operator_set._word[worker] & operator_set.STAKE_MASK
    others: uint256 = staticcall staking.lock_of(tes, worker) - pledged - bond
    self._deferred[worker] = min(deferred - due, others)
    return due
