# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title work_points
@license GNU Affero General Public License v3.0 only
@notice Points of workers: capped for each of them, and worth half after each year.
@dev Nothing is ever rewritten to halve it. In year y since deployment a point is stored as 2**y units, and
     everything stored is read divided by 2**y: what was credited a year earlier counts half. After 64
     years nothing is halved any more, so a worker's units stay below 2**144. No function checks the caller; the importer does.
"""

from .. import number_history

uses: number_history

YEAR: constant(uint256) = 365 * 86_400
LAST_YEAR: constant(uint256) = 64
POINTS_LIMIT: constant(uint256) = 2**80
TOTAL: constant(uint256) = 2**160  # the key next to the addresses

_STARTED_AT: immutable(uint256)
_CAP: immutable(uint256)


@deploy
def __init__(cap_per_worker: uint256):
    """
    @dev Starts the first year.
    """
    assert cap_per_worker != 0, "house: cap is zero"
    assert cap_per_worker < POINTS_LIMIT, "house: cap too large"
    _STARTED_AT = block.timestamp
    _CAP = cap_per_worker


@internal
def _credit(worker: address, points: uint256, earned_at: uint256) -> uint256:
    """
    @dev Gives `worker` what `points` of the past are worth now, never past the cap, and returns the power they
         now have. Who waits to be credited gains nothing by it.
    """
    key: uint256 = convert(worker, uint256)
    year: uint256 = self._year_at(block.timestamp)
    old_units: uint256 = number_history._latest(key)
    # more than the cap never fits, and a smaller number cannot overflow
    units: uint256 = min(points, _CAP) << self._year_at(earned_at)
    new_units: uint256 = min(old_units + units, _CAP << year)
    if new_units != old_units:
        number_history._push(key, new_units)
        number_history._push(TOTAL, number_history._latest(TOTAL) + new_units - old_units)
    return new_units >> year


@internal
@view
def _present(key: uint256) -> uint256:
    """
    @dev The power of a worker, or of all, now. Rounded down.
    """
    return number_history._latest(key) >> self._year_at(block.timestamp)


@internal
@view
def _past(key: uint256, timepoint: uint256) -> uint256:
    """
    @dev The power of a worker, or of all, at the end of a second that is over. Rounded down.
    """
    return number_history._value_at(key, timepoint) >> self._year_at(timepoint)


@internal
@view
def _change(key: uint256, index: uint256) -> (uint256, uint256):
    """
    @dev When a change was, and the power that it left then.
    """
    changed_at: uint256 = 0
    units: uint256 = 0
    changed_at, units = number_history._entry(key, index)
    return changed_at, units >> self._year_at(changed_at)


@internal
@view
def _year_at(timepoint: uint256) -> uint256:
    """
    @dev How many times what the first year gave is halved; zero before there was anything.
    """
    if timepoint < _STARTED_AT:
        return 0
    return min((timepoint - _STARTED_AT) // YEAR, LAST_YEAR)
