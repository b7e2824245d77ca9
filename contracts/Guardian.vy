# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title Guardian
@license GNU Affero General Public License v3.0 only
@notice The Governor's first guardian: seven members, of whom four together cancel a proposal.
@dev Holds no money. It calls one function of one contract, so its members can stop a proposal and do
     nothing else: not vote, not spend, not choose their successors. When its term at the Governor is
     over, that call is refused.
@custom:kill Its term ends, or a proposal names another guardian; the members are fixed.
"""

from .interfaces import IGovernor
from .interfaces import IGuardian
from .modules import timelock_limits

implements: IGuardian

MEMBERS: constant(uint256) = 7
NEEDED: constant(uint256) = 4


governor: public(immutable(address))
MEMBER_LIST: immutable(address[MEMBERS])

_is_member: HashMap[address, bool]
_approvals: HashMap[uint256, uint256]
_has_approved: HashMap[uint256, HashMap[address, bool]]


@deploy
def __init__(governor_: address, members_: address[MEMBERS]):
    """
    @notice Fixes the members.
    @param governor_ Whose proposals they may cancel.
    @param members_ Seven different accounts.
    """
    assert governor_ != empty(address), "guardian: zero governor"
    for member: address in members_:
        assert member != empty(address), "guardian: zero member"
        assert not self._is_member[member], "guardian: member twice"
        self._is_member[member] = True
    governor = governor_
    MEMBER_LIST = members_


@external
def approve(proposal_id: uint256):
    """
    @notice Agrees to the cancellation of one proposal, for good. Only a member, once.
    @dev Refuses that one member counts twice.
    @param proposal_id The proposal.
    """
    assert self._is_member[msg.sender], "guardian: not a member"
    assert not self._has_approved[proposal_id][msg.sender], "guardian: approved before"
    approvals: uint256 = self._approvals[proposal_id] + 1
    self._has_approved[proposal_id][msg.sender] = True
    self._approvals[proposal_id] = approvals
    log IGuardian.CancelApproved(
        proposal_id=proposal_id, member=msg.sender, approvals=approvals
    )


@external
def cancel(
    targets: DynArray[address, timelock_limits.MAX_CALLS],
    values: DynArray[uint256, timelock_limits.MAX_CALLS],
    calldatas: DynArray[Bytes[timelock_limits.MAX_CALLDATA], timelock_limits.MAX_CALLS],
    description_hash: bytes32,
):
    """
    @notice Cancels a proposal that four members agreed to cancel. Anybody.
    @dev The Governor decides whether it can still be canceled, and whether this is still its guardian.
    @param targets Whom the Timelock was to call.
    @param values Wei of the chain's currency it was to send along.
    @param calldatas With what.
    @param description_hash Keccak-256 of the description.
    """
    proposal_id: uint256 = convert(
        keccak256(abi_encode(targets, values, calldatas, description_hash)), uint256
    )
    assert self._approvals[proposal_id] >= NEEDED, "guardian: too few approvals"
    extcall IGovernor(governor).cancel(targets, values, calldatas, description_hash)


@external
@view
def members() -> address[MEMBERS]:
    """
    @notice Who may approve.
    @return The seven members.
    """
    return MEMBER_LIST


@external
@view
def approvals_of(proposal_id: uint256) -> uint256:
    """
    @notice How many members agreed.
    @param proposal_id The proposal.
    @return From 0 to 7.
    """
    return self._approvals[proposal_id]


@external
@view
def has_approved(proposal_id: uint256, member: address) -> bool:
    """
    @notice Whether a member agreed.
    @param proposal_id The proposal.
    @param member The member.
    @return True if so.
    """
    return self._has_approved[proposal_id][member]
