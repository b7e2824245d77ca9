# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title vote_casting
@license GNU Affero General Public License v3.0 only
@notice Every way to vote: in person, with a reason, with parameters, by signature.
@dev Whoever has power in a house that the proposal needs votes in it with the same call, once. Nothing is
     locked: contracts of ours and the voters themselves are asked, by static calls that change nothing.
"""

from ...interfaces import IGovernor
from . import ballots
from . import governor_settings
from . import proposal_records
from . import proposal_states
from . import vote_counting
from . import voting_power

uses: ballots
uses: governor_settings
uses: proposal_records
uses: proposal_states
uses: vote_counting
uses: voting_power

MAX_REASON: constant(uint256) = 4096  # bytes
MAX_PARAMS: constant(uint256) = 1024


@external
@reentrant
def castVote(proposalId: uint256, support: uint8) -> uint256:
    """
    @notice Votes with the power of the snapshot. Anybody, for themselves, once.
    @param proposalId An active proposal.
    @param support 0 against, 1 for, 2 abstain.
    @return The votes of the caller among the stakers.
    """
    return self._cast_silently(proposalId, msg.sender, support)


@external
@reentrant
def castVoteWithReason(proposalId: uint256, support: uint8, reason: String[MAX_REASON]) -> uint256:
    """
    @notice Votes and says why. Anybody, for themselves, once.
    @param proposalId An active proposal.
    @param support 0 against, 1 for, 2 abstain.
    @param reason Logged, nothing else.
    @return The votes of the caller among the stakers.
    """
    return self._cast(proposalId, msg.sender, support, reason)


@external
@reentrant
def castVoteWithReasonAndParams(
    proposalId: uint256, support: uint8, reason: String[MAX_REASON], params: Bytes[MAX_PARAMS]
) -> uint256:
    """
    @notice Votes, says why and passes parameters. Anybody, for themselves, once.
    @param proposalId An active proposal.
    @param support 0 against, 1 for, 2 abstain.
    @param reason Logged, nothing else.
    @param params Logged, nothing else.
    @return The votes of the caller among the stakers.
    """
    return self._cast_with_params(proposalId, msg.sender, support, reason, params)


@external
@reentrant
def castVoteBySig(
    proposalId: uint256, support: uint8, voter: address, signature: Bytes[ballots.MAX_SIGNATURE]
) -> uint256:
    """
    @notice Votes for somebody who signed the ballot. Anybody may bring it.
    @param proposalId An active proposal.
    @param support 0 against, 1 for, 2 abstain.
    @param voter Who signed, a key or an ERC-1271 contract.
    @param signature Of the Ballot with the present nonce of `voter`.
    @return The votes of `voter` among the stakers.
    """
    ballots._check_ballot(proposalId, support, voter, signature)
    return self._cast_silently(proposalId, voter, support)


@external
@reentrant
def castVoteWithReasonAndParamsBySig(
    proposalId: uint256,
    support: uint8,
    voter: address,
    reason: String[MAX_REASON],
    params: Bytes[MAX_PARAMS],
    signature: Bytes[ballots.MAX_SIGNATURE],
) -> uint256:
    """
    @notice Votes for somebody who signed the ballot with its reason. Anybody may bring it.
    @param proposalId An active proposal.
    @param support 0 against, 1 for, 2 abstain.
    @param voter Who signed, a key or an ERC-1271 contract.
    @param reason Logged, nothing else.
    @param params Logged, nothing else.
    @param signature Of the ExtendedBallot with the present nonce of `voter`.
    @return The votes of `voter` among the stakers.
    """
    ballots._check_extended_ballot(
        proposalId, support, voter, keccak256(reason), keccak256(params), signature
    )
    return self._cast_with_params(proposalId, voter, support, reason, params)


@internal
def _cast_silently(proposal_id: uint256, voter: address, support: uint8) -> uint256:
    """
    @dev Votes for `voter`. Unguarded: the caller knows that it is their will. Apart from `_cast`, so that
         nobody pays for the memory of a reason without giving one.
    """
    weight: uint256 = self._count(proposal_id, voter, support)
    log IGovernor.VoteCast(voter=voter, proposalId=proposal_id, support=support, weight=weight, reason="")
    self._follow(proposal_id, voter, support)
    return weight


@internal
def _cast(proposal_id: uint256, voter: address, support: uint8, reason: String[MAX_REASON]) -> uint256:
    """
    @dev Votes for `voter`. Unguarded: the caller knows that it is their will.
    """
    weight: uint256 = self._count(proposal_id, voter, support)
    log IGovernor.VoteCast(voter=voter, proposalId=proposal_id, support=support, weight=weight, reason=reason)
    self._follow(proposal_id, voter, support)
    return weight


@internal
def _cast_with_params(
    proposal_id: uint256,
    voter: address,
    support: uint8,
    reason: String[MAX_REASON],
    params: Bytes[MAX_PARAMS],
) -> uint256:
    """
    @dev Votes for `voter`. Unguarded: the caller knows that it is their will.
    """
    if len(params) == 0:
        return self._cast(proposal_id, voter, support, reason)
    weight: uint256 = self._count(proposal_id, voter, support)
    log IGovernor.VoteCastWithParams(
        voter=voter,
        proposalId=proposal_id,
        support=support,
        weight=weight,
        reason=reason,
        params=params,
    )
    self._follow(proposal_id, voter, support)
    return weight


@internal
def _count(proposal_id: uint256, voter: address, support: uint8) -> uint256:
    """
    @dev Counts the vote among the stakers and returns its weight. Refuses what is not active, so that
         the snapshot is over.
    """
    core: uint256 = proposal_records._cores[proposal_id]
    proposal_states._check(proposal_id, core, 1 << proposal_states.ACTIVE)
    snapshot: uint256 = proposal_records._snapshot(core)
    weight: uint256 = voting_power._votes_of(voter, snapshot)
    vote_counting._count(proposal_id, voter, support, weight, snapshot)
    return weight


@internal
def _follow(proposal_id: uint256, voter: address, support: uint8):
    """
    @dev Counts the vote among the workers if the proposal needs them, and extends the vote if it has
         just reached its quorum. Unguarded: the vote was counted among the stakers before.
    """
    core: uint256 = proposal_records._cores[proposal_id]
    needs: uint256 = proposal_records._needs(core)
    snapshot: uint256 = proposal_records._snapshot(core)
    if needs & proposal_records.NEEDS_WORKERS != 0:
        weight: uint256 = voting_power._worker_votes_of(voter, snapshot)
        vote_counting._count_worker(proposal_id, support, weight)
        log IGovernor.WorkerVoteCast(voter=voter, proposal_id=proposal_id, support=support, weight=weight)
    if vote_counting._extended_deadline(proposal_id) != 0:
        return
    if vote_counting._is_quorum_reached(proposal_id, snapshot, needs):
        extension: uint256 = governor_settings._field(governor_settings.EXTENSION_AT)
        deadline: uint256 = block.timestamp + extension
        if deadline > proposal_records._first_deadline(core):
            log IGovernor.ProposalExtended(
                proposalId=proposal_id, extendedDeadline=convert(deadline, uint64)
            )
        vote_counting._extend(proposal_id, deadline)
