# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title verdict_words
@license GNU Affero General Public License v3.0 only
@notice How the clock and the dispute of a verdict are packed, and what follows from them.
@dev Stateless. Low bits first:
       clock: posted_at 40 | reopened_at 40 | dispute status 8 | five rules of 32 each | bond in prices 8
       dispute: challenger 160 | opened_at 40 | seat size in prices 16 | seat size in TES 16 | bond in prices 8
     The rules are the first of the task's parameters, in their order: fee, challenge, ruling and grace time,
     operator slash. Whoever acts on a verdict finds them here and asks Parameters nothing.
"""

from ...interfaces import IVerdictOracle
from .. import parameter_ids

TIME_MASK: constant(uint256) = 2**40 - 1
ADDRESS_MASK: constant(uint256) = 2**160 - 1
STATUS_MASK: constant(uint256) = 255 << 80
IS_OPEN: constant(uint256) = 1 << 80
IS_CLOSED: constant(uint256) = 2 << 80  # ruled against the challenger, or no ruling came in time
RULES_PLACE: constant(uint256) = 88
KEPT_RULES: constant(uint256) = 2**160 - 1  # the first five of a word of Parameters
BOND_PLACE: constant(uint256) = 248
NUMBER_MASK: constant(uint256) = 2**32 - 1
NUMBER_BITS: constant(uint256) = 32
TES: constant(uint256) = 10**18


@internal
@pure
def _number(rules: uint256, place: uint256) -> uint256:
    """
    @dev One parameter in its word, by its place there.
    """
    return (rules >> (NUMBER_BITS * place)) & NUMBER_MASK


@internal
@pure
def _rule_in(clock: uint256, id: uint256) -> uint256:
    """
    @dev One of the five parameters that a clock keeps.
    """
    return self._number(clock >> RULES_PLACE, id)


@internal
@pure
def _limit(clock: uint256, verdict_deadline: uint256, grace_seconds: uint256) -> uint256:
    """
    @dev Until when a verdict may be posted, and from when the task may expire. A struck-down verdict
         gives operators a new grace, and never takes time from them.
    """
    return max(verdict_deadline, (clock >> 40) & TIME_MASK) + grace_seconds


@internal
@pure
def _challenge_end(clock: uint256) -> uint256:
    """
    @dev From when on a verdict that nobody disputed is final.
    """
    return (clock & TIME_MASK) + self._rule_in(clock, parameter_ids.CHALLENGE_SECONDS)


@internal
@pure
def _ruling_end(clock: uint256, dispute: uint256) -> uint256:
    """
    @dev Until when an open dispute may be ruled on, and from when the verdict stands without a ruling.
    """
    opened_at: uint256 = (dispute >> 160) & TIME_MASK
    return opened_at + self._rule_in(clock, parameter_ids.RULING_SECONDS)


@internal
@pure
def _bond_terms(bond_prices: uint256, seats: uint256) -> uint256:
    """
    @dev What a bond is computed from: 40 bits, which fit beside a challenger as the wei would not.
    """
    seat_prices: uint256 = self._number(seats, parameter_ids.SEAT_SIZE_PRICES % 7)
    seat_tes: uint256 = self._number(seats, parameter_ids.SEAT_SIZE_TES % 7)
    return seat_prices | (seat_tes << 16) | (bond_prices << 32)


@internal
@pure
def _bond_of(terms: uint256) -> uint256:
    """
    @dev A bond in wei of TES: so many prices, at the rate at which a seat is worth prices or TES.
         Rounded down by less than a wei.
    """
    seat_prices: uint256 = terms & 65_535
    if seat_prices == 0:
        return 0
    return (terms >> 32) * ((terms >> 16) & 65_535) * TES // seat_prices


@internal
@pure
def _unpacked(dispute: uint256) -> IVerdictOracle.Dispute:
    """
    @dev A dispute's word, unpacked; all zero without one.
    """
    return IVerdictOracle.Dispute(
        challenger=convert(dispute & ADDRESS_MASK, address),
        bond=self._bond_of(dispute >> 200),
        opened_at=(dispute >> 160) & TIME_MASK,
    )
