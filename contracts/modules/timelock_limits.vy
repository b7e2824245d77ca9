# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title timelock_limits
@license GNU Affero General Public License v3.0 only
@notice What bounds an operation of the Timelock, and so a proposal of the Governor.
@dev Stateless. Bounded arrays are Vyper's price; the bounds are the same on both sides, or the
     Governor could pass what the Timelock cannot take.
"""

MAX_CALLS: constant(uint256) = 8
MAX_CALLDATA: constant(uint256) = 1024  # bytes of one call

MIN_DELAY: constant(uint256) = 2 * 86_400
MAX_DELAY: constant(uint256) = 30 * 86_400
# Executable up to and including the second `timestamp + GRACE_SECONDS`.
GRACE_SECONDS: constant(uint256) = 14 * 86_400
