# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title governor_settings
@license GNU Affero General Public License v3.0 only
@notice How long a vote lasts and who may propose, each within hard bounds.
@dev OpenZeppelin's GovernorSettings and the setting of GovernorPreventLateQuorum, in one packed word,
     low bits first: delay 24 | period 24 | late extension 24 | threshold 16. The internal setters do
     not check the caller.
"""

from ...interfaces import IGovernor
from . import governance_calls

uses: governance_calls

DAY: constant(uint256) = 86_400

PERIOD_AT: constant(uint256) = 24
EXTENSION_AT: constant(uint256) = 48
THRESHOLD_AT: constant(uint256) = 72
MASK_24: constant(uint256) = 2**24 - 1


_settings: uint256


@deploy
def __init__(settings: IGovernor.Settings):
    """
    @notice Sets the first values, each within its hard bounds.
    @param settings The values.
    """
    self._set_delay(settings.voting_delay)
    self._set_period(settings.voting_period)
    self._set_threshold(settings.threshold_bps)
    self._set_extension(settings.late_extension)


@external
@reentrant
def setVotingDelay(newVotingDelay: uint48):
    """
    @notice Changes how long a new proposal waits before its vote. Only a proposal.
    @param newVotingDelay Seconds, from 1 to 7 days.
    """
    governance_calls._check_setter()
    self._set_delay(convert(newVotingDelay, uint256))


@external
@reentrant
def setVotingPeriod(newVotingPeriod: uint32):
    """
    @notice Changes how long the vote of a new proposal lasts. Only a proposal.
    @param newVotingPeriod Seconds, from 3 to 14 days.
    """
    governance_calls._check_setter()
    self._set_period(convert(newVotingPeriod, uint256))


@external
@reentrant
def setProposalThreshold(newProposalThreshold: uint256):
    """
    @notice Changes how much of all votes a proposer needs. Only a proposal.
    @param newProposalThreshold Basis points, from 10 to 200.
    """
    governance_calls._check_setter()
    self._set_threshold(newProposalThreshold)


@external
@reentrant
def setLateQuorumVoteExtension(newVoteExtension: uint48):
    """
    @notice Changes how long a vote lasts at least after its quorum is reached. Only a proposal.
    @param newVoteExtension Seconds, from 1 to 3 days.
    """
    governance_calls._check_setter()
    self._set_extension(convert(newVoteExtension, uint256))


@external
@view
@reentrant
def votingDelay() -> uint256:
    """
    @notice How long a new proposal waits before its vote.
    @return Seconds.
    """
    return self._field(0)


@external
@view
@reentrant
def votingPeriod() -> uint256:
    """
    @notice How long the vote of a new proposal lasts.
    @return Seconds.
    """
    return self._field(PERIOD_AT)


@external
@view
@reentrant
def lateQuorumVoteExtension() -> uint48:
    """
    @notice How long a vote lasts at least after its quorum is reached.
    @return Seconds.
    """
    return convert(self._field(EXTENSION_AT), uint48)


@internal
@view
def _field(at: uint256) -> uint256:
    """
    @dev Returns the setting whose lowest bit is `at`.
    """
    return (self._settings >> at) & MASK_24


@internal
def _replace(at: uint256, old: uint256, new: uint256):
    """
    @dev Writes one setting. The bounds of the callers are below 2^24.
    """
    self._settings = self._settings ^ ((old ^ new) << at)


@internal
def _set_delay(new: uint256):
    """
    @dev Refuses a vote that starts before anybody could see it, or that never comes.
    """
    assert new >= DAY, "governor: voting delay too short"
    assert new <= 7 * DAY, "governor: voting delay too long"
    old: uint256 = self._field(0)
    log IGovernor.VotingDelaySet(oldVotingDelay=old, newVotingDelay=new)
    self._replace(0, old, new)


@internal
def _set_period(new: uint256):
    """
    @dev Refuses a vote that nobody could attend, or that never ends.
    """
    if new == 0:
        raw_revert(abi_encode(new, method_id=method_id("GovernorInvalidVotingPeriod(uint256)")))
    assert new >= 3 * DAY, "governor: voting period short"
    assert new <= 14 * DAY, "governor: voting period long"
    old: uint256 = self._field(PERIOD_AT)
    log IGovernor.VotingPeriodSet(oldVotingPeriod=old, newVotingPeriod=new)
    self._replace(PERIOD_AT, old, new)


@internal
def _set_threshold(new: uint256):
    """
    @dev Refuses a threshold that lets anybody flood the vote, or that only whales reach.
    """
    assert new >= 10, "governor: threshold too low"
    assert new <= 200, "governor: threshold too high"
    old: uint256 = self._field(THRESHOLD_AT)
    log IGovernor.ProposalThresholdSet(oldProposalThreshold=old, newProposalThreshold=new)
    self._replace(THRESHOLD_AT, old, new)


@internal
def _set_extension(new: uint256):
    """
    @dev Refuses an extension that nobody could use, or that is longer than a vote.
    """
    period: uint256 = self._field(PERIOD_AT)
    if new > period:
        raw_revert(
            abi_encode(
                new,
                period,
                method_id=method_id(
                    "GovernorPreventLateQuorumVoteExtensionTooLarge(uint256,uint256)"
                ),
            )
        )
    assert new >= DAY, "governor: late extension short"
    assert new <= 3 * DAY, "governor: late extension long"
    old: uint256 = self._field(EXTENSION_AT)
    log IGovernor.LateQuorumVoteExtensionSet(
        oldVoteExtension=convert(old, uint64), newVoteExtension=convert(new, uint64)
    )
    self._replace(EXTENSION_AT, old, new)
