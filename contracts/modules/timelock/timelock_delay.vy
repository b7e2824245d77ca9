# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title timelock_delay
@license GNU Affero General Public License v3.0 only
@notice How long an operation waits at least: OpenZeppelin's TimelockController 5.7 with bounds.
@dev Only the contract itself changes it: by an operation that waited the old delay.
"""

from ...interfaces import ITimelock
from .. import timelock_limits


_min_delay: uint256


@external
def updateDelay(newDelay: uint256):
    """
    @notice Changes the least delay of operations scheduled from now on. Only the Timelock itself.
    @dev Refuses a delay that leaves no time to object, or that freezes the protocol.
    @param newDelay Seconds, from 2 to 30 days.
    """
    if msg.sender != self:
        raw_revert(
            abi_encode(msg.sender, method_id=method_id("TimelockUnauthorizedCaller(address)"))
        )
    self._set_min_delay(newDelay)


@external
@view
@reentrant
def getMinDelay() -> uint256:
    """
    @notice The least delay.
    @return Seconds.
    """
    return self._min_delay


@internal
def _set_min_delay(new_delay: uint256):
    """
    @dev Unguarded: the callers are the constructor of the importer and `updateDelay`.
    """
    assert new_delay >= timelock_limits.MIN_DELAY, "timelock: delay too short"
    assert new_delay <= timelock_limits.MAX_DELAY, "timelock: delay too long"
    log ITimelock.MinDelayChange(oldDuration=self._min_delay, newDuration=new_delay)
    self._min_delay = new_delay


@internal
@view
def _check_delay(delay: uint256):
    """
    @dev Throws if `delay` is less than the least.
    """
    min_delay: uint256 = self._min_delay
    if delay < min_delay:
        raw_revert(
            abi_encode(
                delay, min_delay, method_id=method_id("TimelockInsufficientDelay(uint256,uint256)")
            )
        )
