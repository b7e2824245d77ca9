# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title vote_counting
@license GNU Affero General Public License v3.0 only
@notice Who voted, how the votes of both houses stand, and whether they are enough.
@dev OpenZeppelin's GovernorCountingSimple with two houses. Of stakers two packed words, low bits first:
       against 90 | for 90 | quorum, in units of 2^14, 76
       abstain 90 | extended deadline 34
     The quorum of a snapshot never changes: the first vote for or against notes it, so that the others
     need not ask for it. It is exact again where it is close. Of workers: against 128 | for 128, abstain.
"""

from . import proposal_records
from . import voting_power

uses: voting_power

ABSTAIN: constant(uint8) = 2  # 0 is against, 1 is for

VOTES_BITS: constant(uint256) = 90  # more than all TES
VOTES_MASK: constant(uint256) = 2**90 - 1
HINT_AT: constant(uint256) = 180
HINT_UNIT_BITS: constant(uint256) = 14
WORKER_MASK: constant(uint256) = 2**128 - 1


_tallies: HashMap[uint256, uint256]
_rests: HashMap[uint256, uint256]
_worker_tallies: HashMap[uint256, uint256]
_worker_abstains: HashMap[uint256, uint256]
_has_voted: HashMap[uint256, HashMap[address, bool]]


@external
@pure
@reentrant
def COUNTING_MODE() -> String[32]:
    """
    @notice How votes are counted.
    @return As Governor Bravo does: against, for, abstain; for and abstain make the quorum.
    """
    return "support=bravo&quorum=for,abstain"


@external
@view
@reentrant
def hasVoted(proposalId: uint256, account: address) -> bool:
    """
    @notice Whether an account has voted.
    @param proposalId The proposal.
    @param account The voter.
    @return True if so.
    """
    return self._has_voted[proposalId][account]


@external
@view
@reentrant
def proposalVotes(proposalId: uint256) -> (uint256, uint256, uint256):
    """
    @notice How the votes of the stakers stand.
    @param proposalId The proposal.
    @return Votes against, for and abstaining.
    """
    tally: uint256 = self._tallies[proposalId]
    return (
        tally & VOTES_MASK,
        (tally >> VOTES_BITS) & VOTES_MASK,
        self._rests[proposalId] & VOTES_MASK,
    )


@external
@view
@reentrant
def worker_votes(proposalId: uint256) -> (uint256, uint256, uint256):
    """
    @notice How the votes of the workers stand, if the proposal needs them.
    @param proposalId The proposal.
    @return Votes against, for and abstaining.
    """
    tally: uint256 = self._worker_tallies[proposalId]
    return tally & WORKER_MASK, tally >> 128, self._worker_abstains[proposalId]


@internal
@view
def _extended_deadline(proposal_id: uint256) -> uint256:
    """
    @dev Zero until the quorum is reached.
    """
    return self._rests[proposal_id] >> VOTES_BITS


@internal
def _extend(proposal_id: uint256, deadline: uint256):
    """
    @dev Notes, once, until when the vote lasts at least. Unguarded: the importer counted a vote.
    """
    self._rests[proposal_id] |= deadline << VOTES_BITS


@internal
def _count(proposal_id: uint256, voter: address, support: uint8, weight: uint256, snapshot: uint256):
    """
    @dev Counts the votes of a staker, once. Unguarded: the importer checks voter, state and weight.
    """
    if self._has_voted[proposal_id][voter]:
        raw_revert(abi_encode(voter, method_id=method_id("GovernorAlreadyCastVote(address)")))
    self._has_voted[proposal_id][voter] = True
    if support == ABSTAIN:
        rest: uint256 = self._rests[proposal_id]
        assert weight <= VOTES_MASK - (rest & VOTES_MASK), "governor: too many votes"
        self._rests[proposal_id] = rest + weight
        return
    if support > ABSTAIN:
        raw_revert(method_id("GovernorInvalidVoteType()"))
    tally: uint256 = self._tallies[proposal_id]
    at: uint256 = VOTES_BITS * convert(support, uint256)
    assert weight <= VOTES_MASK - ((tally >> at) & VOTES_MASK), "governor: too many votes"
    if tally >> HINT_AT == 0:
        tally |= (voting_power._quorum(snapshot) >> HINT_UNIT_BITS) << HINT_AT
    self._tallies[proposal_id] = tally + (weight << at)


@internal
def _count_worker(proposal_id: uint256, support: uint8, weight: uint256):
    """
    @dev Counts the votes of a worker. Unguarded: the importer has counted the voter as a staker, once.
    """
    if support == ABSTAIN:
        self._worker_abstains[proposal_id] += weight
        return
    tally: uint256 = self._worker_tallies[proposal_id]
    at: uint256 = 128 * convert(support, uint256)
    assert weight <= WORKER_MASK - ((tally >> at) & WORKER_MASK), "governor: too many votes"
    self._worker_tallies[proposal_id] = tally + (weight << at)


@internal
@view
def _is_quorum_reached(proposal_id: uint256, snapshot: uint256, needs: uint256) -> bool:
    """
    @dev Whether enough votes are for or abstaining, in each house that the proposal needs.
    """
    tally: uint256 = self._tallies[proposal_id]
    votes: uint256 = (tally >> VOTES_BITS) & VOTES_MASK
    votes += self._rests[proposal_id] & VOTES_MASK
    rounded: uint256 = votes >> HINT_UNIT_BITS
    hint: uint256 = tally >> HINT_AT
    if hint == 0 or rounded == hint:
        if votes < voting_power._quorum(snapshot):
            return False
    elif rounded < hint:
        return False
    if needs & proposal_records.NEEDS_WORKERS == 0:
        return True
    workers: uint256 = (self._worker_tallies[proposal_id] >> 128) + self._worker_abstains[proposal_id]
    return voting_power._is_worker_quorum(workers, snapshot)


@internal
@view
def _has_succeeded(proposal_id: uint256, needs: uint256) -> bool:
    """
    @dev Whether more are for it than against it, in each house that the proposal needs, and where it
         needs two thirds, twice as many.
    """
    tally: uint256 = self._tallies[proposal_id]
    against: uint256 = tally & VOTES_MASK
    in_favour: uint256 = (tally >> VOTES_BITS) & VOTES_MASK
    if in_favour <= against:
        return False
    if needs & proposal_records.NEEDS_TWO_THIRDS != 0 and in_favour < 2 * against:
        return False
    if needs & proposal_records.NEEDS_WORKERS == 0:
        return True
    workers: uint256 = self._worker_tallies[proposal_id]
    return workers >> 128 > workers & WORKER_MASK
