# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title stake_ledger
@license GNU Affero General Public License v3.0 only
@notice The books of every token: stakes, locks and the sums; `unbonding_stakes` keeps what is on its way out.
@dev Invariant, for every token: `staked == sum of stakes and unbonding amounts + withdrawn + slashed`, and
     `dispute lock <= lock <= stake` for every account. Stakes of TES live in the vote checkpoints and their
     locks in `vote_power`, so that each change writes one word. Of TES what was ever staked is what is
     staked now plus what ever left.
     No function checks the caller.
"""

from ...interfaces import IStaking
from . import unbonding_stakes
from . import vote_checkpoints
from . import vote_power

uses: unbonding_stakes
uses: vote_checkpoints
uses: vote_power

work_token: public(immutable(address))

# token => account => ...
_stakes: HashMap[address, HashMap[address, uint256]]  # but those of TES
_locks: HashMap[address, HashMap[address, uint256]]  # but those of TES
# token => ...
_totals: HashMap[address, IStaking.Totals]  # `staked` of TES stays zero
_left_stake: uint256  # wei of TES that ever left the stakes, unstaked or slashed


@deploy
def __init__(work_token_: address):
    """
    @notice Fixes which token votes.
    @param work_token_ TES.
    """
    assert work_token_ != empty(address), "staking: work token is zero"
    work_token = work_token_


@internal
@view
def _stake_of(token: address, account: address) -> uint256:
    """
    @dev The stake, wherever it lives.
    """
    if token == work_token:
        return vote_checkpoints._stake(vote_checkpoints._head(account))
    return self._stakes[token][account]


@internal
@view
def _lock_of(token: address, account: address) -> uint256:
    """
    @dev The lock, wherever it lives.
    """
    if token == work_token:
        return vote_power._lock_of(account)
    return self._locks[token][account]


@internal
@view
def _free_of(token: address, account: address) -> uint256:
    """
    @dev The stake that is not locked.
    """
    return self._stake_of(token, account) - self._lock_of(token, account)


@internal
@view
def _totals_of(token: address) -> IStaking.Totals:
    """
    @dev The sums, wherever they live.
    """
    totals: IStaking.Totals = self._totals[token]
    if token == work_token:
        totals.staked = vote_checkpoints._total_stake() + self._left_stake
    return totals


@internal
def _raise_stake(token: address, account: address, amount: uint256) -> uint256:
    """
    @dev Adds what was deposited and returns the new stake.
    """
    new_stake: uint256 = 0
    if token == work_token:
        head: uint256 = vote_checkpoints._head(account)
        new_stake = vote_checkpoints._stake(head) + amount
        vote_power._set_stake(account, head, new_stake)
    else:
        new_stake = self._stakes[token][account] + amount
        self._stakes[token][account] = new_stake
        self._totals[token].staked += amount
    return new_stake


@internal
def _lower_stake(token: address, account: address, amount: uint256) -> uint256:
    """
    @dev Removes what is unstaked or slashed and returns the new stake.
    """
    new_stake: uint256 = self._stake_of(token, account) - amount
    if token == work_token:
        vote_power._set_stake(account, vote_checkpoints._head(account), new_stake)
        self._left_stake += amount
    else:
        self._stakes[token][account] = new_stake
    return new_stake


@internal
def _raise_lock(token: address, account: address, amount: uint256, is_dispute: bool) -> uint256:
    """
    @dev Locks more and returns the new lock. The importer checks that so much is free.
    """
    new_lock: uint256 = self._lock_of(token, account) + amount
    if token == work_token:
        dispute_lock: uint256 = vote_power._dispute_lock_of(account)
        vote_power._set_lock(account, new_lock, dispute_lock + (amount if is_dispute else 0))
    else:
        self._locks[token][account] = new_lock
    return new_lock


@internal
def _lower_lock(token: address, account: address, amount: uint256, is_dispute: bool) -> uint256:
    """
    @dev Frees what was locked for the same reason and returns the new lock.
    """
    old_lock: uint256 = self._lock_of(token, account)
    if token == work_token:
        dispute_lock: uint256 = vote_power._dispute_lock_of(account)
        locked: uint256 = dispute_lock if is_dispute else old_lock - dispute_lock
        assert amount <= locked, "staking: amount exceeds lock"
        vote_power._set_lock(
            account, old_lock - amount, dispute_lock - (amount if is_dispute else 0)
        )
    else:
        assert amount <= old_lock, "staking: amount exceeds lock"
        self._locks[token][account] = old_lock - amount
    return old_lock - amount


@internal
def _limit_lock(token: address, account: address, stake: uint256):
    """
    @dev Lowers the lock to what a slash left of the stake; the dispute lock was lowered with the stake.
    """
    if self._lock_of(token, account) <= stake:
        return
    if token == work_token:
        vote_power._set_lock(account, stake, vote_power._dispute_lock_of(account))
    else:
        self._locks[token][account] = stake


@internal
def _end_unbonding(token: address, account: address) -> uint256:
    """
    @dev Forgets what has finished unbonding and returns it.
    """
    amount: uint256 = unbonding_stakes._end(token, account)
    self._totals[token].withdrawn += amount
    return amount


@internal
def _take(token: address, account: address, amount: uint256) -> uint256:
    """
    @dev Lowers free stake, unbonding amount and locked stake of `account`, in this order; returns the sum.
    """
    old_stake: uint256 = self._stake_of(token, account)
    old_unbonding: uint256 = unbonding_stakes._unbondings[token][account].amount
    from_free: uint256 = min(amount, self._free_of(token, account))
    from_unbonding: uint256 = min(amount - from_free, old_unbonding)
    from_stake: uint256 = min(amount - from_unbonding, old_stake)
    if from_stake != 0:
        self._lower_stake(token, account, from_stake)
    self._limit_lock(token, account, old_stake - from_stake)
    if from_unbonding != 0:
        unbonding_stakes._unbondings[token][account].amount = old_unbonding - from_unbonding
    self._totals[token].slashed += from_stake + from_unbonding
    return from_stake + from_unbonding
