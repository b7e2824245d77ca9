# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title unbonding_stakes
@license GNU Affero General Public License v3.0 only
@notice What is on its way out of each token, and from when it may be withdrawn.
@dev One amount and one clock for each account and token. An amount grows by `_start` alone, and nothing lets a
     running clock end sooner: not more stake on its way, nor a shorter unbonding time. No function checks the caller, and none knows the sums: the importer does.
"""

from ...interfaces import IStaking

_unbondings: HashMap[address, HashMap[address, IStaking.Unbonding]]  # token => account


@internal
def _start(token: address, account: address, amount: uint256, ends_at: uint256) -> uint256:
    """
    @dev Adds to what is on the way out and restarts its clock; returns when all of it arrives.
    """
    old_amount: uint256 = self._unbondings[token][account].amount
    later: uint256 = ends_at
    if old_amount != 0:
        later = max(self._unbondings[token][account].ends_at, ends_at)
    self._unbondings[token][account] = IStaking.Unbonding(
        amount=old_amount + amount, ends_at=later
    )
    return later


@internal
def _delay(token: address, account: address, ends_at: uint256) -> uint256:
    """
    @dev Lets what is on the way out arrive no sooner than `ends_at`, and returns when it does.
    """
    unbonding: IStaking.Unbonding = self._unbondings[token][account]
    assert unbonding.amount != 0, "staking: nothing to delay"
    later: uint256 = max(unbonding.ends_at, ends_at)
    self._unbondings[token][account].ends_at = later
    return later


@internal
def _end(token: address, account: address) -> uint256:
    """
    @dev Forgets what has finished unbonding and returns it.
    """
    unbonding: IStaking.Unbonding = self._unbondings[token][account]
    assert unbonding.amount != 0, "staking: nothing to withdraw"
    assert block.timestamp >= unbonding.ends_at, "staking: still unbonding"
    self._unbondings[token][account] = empty(IStaking.Unbonding)
    return unbonding.amount
