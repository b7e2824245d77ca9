# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title governance_calls
@license GNU Affero General Public License v3.0 only
@notice Which calls the Timelock may make to the Governor: those of the proposal that is being executed.
@dev OpenZeppelin's `onlyGovernance`: `execute` whitelists the hash of each call to the Governor, each
     call consumes its hash and those before it, and what is left is forgotten. So nobody who gets a
     role on the Timelock can change the Governor past its votes. Vyper cannot hash all of `msg.data`:
     a call must be encoded as every encoder does it, with nothing behind its arguments.
"""

from ...interfaces import IGovernor
from .. import timelock_limits

SETTER_BYTES: constant(uint256) = 36  # a selector and one word
FIRST_AT: constant(uint256) = 128
END_MASK: constant(uint256) = 2**128 - 1
EMPTY_ARRAY_POP: constant(uint256) = 49  # the Panic code of OpenZeppelin's deque


timelock: reentrant(public(address))
_expected: uint256  # the calls from index (first 128) on and below (end 128), which are the low bits
_hashes: HashMap[uint256, bytes32]


@deploy
def __init__(timelock_: address):
    """
    @notice Sets the first Timelock.
    @param timelock_ Who executes proposals.
    """
    self._set_timelock(timelock_)


@external
@reentrant
def updateTimelock(newTimelock: address):
    """
    @notice Executes proposals through another Timelock from now on. Only a proposal.
    @dev What the old one has queued counts as canceled afterwards. Refuses what would end governance
         for ever: no Timelock, or the Governor itself.
    @param newTimelock The new one; it must have made the Governor its proposer, executor and canceller.
    """
    self._check_setter()
    self._set_timelock(newTimelock)


@external
@payable
@reentrant
def relay(target: address, value_: uint256, data: Bytes[timelock_limits.MAX_CALLDATA]):
    """
    @notice Calls anything in the name of the Governor: the way back for what was sent to it by mistake.
            Only a proposal.
    @dev The Governor holds nothing and has no role but those on the Timelock.
    @param target Whom to call.
    @param value_ Wei of the chain's currency to send along.
    @param data The calldata.
    """
    self._check_governance(
        keccak256(
            abi_encode(target, value_, data, method_id=method_id("relay(address,uint256,bytes)"))
        )
    )
    success: bool = False
    response: Bytes[timelock_limits.MAX_CALLDATA] = b""
    success, response = raw_call(
        target,
        data,
        value=value_,
        max_outsize=timelock_limits.MAX_CALLDATA,
        revert_on_failure=False,
    )
    if not success:
        if len(response) != 0:
            raw_revert(response)
        raw_revert(method_id("FailedCall()"))


@internal
def _set_timelock(new_timelock: address):
    """
    @dev Unguarded: the callers are the constructor and `updateTimelock`.
    """
    assert new_timelock != empty(address), "governor: zero timelock"
    assert new_timelock != self, "governor: own timelock"
    log IGovernor.TimelockChange(oldTimelock=self.timelock, newTimelock=new_timelock)
    self.timelock = new_timelock


@internal
def _expect(data_hash: bytes32):
    """
    @dev Whitelists one call. Unguarded: the importer is executing a proposal that contains it.
    """
    expected: uint256 = self._expected
    self._hashes[expected & END_MASK] = data_hash
    self._expected = expected + 1


@internal
def _forget():
    """
    @dev Ends the whitelist. Unguarded: the importer has executed the proposal.
    """
    expected: uint256 = self._expected
    if expected >> FIRST_AT != expected & END_MASK:
        self._expected = 0


@internal
def _check_setter():
    """
    @dev Throws unless the running call, with one static argument, is expected.
    """
    data_hash: bytes32 = empty(bytes32)
    if len(msg.data) == SETTER_BYTES:
        data_hash = keccak256(slice(msg.data, 0, SETTER_BYTES))
    self._check_governance(data_hash)


@internal
def _check_governance(data_hash: bytes32):
    """
    @dev Throws unless the Timelock makes an expected call; it and what came before are consumed.
    """
    if msg.sender != self.timelock:
        raw_revert(abi_encode(msg.sender, method_id=method_id("GovernorOnlyExecutor(address)")))
    expected: uint256 = self._expected
    for _: uint256 in range(timelock_limits.MAX_CALLS):
        first: uint256 = expected >> FIRST_AT
        if first == expected & END_MASK:
            break
        found: bytes32 = self._hashes[first]
        self._hashes[first] = empty(bytes32)
        expected += 1 << FIRST_AT
        if found == data_hash:
            self._expected = expected
            return
    raw_revert(abi_encode(EMPTY_ARRAY_POP, method_id=method_id("Panic(uint256)")))
