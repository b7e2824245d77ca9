# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title Timelock
@license GNU Affero General Public License v3.0 only
@notice Makes every decision of the DAO wait before it happens, so that whoever disagrees can leave.
        Function for function and event for event OpenZeppelin's TimelockController 5.7.
@dev Money invariant: ether and tokens leave by an executed operation alone, and an operation is
     executed at most once, after its delay and before its grace is over. Chosen differences: the
     grace and the bounds of contracts/modules/timelock_limits.vy; refusals are passed on up to
     MAX_REVERT_DATA.
     Calls may enter this contract again: an operation that changes the delay or a role must, so
     that functions of operations take no lock. It is safe because only `execute*` call anybody,
     because they go on with nothing but the operation itself, whose hash is its id, and because
     after its calls the operation must still be ready: whoever executed, cancelled or (delays are
     never zero) rescheduled it meanwhile makes all of it revert.
@custom:kill Cannot be stopped. A canceller may cancel what waits; without executors nothing
     happens.
"""

from .interfaces import ITimelock
from .modules.timelock import access_roles
from .modules.timelock import timelock_delay
from .modules import timelock_limits
from .modules.timelock import timelock_operations
from .modules.timelock import token_receiver

implements: ITimelock

initializes: access_roles
initializes: timelock_delay
initializes: timelock_operations[timelock_delay := timelock_delay]

exports: (
    access_roles.DEFAULT_ADMIN_ROLE,
    access_roles.grantRole,
    access_roles.revokeRole,
    access_roles.renounceRole,
    access_roles.hasRole,
    access_roles.getRoleAdmin,
    timelock_delay.updateDelay,
    timelock_delay.getMinDelay,
    timelock_operations.getTimestamp,
    timelock_operations.getOperationState,
    timelock_operations.isOperation,
    timelock_operations.isOperationPending,
    timelock_operations.isOperationReady,
    timelock_operations.isOperationDone,
    token_receiver.onERC721Received,
    token_receiver.onERC1155Received,
    token_receiver.onERC1155BatchReceived,
)


MAX_CALLS: constant(uint256) = timelock_limits.MAX_CALLS
MAX_CALLDATA: constant(uint256) = timelock_limits.MAX_CALLDATA
MAX_ROLES: constant(uint256) = 4
# bytes of what a target throws; more would cost every call memory
MAX_REVERT_DATA: constant(uint256) = 1024

PROPOSER_ROLE: public(constant(bytes32)) = keccak256("PROPOSER_ROLE")
EXECUTOR_ROLE: public(constant(bytes32)) = keccak256("EXECUTOR_ROLE")
CANCELLER_ROLE: public(constant(bytes32)) = keccak256("CANCELLER_ROLE")

grace_seconds: public(constant(uint256)) = timelock_limits.GRACE_SECONDS


@deploy
def __init__(
    minDelay: uint256,
    proposers: DynArray[address, MAX_ROLES],
    executors: DynArray[address, MAX_ROLES],
    admin: address,
):
    """
    @notice Gives out the roles; this contract is its own admin.
    @param minDelay The least delay, in seconds, from 2 to 30 days.
    @param proposers Who may schedule and cancel.
    @param executors Who may execute; the zero address for everybody.
    @param admin Another admin, or zero for none.
    """
    access_roles._grant(access_roles.DEFAULT_ADMIN_ROLE, self)
    if admin != empty(address):
        access_roles._grant(access_roles.DEFAULT_ADMIN_ROLE, admin)
    for proposer: address in proposers:
        access_roles._grant(PROPOSER_ROLE, proposer)
        access_roles._grant(CANCELLER_ROLE, proposer)
    for executor: address in executors:
        access_roles._grant(EXECUTOR_ROLE, executor)
    timelock_delay._set_min_delay(minDelay)


@external
@payable
@reentrant
def __default__():
    """
    @notice Takes ether, also from a target in the middle of an operation. Anybody.
    @dev Refuses unknown functions, as a contract without a fallback does.
    """
    if len(msg.data) != 0:
        raw_revert(b"")


@external
@reentrant
def schedule(
    target: address,
    value_: uint256,
    data: Bytes[MAX_CALLDATA],
    predecessor: bytes32,
    salt: bytes32,
    delay: uint256,
):
    """
    @notice Lets a call happen after `delay`. Only a proposer: after deployment the Governor alone.
    @dev Before: the operation is not known, or its grace is over. After: it waits. Refuses a delay
         below the minimum, so that nobody is taken by surprise.
    @param target Whom to call.
    @param value_ Wei to send along.
    @param data The call data.
    @param predecessor The operation that must be done before, or zero.
    @param salt Tells equal operations apart.
    @param delay Seconds from now, at least `getMinDelay()`.
    """
    access_roles._check_role(PROPOSER_ROLE, msg.sender)
    id: bytes32 = keccak256(abi_encode(target, value_, data, predecessor, salt))
    timelock_operations._schedule(id, delay)
    log ITimelock.CallScheduled(
        id=id,
        index=0,
        target=target,
        value=value_,
        data=data,
        predecessor=predecessor,
        delay=delay,
    )
    if salt != empty(bytes32):
        log ITimelock.CallSalt(id=id, salt=salt)


@external
@reentrant
def scheduleBatch(
    targets: DynArray[address, MAX_CALLS],
    values: DynArray[uint256, MAX_CALLS],
    payloads: DynArray[Bytes[MAX_CALLDATA], MAX_CALLS],
    predecessor: bytes32,
    salt: bytes32,
    delay: uint256,
):
    """
    @notice Lets calls happen together after `delay`. Only a proposer: after deployment the Governor
            alone.
    @dev Before: the operation is not known, or its grace is over. After: it waits. Refuses a delay
         below the minimum, so that nobody is taken by surprise.
    @param targets Whom to call, one after another.
    @param values Wei to send along, for each call.
    @param payloads The call data of each.
    @param predecessor The operation that must be done before, or zero.
    @param salt Tells equal operations apart.
    @param delay Seconds from now, at least `getMinDelay()`.
    """
    access_roles._check_role(PROPOSER_ROLE, msg.sender)
    self._check_lengths(len(targets), len(payloads), len(values))
    id: bytes32 = keccak256(abi_encode(targets, values, payloads, predecessor, salt))
    timelock_operations._schedule(id, delay)
    for index: uint256 in range(len(targets), bound=MAX_CALLS):
        log ITimelock.CallScheduled(
            id=id,
            index=index,
            target=targets[index],
            value=values[index],
            data=payloads[index],
            predecessor=predecessor,
            delay=delay,
        )
    if salt != empty(bytes32):
        log ITimelock.CallSalt(id=id, salt=salt)


@external
@payable
@reentrant
def execute(
    target: address,
    value_: uint256,
    payload: Bytes[MAX_CALLDATA],
    predecessor: bytes32,
    salt: bytes32,
):
    """
    @notice Makes the call of a ready operation. Only an executor: after deployment the Governor
            alone.
    @dev Before: the delay is over, the grace is not, the predecessor is done. After: the operation
         is done for ever. Refuses to execute it twice, also from within its own call.
    @param target Whom to call.
    @param value_ Wei to send along.
    @param payload The call data.
    @param predecessor The operation that must be done before, or zero.
    @param salt As it was scheduled.
    """
    access_roles._check_role_or_open(EXECUTOR_ROLE, msg.sender)
    id: bytes32 = keccak256(abi_encode(target, value_, payload, predecessor, salt))
    timelock_operations._check_ready(id, predecessor)
    success: bool = False
    returned: Bytes[MAX_REVERT_DATA] = b""
    success, returned = raw_call(
        target, payload, value=value_, max_outsize=MAX_REVERT_DATA, revert_on_failure=False
    )
    if not success:
        self._refuse(returned)
    log ITimelock.CallExecuted(id=id, index=0, target=target, value=value_, data=payload)
    timelock_operations._finish(id)


@external
@payable
@reentrant
def executeBatch(
    targets: DynArray[address, MAX_CALLS],
    values: DynArray[uint256, MAX_CALLS],
    payloads: DynArray[Bytes[MAX_CALLDATA], MAX_CALLS],
    predecessor: bytes32,
    salt: bytes32,
):
    """
    @notice Makes the calls of a ready operation, all or none. Only an executor: after deployment
            the Governor alone.
    @dev Before: the delay is over, the grace is not, the predecessor is done. After: the operation
         is done for ever. Refuses to execute it twice, also from within one of its calls.
    @param targets Whom to call, one after another.
    @param values Wei to send along, for each call.
    @param payloads The call data of each.
    @param predecessor The operation that must be done before, or zero.
    @param salt As it was scheduled.
    """
    access_roles._check_role_or_open(EXECUTOR_ROLE, msg.sender)
    self._check_lengths(len(targets), len(payloads), len(values))
    id: bytes32 = keccak256(abi_encode(targets, values, payloads, predecessor, salt))
    timelock_operations._check_ready(id, predecessor)
    success: bool = False
    returned: Bytes[MAX_REVERT_DATA] = b""
    for index: uint256 in range(len(targets), bound=MAX_CALLS):
        success, returned = raw_call(
            targets[index],
            payloads[index],
            value=values[index],
            max_outsize=MAX_REVERT_DATA,
            revert_on_failure=False,
        )
        if not success:
            self._refuse(returned)
        log ITimelock.CallExecuted(
            id=id,
            index=index,
            target=targets[index],
            value=values[index],
            data=payloads[index],
        )
    timelock_operations._finish(id)


@external
@reentrant
def cancel(id: bytes32):
    """
    @notice Forgets an operation that waits or is ready. Only a canceller: after deployment the
            Governor alone.
    @dev After: the operation is not known and may be scheduled anew. No money moved.
    @param id The operation.
    """
    access_roles._check_role(CANCELLER_ROLE, msg.sender)
    timelock_operations._cancel(id)


@external
@pure
def hashOperation(
    target: address,
    value_: uint256,
    data: Bytes[MAX_CALLDATA],
    predecessor: bytes32,
    salt: bytes32,
) -> bytes32:
    """
    @notice The id of an operation of one call.
    @param target Whom to call.
    @param value_ Wei to send along.
    @param data The call data.
    @param predecessor The operation that must be done before, or zero.
    @param salt Tells equal operations apart.
    @return The id.
    """
    return keccak256(abi_encode(target, value_, data, predecessor, salt))


@external
@pure
def hashOperationBatch(
    targets: DynArray[address, MAX_CALLS],
    values: DynArray[uint256, MAX_CALLS],
    payloads: DynArray[Bytes[MAX_CALLDATA], MAX_CALLS],
    predecessor: bytes32,
    salt: bytes32,
) -> bytes32:
    """
    @notice The id of an operation of many calls.
    @param targets Whom to call, one after another.
    @param values Wei to send along, for each call.
    @param payloads The call data of each.
    @param predecessor The operation that must be done before, or zero.
    @param salt Tells equal operations apart.
    @return The id.
    """
    return keccak256(abi_encode(targets, values, payloads, predecessor, salt))


@external
@view
def supportsInterface(interfaceId: bytes4) -> bool:
    """
    @notice ERC-165.
    @param interfaceId The interface asked for.
    @return True for ERC-165 itself, OpenZeppelin's IAccessControl and the ERC-1155 receiver.
    """
    return interfaceId in [0x01ffc9a7, 0x7965db0b, 0x4e2312e0]


@internal
@pure
def _check_lengths(targets: uint256, payloads: uint256, values: uint256):
    """
    @dev Throws unless each call has all its parts.
    """
    if targets != values or targets != payloads:
        raw_revert(
            abi_encode(
                targets,
                payloads,
                values,
                method_id=method_id("TimelockInvalidOperationLength(uint256,uint256,uint256)"),
            )
        )


@internal
@pure
def _refuse(reason: Bytes[MAX_REVERT_DATA]):
    """
    @dev Throws what a target threw, or FailedCall if that was nothing.
    """
    if len(reason) == 0:
        raw_revert(method_id("FailedCall()"))
    raw_revert(reason)
