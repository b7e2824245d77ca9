# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title proposal_states
@license GNU Affero General Public License v3.0 only
@notice In which state a proposal is: a function of its core, its votes, the clock and the Timelock.
@dev OpenZeppelin's order, with one state more in use: what was queued and not executed in time is Expired.
"""

from ...interfaces import ITimelock
from . import governance_calls
from . import proposal_records
from .. import timelock_limits
from . import vote_counting

uses: governance_calls
uses: proposal_records
uses: vote_counting

PENDING: constant(uint256) = 0
ACTIVE: constant(uint256) = 1
CANCELED: constant(uint256) = 2
DEFEATED: constant(uint256) = 3
SUCCEEDED: constant(uint256) = 4
QUEUED: constant(uint256) = 5
EXPIRED: constant(uint256) = 6
EXECUTED: constant(uint256) = 7

OPERATION_UNSET: constant(uint8) = 0
OPERATION_DONE: constant(uint8) = 3


@external
@view
@reentrant
def state(proposalId: uint256) -> uint8:
    """
    @notice In which state a proposal is. Refuses one that does not exist.
    @param proposalId The proposal.
    @return 0 pending, 1 active, 2 canceled, 3 defeated, 4 succeeded, 5 queued, 6 expired, 7 executed.
    """
    return convert(self._state_of(proposalId, proposal_records._cores[proposalId]), uint8)


@external
@view
@reentrant
def proposalDeadline(proposalId: uint256) -> uint256:
    """
    @notice The last second in which votes count.
    @param proposalId The proposal.
    @return A timestamp.
    """
    return self._deadline(proposalId, proposal_records._cores[proposalId])


@internal
@view
def _deadline(proposal_id: uint256, core: uint256) -> uint256:
    """
    @dev The first deadline, or the later one that a late quorum made.
    """
    return max(
        proposal_records._first_deadline(core), vote_counting._extended_deadline(proposal_id)
    )


@internal
@view
def _check(proposal_id: uint256, core: uint256, expected: uint256):
    """
    @dev Throws unless the proposal is in one of the states whose bits are in `expected`.
    """
    present: uint256 = self._state_of(proposal_id, core)
    if (expected >> present) & 1 == 0:
        self._refuse(proposal_id, present, expected)


@internal
@pure
def _refuse(proposal_id: uint256, present: uint256, expected: uint256):
    """
    @dev Throws as OpenZeppelin does.
    """
    raw_revert(
        abi_encode(
            proposal_id,
            present,
            expected,
            method_id=method_id("GovernorUnexpectedProposalState(uint256,uint8,bytes32)"),
        )
    )


@internal
@view
def _state_of(proposal_id: uint256, core: uint256) -> uint256:
    """
    @dev Returns the state of the proposal whose core the caller has read.
    """
    if core & proposal_records.EXECUTED != 0:
        return EXECUTED
    if core & proposal_records.CANCELED != 0:
        return CANCELED
    snapshot: uint256 = proposal_records._snapshot(core)
    if snapshot == 0:
        raw_revert(
            abi_encode(proposal_id, method_id=method_id("GovernorNonexistentProposal(uint256)"))
        )
    if snapshot >= block.timestamp:
        return PENDING
    if self._deadline(proposal_id, core) >= block.timestamp:
        return ACTIVE
    eta: uint256 = proposal_records._eta(core)
    # What is queued has succeeded before: the votes of a vote that is over never change.
    if eta != 0:
        return self._queued_state_of(proposal_records._operations[proposal_id], eta)
    needs: uint256 = proposal_records._needs(core)
    if not vote_counting._is_quorum_reached(proposal_id, snapshot, needs):
        return DEFEATED
    return SUCCEEDED if vote_counting._has_succeeded(proposal_id, needs) else DEFEATED


@internal
@view
def _queued_state_of(operation: bytes32, eta: uint256) -> uint256:
    """
    @dev The Timelock may have executed or cancelled on its own.
    """
    timelock: ITimelock = ITimelock(governance_calls.timelock)
    found: uint8 = staticcall timelock.getOperationState(operation)
    if found == OPERATION_DONE:
        return EXECUTED
    if block.timestamp > eta + timelock_limits.GRACE_SECONDS:
        return EXPIRED
    return CANCELED if found == OPERATION_UNSET else QUEUED
