# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title parameter_bounds
@license GNU Affero General Public License v3.0 only
@notice What each parameter may be, and how fast it may move.
@dev Stateless. No vote widens a bound: the bounds are code.
"""

from .. import parameter_ids

CHANGE_SECONDS: constant(uint256) = 14 * 86_400
CHANGE_DIVISOR: constant(uint256) = 4  # a change is at most a quarter of the old value

LEAST: constant(uint256[parameter_ids.COUNT]) = [
    0,
    6 * 3_600,
    12 * 86_400,  # a ruling is a proposal: 2 d delay, 5 d vote, 2 d late quorum, 2 d timelock
    3_600,
    500,
    5_000,
    5,
    20,
    1,
    1,
    100,
    3 * 86_400,
    500,
    500,
    200,
    3,
    1,
    3,
    500,
    0,
    3_600,
]
MOST: constant(uint256[parameter_ids.COUNT]) = [
    500,
    7 * 86_400,
    21 * 86_400,
    3 * 86_400,
    10_000,
    9_000,
    100,
    500,
    10_000,
    4,
    100_000,
    30 * 86_400,
    3_000,
    3_000,
    3_000,
    7,
    4,
    21,
    5_000,
    2**32 - 1,
    3 * 86_400,
]


@internal
@pure
def _check_bounds(id: uint256, amount: uint256):
    """
    @dev Refuses a value outside the hard bounds of a parameter that exists.
    """
    assert amount >= LEAST[id] and amount <= MOST[id], "parameters: out of bounds"


@internal
@pure
def _check_step(old_value: uint256, new_value: uint256):
    """
    @dev Refuses a change of more than a quarter, unless it is by one unit or from zero, of which no
         share says anything.
    """
    assert new_value != old_value, "parameters: same value"
    if old_value == 0:
        return
    step: uint256 = max(old_value, new_value) - min(old_value, new_value)
    assert step <= max(old_value // CHANGE_DIVISOR, 1), "parameters: change too large"
