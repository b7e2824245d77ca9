# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title proposal_guardian
@license GNU Affero General Public License v3.0 only
@notice Who may cancel proposals, and until when.
@dev OpenZeppelin's GovernorProposalGuardian with an end: after its term a guardian is nobody, and only a
     proposal can start a new term. One packed word: guardian 160 | the first second without it 40.
"""

from ...interfaces import IGovernor
from . import governance_calls

uses: governance_calls

MAX_SECONDS: constant(uint256) = 2 * 365 * 86_400
ADDRESS_MASK: constant(uint256) = 2**160 - 1


guardian_seconds: public(immutable(uint256))

_guardian: uint256


@deploy
def __init__(guardian: address, seconds: uint256):
    """
    @notice Starts the first term.
    @param guardian Who may cancel; the zero address for nobody.
    @param seconds How long each term lasts, at most two years.
    """
    assert seconds <= MAX_SECONDS, "governor: guardian term too long"
    guardian_seconds = seconds
    self._set_guardian(guardian)


@external
@reentrant
def setProposalGuardian(newProposalGuardian: address):
    """
    @notice Starts the term of a guardian, also of the present one. Only a proposal.
    @param newProposalGuardian Who may cancel; the zero address for nobody.
    """
    governance_calls._check_setter()
    self._set_guardian(newProposalGuardian)


@external
@view
@reentrant
def proposalGuardian() -> address:
    """
    @notice Who may cancel proposals now.
    @return The guardian, or the zero address if there is none or its term is over.
    """
    word: uint256 = self._guardian
    return self._address_in(word) if block.timestamp < word >> 160 else empty(address)


@external
@view
@reentrant
def guardian_expires_at() -> uint256:
    """
    @notice From when the guardian is powerless.
    @return A timestamp, zero if the voters chose to have none.
    """
    return self._guardian >> 160


@internal
@view
def _may_cancel_late(account: address, proposer: address) -> bool:
    """
    @dev Whether `account` may cancel a proposal in any state: the guardian in its term, and as with
         OpenZeppelin the proposer if the voters chose to have none. A guardian whose term is over
         gives no power to proposers.
    """
    word: uint256 = self._guardian
    if word == 0:
        return account == proposer
    return account == self._address_in(word) and block.timestamp < word >> 160


@internal
@pure
def _address_in(word: uint256) -> address:
    """
    @dev Returns the guardian of the packed word.
    """
    return convert(word & ADDRESS_MASK, address)


@internal
def _set_guardian(guardian: address):
    """
    @dev Unguarded: the callers are the constructor and `setProposalGuardian`.
    """
    log IGovernor.ProposalGuardianSet(
        oldProposalGuardian=self._address_in(self._guardian), newProposalGuardian=guardian
    )
    if guardian == empty(address):
        self._guardian = 0
    else:
        ends_at: uint256 = block.timestamp + guardian_seconds
        self._guardian = convert(guardian, uint256) | (ends_at << 160)
