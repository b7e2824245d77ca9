# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title voting_power
@license GNU Affero General Public License v3.0 only
@notice Who has how many votes, in the house of stakers and in the house of workers, and what a quorum is.
@dev OpenZeppelin's GovernorVotes with two houses. Power is always that of a second that is over: what is
     staked, borrowed or delegated within a transaction counts nothing. Reads contracts of ours only.
"""

from ...interfaces import IStaking
from ...interfaces import IVotes
from ...interfaces import IWorkToken
from . import governor_settings
from . import quorum_fraction

uses: governor_settings
uses: quorum_fraction

MAX_PARAMS: constant(uint256) = 1024
MAX_BPS: constant(uint256) = 10_000
SUPPLY_PERCENT: constant(uint256) = 2  # of all TES, below which no quorum falls


VOTES: immutable(IVotes)
WORK_TOKEN: immutable(IWorkToken)
WORKER_HOUSE: immutable(IVotes)


@deploy
def __init__(votes: address, work_token: address, worker_house: address):
    """
    @notice Fixes both houses.
    @param votes The house of stakers: Staking.
    @param work_token TES.
    @param worker_house The house of workers.
    """
    assert votes != empty(address), "governor: zero votes"
    assert work_token != empty(address), "governor: zero work token"
    assert worker_house != empty(address), "governor: zero worker house"
    VOTES = IVotes(votes)
    WORK_TOKEN = IWorkToken(work_token)
    WORKER_HOUSE = IVotes(worker_house)


@external
@view
@reentrant
def token() -> address:
    """
    @notice Where the votes of the house of stakers are.
    @return Staking.
    """
    return VOTES.address


@external
@view
@reentrant
def worker_house() -> address:
    """
    @notice Where the votes of the house of workers are.
    @return WorkerHouse.
    """
    return WORKER_HOUSE.address


@external
@view
@reentrant
def clock() -> uint48:
    """
    @notice The present timepoint.
    @return Seconds.
    """
    return convert(block.timestamp, uint48)


@external
@pure
@reentrant
def CLOCK_MODE() -> String[14]:
    """
    @notice How timepoints are counted.
    @return "mode=timestamp".
    """
    return "mode=timestamp"


@external
@view
@reentrant
def getVotes(account: address, timepoint: uint256) -> uint256:
    """
    @notice The power of an account among the stakers.
    @param account The account.
    @param timepoint A second that is over.
    @return Votes.
    """
    return self._votes_of(account, timepoint)


@external
@view
@reentrant
def getVotesWithParams(account: address, timepoint: uint256, params: Bytes[MAX_PARAMS]) -> uint256:
    """
    @notice The same: no parameter changes the power of an account.
    @param account The account.
    @param timepoint A second that is over.
    @param params Ignored.
    @return Votes.
    """
    return self._votes_of(account, timepoint)


@external
@view
@reentrant
def quorum(timepoint: uint256) -> uint256:
    """
    @notice How many votes of stakers must take part.
    @param timepoint The snapshot; it must be over.
    @return Votes: the quorum's percent of all votes, and no less than 2 % of all TES.
    """
    return self._quorum(timepoint)


@external
@view
@reentrant
def proposalThreshold() -> uint256:
    """
    @notice How many votes a proposer needs.
    @return Votes.
    """
    return self._standing_of(empty(address), governor_settings._settings)[1]


@internal
@view
def _votes_of(account: address, timepoint: uint256) -> uint256:
    """
    @dev Refuses a second that is not over.
    """
    return staticcall VOTES.getPastVotes(account, timepoint)


@internal
@view
def _worker_votes_of(account: address, timepoint: uint256) -> uint256:
    """
    @dev Refuses a second that is not over.
    """
    return staticcall WORKER_HOUSE.getPastVotes(account, timepoint)


@internal
@view
def _standing_of(account: address, settings: uint256) -> (uint256, uint256):
    """
    @dev The votes of an account a second ago, and how many it needs to propose: a part of all votes,
         rounded down as OpenZeppelin's quorum is. Asked in one call, which costs less than two.
    """
    votes: uint256 = 0
    all_votes: uint256 = 0
    votes, all_votes = staticcall IStaking(VOTES.address).past_share(account, block.timestamp - 1)
    # The highest field of the packed word.
    return votes, all_votes * (settings >> governor_settings.THRESHOLD_AT) // MAX_BPS


@internal
@view
def _quorum(timepoint: uint256) -> uint256:
    """
    @dev Rounded down, as OpenZeppelin's.
    """
    all_votes: uint256 = staticcall VOTES.getPastTotalSupply(timepoint)
    of_votes: uint256 = (
        all_votes * quorum_fraction._percent_at(timepoint) // quorum_fraction.DENOMINATOR
    )
    supply: uint256 = staticcall WORK_TOKEN.past_supply(timepoint)
    return max(of_votes, supply * SUPPLY_PERCENT // quorum_fraction.DENOMINATOR)


@internal
@view
def _is_worker_quorum(votes: uint256, timepoint: uint256) -> bool:
    """
    @dev The same percent of the house of workers, and never nothing.
    """
    all_votes: uint256 = staticcall WORKER_HOUSE.getPastTotalSupply(timepoint)
    least: uint256 = all_votes * quorum_fraction._percent_at(timepoint)
    return votes != 0 and votes * quorum_fraction.DENOMINATOR >= least
