# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title timelock_operations
@license GNU Affero General Public License v3.0 only
@notice When each operation becomes ready, and what that makes of it now.
@dev OpenZeppelin's TimelockController 5.7, except that a ready operation is unset again when its
     grace is over, so that nobody keeps a scheduled decision in the drawer. Readers take no lock: a
     call of an operation may ask for its state, which is ready until all its calls are made. The
     internal functions do not check the caller.
"""

from ...interfaces import ITimelock
from . import timelock_delay
from .. import timelock_limits

uses: timelock_delay


# states, in OpenZeppelin's order
UNSET: constant(uint8) = 0
WAITING: constant(uint8) = 1
READY: constant(uint8) = 2
DONE: constant(uint8) = 3

DONE_TIMESTAMP: constant(uint256) = 1


_timestamps: HashMap[bytes32, uint256]


@external
@view
@reentrant
def getTimestamp(id: bytes32) -> uint256:
    """
    @notice When an operation becomes ready.
    @param id The operation.
    @return A timestamp, 0 if it is not known or its grace is over, 1 if it is done.
    """
    return self._timestamp_of(id)


@external
@view
@reentrant
def getOperationState(id: bytes32) -> uint8:
    """
    @notice What became of an operation.
    @param id The operation.
    @return 0 unset, 1 waiting, 2 ready, 3 done.
    """
    return self._state_of(id)


@external
@view
@reentrant
def isOperation(id: bytes32) -> bool:
    """
    @notice Whether an operation waits, is ready or is done.
    @param id The operation.
    @return True if so.
    """
    return self._state_of(id) != UNSET


@external
@view
@reentrant
def isOperationPending(id: bytes32) -> bool:
    """
    @notice Whether an operation waits or is ready.
    @param id The operation.
    @return True if so.
    """
    return self._state_of(id) in [WAITING, READY]


@external
@view
@reentrant
def isOperationReady(id: bytes32) -> bool:
    """
    @notice Whether an operation can be executed now.
    @param id The operation.
    @return True if so.
    """
    return self._state_of(id) == READY


@external
@view
@reentrant
def isOperationDone(id: bytes32) -> bool:
    """
    @notice Whether an operation was executed.
    @param id The operation.
    @return True if so.
    """
    return self._state_of(id) == DONE


@internal
@view
def _timestamp_of(id: bytes32) -> uint256:
    """
    @dev A timestamp whose grace is over counts as none.
    """
    timestamp: uint256 = self._timestamps[id]
    if timestamp > DONE_TIMESTAMP and block.timestamp > timestamp:
        if block.timestamp - timestamp > timelock_limits.GRACE_SECONDS:
            return 0
    return timestamp


@internal
@view
def _state_of(id: bytes32) -> uint8:
    """
    @dev Returns what the clock makes of the timestamp.
    """
    timestamp: uint256 = self._timestamp_of(id)
    if timestamp == 0:
        return UNSET
    if timestamp == DONE_TIMESTAMP:
        return DONE
    return WAITING if timestamp > block.timestamp else READY


@internal
def _schedule(id: bytes32, delay: uint256):
    """
    @dev Starts the delay. Unguarded: the importer checks that the caller is a proposer.
    """
    self._check_state(id, 1 << convert(UNSET, uint256))
    timelock_delay._check_delay(delay)
    self._timestamps[id] = block.timestamp + delay


@internal
def _cancel(id: bytes32):
    """
    @dev Forgets the operation. Unguarded: the importer checks that the caller is a canceller.
    """
    self._check_state(id, (1 << convert(WAITING, uint256)) | (1 << convert(READY, uint256)))
    self._timestamps[id] = 0
    log ITimelock.Cancelled(id=id)


@internal
@view
def _check_ready(id: bytes32, predecessor: bytes32):
    """
    @dev Throws unless the operation can be executed now.
    """
    self._check_state(id, 1 << convert(READY, uint256))
    if predecessor != empty(bytes32) and self._timestamps[predecessor] != DONE_TIMESTAMP:
        raw_revert(
            abi_encode(predecessor, method_id=method_id("TimelockUnexecutedPredecessor(bytes32)"))
        )


@internal
def _finish(id: bytes32):
    """
    @dev Throws unless the operation is still ready after its calls: one of them may have executed
         or cancelled it. Unguarded: the importer made the calls.
    """
    self._check_state(id, 1 << convert(READY, uint256))
    self._timestamps[id] = DONE_TIMESTAMP


@internal
@view
def _check_state(id: bytes32, expected: uint256):
    """
    @dev Throws unless the state of the operation is one of the bits of `expected`.
    """
    if (expected >> convert(self._state_of(id), uint256)) & 1 == 0:
        raw_revert(
            abi_encode(
                id,
                expected,
                method_id=method_id("TimelockUnexpectedOperationState(bytes32,bytes32)"),
            )
        )
