# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title quorum_fraction
@license GNU Affero General Public License v3.0 only
@notice How many percent of all votes must take part, now and at any second of the past.
@dev OpenZeppelin's GovernorVotesQuorumFraction. A change is a checkpoint, so that it never touches a
     vote whose snapshot was before: percent 8 | time 40, and in the head also its index 40.
"""

from ...interfaces import IGovernor
from . import governance_calls

uses: governance_calls

DENOMINATOR: constant(uint256) = 100
LEAST: constant(uint256) = 3  # percent
MOST: constant(uint256) = 20

TIME_AT: constant(uint256) = 8
INDEX_AT: constant(uint256) = 48
PERCENT_MASK: constant(uint256) = 2**8 - 1
TIME_MASK: constant(uint256) = 2**40 - 1
CHECKPOINT_MASK: constant(uint256) = 2**48 - 1


_head: uint256
_checkpoints: HashMap[uint256, uint256]  # those before the head, by index


@deploy
def __init__(percent: uint256):
    """
    @notice Sets the first value.
    @param percent From 3 to 20.
    """
    self._set_percent(percent)


@external
@reentrant
def updateQuorumNumerator(newQuorumNumerator: uint256):
    """
    @notice Changes how much of all votes must take part. Only a proposal.
    @param newQuorumNumerator Percent, from 3 to 20.
    """
    governance_calls._check_setter()
    self._set_percent(newQuorumNumerator)


@external
@view
@reentrant
def quorumNumerator(timepoint: uint256 = max_value(uint256)) -> uint256:
    """
    @notice How much of all votes must take part.
    @param timepoint The second; by default now.
    @return Percent.
    """
    return self._percent_at(timepoint)


@external
@pure
@reentrant
def quorumDenominator() -> uint256:
    """
    @notice Of what the quorum numerator is a part.
    @return One hundred.
    """
    return DENOMINATOR


@internal
@view
def _percent_at(timepoint: uint256) -> uint256:
    """
    @dev Returns the percent of the last checkpoint that is not after `timepoint`, zero before the first.
    """
    head: uint256 = self._head
    if (head >> TIME_AT) & TIME_MASK <= timepoint:
        return head & PERCENT_MASK
    low: uint256 = 0
    high: uint256 = head >> INDEX_AT
    for _: uint256 in range(40):
        if low == high:
            break
        middle: uint256 = (low + high) // 2
        if self._checkpoints[middle] >> TIME_AT <= timepoint:
            low = middle + 1
        else:
            high = middle
    if low == 0:
        return 0
    return self._checkpoints[low - 1] & PERCENT_MASK


@internal
def _set_percent(percent: uint256):
    """
    @dev Refuses a quorum that a handful reaches or that nobody does. Unguarded: the callers are the
         constructor and `updateQuorumNumerator`.
    """
    if percent > DENOMINATOR:
        raw_revert(
            abi_encode(
                percent,
                DENOMINATOR,
                method_id=method_id("GovernorInvalidQuorumFraction(uint256,uint256)"),
            )
        )
    assert percent >= LEAST, "governor: quorum too low"
    assert percent <= MOST, "governor: quorum too high"
    head: uint256 = self._head
    index: uint256 = head >> INDEX_AT
    # A second change within one second replaces the first.
    if head != 0 and (head >> TIME_AT) & TIME_MASK != block.timestamp:
        self._checkpoints[index] = head & CHECKPOINT_MASK
        index += 1
    self._head = percent | (block.timestamp << TIME_AT) | (index << INDEX_AT)
    log IGovernor.QuorumNumeratorUpdated(
        oldQuorumNumerator=head & PERCENT_MASK, newQuorumNumerator=percent
    )
