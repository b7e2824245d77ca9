# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title proposal_records
@license GNU Affero General Public License v3.0 only
@notice The core of each proposal: who proposed it, when its vote is, what it needs, what became of it.
@dev One packed word, low bits first:
       proposer 160 | snapshot 34 | duration 21 | executed 1 | canceled 1 | needs 3 | eta 34
     OpenZeppelin keeps the eta in a second word. The internal functions do not check the caller.
"""

SNAPSHOT_AT: constant(uint256) = 160
DURATION_AT: constant(uint256) = 194
EXECUTED: constant(uint256) = 1 << 215
CANCELED: constant(uint256) = 1 << 216
NEEDS_AT: constant(uint256) = 217
ETA_AT: constant(uint256) = 220
ADDRESS_MASK: constant(uint256) = 2**160 - 1
TIME_MASK: constant(uint256) = 2**34 - 1
DURATION_MASK: constant(uint256) = 2**21 - 1

# the class of a proposal is what it needs beyond a majority of the stakers
NEEDS_WORKERS: constant(uint256) = 1  # a majority in the house of workers too
NEEDS_TWO_THIRDS: constant(uint256) = 2
IS_SLOW: constant(uint256) = 4  # waits seven days before it can be executed
NEEDS_MASK: constant(uint256) = 7


_cores: HashMap[uint256, uint256]
_operations: HashMap[uint256, bytes32]  # the id in the Timelock, from queuing to execution


@external
@view
@reentrant
def proposalProposer(proposalId: uint256) -> address:
    """
    @notice Who proposed.
    @param proposalId The proposal.
    @return The proposer, zero if there is no such proposal.
    """
    return self._proposer(self._cores[proposalId])


@external
@view
@reentrant
def proposalSnapshot(proposalId: uint256) -> uint256:
    """
    @notice The second whose powers count; the vote starts after it.
    @param proposalId The proposal.
    @return A timestamp.
    """
    return self._snapshot(self._cores[proposalId])


@external
@view
@reentrant
def proposalEta(proposalId: uint256) -> uint256:
    """
    @notice From when a queued proposal can be executed.
    @param proposalId The proposal.
    @return A timestamp, zero before it is queued.
    """
    return self._eta(self._cores[proposalId])


@external
@pure
@reentrant
def proposalNeedsQueuing(proposalId: uint256) -> bool:
    """
    @notice Whether a proposal must be queued before it can be executed.
    @param proposalId The proposal.
    @return Always true.
    """
    return True


@external
@view
@reentrant
def proposal_class(proposalId: uint256) -> (bool, bool, bool):
    """
    @notice What a proposal needs beyond a majority of the stakers.
    @param proposalId The proposal.
    @return A majority of the workers; two thirds of the stakers; seven days in the Timelock.
    """
    needs: uint256 = self._needs(self._cores[proposalId])
    return needs & NEEDS_WORKERS != 0, needs & NEEDS_TWO_THIRDS != 0, needs & IS_SLOW != 0


@internal
@pure
def _proposer(core: uint256) -> address:
    """
    @dev Who proposed.
    """
    return convert(core & ADDRESS_MASK, address)


@internal
@pure
def _snapshot(core: uint256) -> uint256:
    """
    @dev The second whose powers count, zero if there is no such proposal.
    """
    return (core >> SNAPSHOT_AT) & TIME_MASK


@internal
@pure
def _first_deadline(core: uint256) -> uint256:
    """
    @dev The last second of the vote, unless a late quorum extended it.
    """
    return ((core >> SNAPSHOT_AT) & TIME_MASK) + ((core >> DURATION_AT) & DURATION_MASK)


@internal
@pure
def _needs(core: uint256) -> uint256:
    """
    @dev NEEDS_WORKERS, NEEDS_TWO_THIRDS and IS_SLOW, or-ed.
    """
    return (core >> NEEDS_AT) & NEEDS_MASK


@internal
@pure
def _eta(core: uint256) -> uint256:
    """
    @dev From when it can be executed, zero before it is queued.
    """
    return core >> ETA_AT


@internal
def _create(
    proposal_id: uint256, proposer: address, snapshot: uint256, duration: uint256, needs: uint256
):
    """
    @dev Writes a new proposal.
    """
    self._cores[proposal_id] = (
        convert(proposer, uint256)
        | (snapshot << SNAPSHOT_AT)
        | (duration << DURATION_AT)
        | (needs << NEEDS_AT)
    )


@internal
def _queue(proposal_id: uint256, core: uint256, operation: bytes32, eta: uint256):
    """
    @dev Remembers what waits in the Timelock, and until when.
    """
    self._operations[proposal_id] = operation
    self._cores[proposal_id] = core | (eta << ETA_AT)


@internal
def _end(proposal_id: uint256, core: uint256, ending: uint256):
    """
    @dev Marks the proposal as EXECUTED or CANCELED. What it was in the Timelock is not needed again.
    """
    if core >> ETA_AT != 0:
        self._operations[proposal_id] = empty(bytes32)
    self._cores[proposal_id] = core | ending
