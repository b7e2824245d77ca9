# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title spending_limit
@license GNU Affero General Public License v3.0 only
@notice Of each token, at most a twentieth leaves within any 30 days.
@dev The sum ever spent of a token is remembered with its past, so that the window rolls by the second and
     needs no loop. A twentieth of what: of what is free now plus what was spent within the window, so that
     many small spendings come to no more than one large one. No function checks the caller; the importer
     does.
"""

from .. import number_history

uses: number_history

WINDOW: constant(uint256) = 30 * 86_400
PARTS: constant(uint256) = 20  # one of them is 5 %


@internal
def _record(token: address, amount: uint256):
    """
    @dev Counts what leaves, whatever the limit.
    """
    key: uint256 = convert(token, uint256)
    number_history._push(key, number_history._latest(key) + amount)


@internal
@view
def _rest(token: address, free: uint256) -> uint256:
    """
    @dev What may still leave now. `free` is what the treasury holds and owes to nobody. Rounded down.
    """
    recent: uint256 = self._recent(token)
    limit: uint256 = (free + recent) // PARTS
    return limit - min(recent, limit)


@internal
@view
def _recent(token: address) -> uint256:
    """
    @dev What left within the last 30 days; a spending is forgotten exactly 30 days later.
    """
    key: uint256 = convert(token, uint256)
    return number_history._latest(key) - number_history._value_at(key, block.timestamp - WINDOW)
