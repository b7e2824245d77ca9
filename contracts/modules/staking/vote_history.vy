# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title vote_history
@license GNU Affero General Public License v3.0 only
@notice What votes and stakes are and were: the reading half of ERC-5805 and ERC-6372, and the same for stake.
@dev Stateless. A past second is over before it can be asked for, so no answer ever changes.
"""

from ...interfaces import IStaking
from . import vote_checkpoints

uses: vote_checkpoints


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
@view
@reentrant
def CLOCK_MODE() -> String[14]:
    """
    @notice How timepoints are counted.
    @return "mode=timestamp".
    """
    return "mode=timestamp"


@external
@view
@reentrant  # no call of a token can come between its changes
def getVotes(account: address) -> uint256:
    """
    @notice The present votes of an account, its own and those delegated to it.
    @param account The account.
    @return Votes, in wei of TES times what locks make of them.
    """
    return vote_checkpoints._votes(vote_checkpoints._head(account))


@external
@view
@reentrant  # the past does not change
def getPastVotes(account: address, timepoint: uint256) -> uint256:
    """
    @notice The votes of an account at the end of a past second.
    @param account The account.
    @param timepoint The second; it must be over.
    @return Votes.
    """
    return vote_checkpoints._votes(self._past(convert(account, uint256), timepoint))


@external
@view
@reentrant  # the past does not change
def getPastTotalSupply(timepoint: uint256) -> uint256:
    """
    @notice The votes of all accounts together at the end of a past second.
    @param timepoint The second; it must be over.
    @return Votes.
    """
    return vote_checkpoints._votes(self._past(vote_checkpoints.TOTAL, timepoint))


@external
@view
@reentrant  # the past does not change
def past_share(account: address, timepoint: uint256) -> (uint256, uint256):
    """
    @notice The votes of an account and of all accounts together, in one call.
    @param account The account.
    @param timepoint The second; it must be over.
    @return Votes of the account, votes of all.
    """
    return (
        vote_checkpoints._votes(self._past(convert(account, uint256), timepoint)),
        vote_checkpoints._votes(self._past(vote_checkpoints.TOTAL, timepoint)),
    )


@external
@view
@reentrant  # the past does not change
def past_stake(account: address, timepoint: uint256) -> uint256:
    """
    @notice The TES stake of an account at the end of a past second, however it votes.
    @param account The account.
    @param timepoint The second; it must be over.
    @return Wei of TES.
    """
    return vote_checkpoints._stake(self._past(convert(account, uint256), timepoint))


@external
@view
@reentrant  # the past does not change
def past_total_stake(timepoint: uint256) -> uint256:
    """
    @notice The TES stake of all accounts together at the end of a past second.
    @param timepoint The second; it must be over.
    @return Wei of TES.
    """
    return vote_checkpoints._stake(self._past(vote_checkpoints.TOTAL, timepoint))


@external
@view
@reentrant  # no call of a token can come between its changes
def numCheckpoints(account: address) -> uint32:
    """
    @notice How often the votes or the stake of an account changed, counting a second once.
    @param account The account.
    @return The number of checkpoints.
    """
    return convert(vote_checkpoints._length(convert(account, uint256)), uint32)


@external
@view
@reentrant  # no call of a token can come between its changes
def checkpoints(account: address, index: uint32) -> IStaking.Checkpoint:
    """
    @notice One change of an account, in the order of time.
    @param account The account.
    @param index From 0.
    @return Since when, and how many votes.
    """
    word: uint256 = vote_checkpoints._word_at(convert(account, uint256), convert(index, uint256))
    return IStaking.Checkpoint(
        _key=convert(vote_checkpoints._time(word), uint48),
        _value=convert(vote_checkpoints._votes(word), uint208),
    )


@external
@view
@reentrant  # no call of a token can come between its changes
def stake_checkpoint_count(account: address) -> uint256:
    """
    @notice How many stake checkpoints an account has: as many as vote checkpoints, at the same times.
    @param account The account.
    @return The number.
    """
    return vote_checkpoints._length(convert(account, uint256))


@external
@view
@reentrant  # no call of a token can come between its changes
def stake_checkpoint(account: address, index: uint256) -> (uint256, uint256):
    """
    @notice One change of an account, in the order of time.
    @param account The account.
    @param index From 0; the last one is the present.
    @return Since when, and how much stake, in wei of TES.
    """
    word: uint256 = vote_checkpoints._word_at(convert(account, uint256), index)
    return vote_checkpoints._time(word), vote_checkpoints._stake(word)


@internal
@view
def _past(key: uint256, timepoint: uint256) -> uint256:
    """
    @dev The word that counted at the end of a second that is over.
    """
    if timepoint >= block.timestamp:
        raw_revert(
            abi_encode(
                timepoint,
                convert(block.timestamp, uint48),
                method_id=method_id("ERC5805FutureLookup(uint256,uint48)"),
            )
        )
    return vote_checkpoints._lookup(key, timepoint)
