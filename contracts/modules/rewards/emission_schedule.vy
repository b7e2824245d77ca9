# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title emission_schedule
@license GNU Affero General Public License v3.0 only
@notice How much TES may be created in which week, and how the work of a week shares it.
@dev A year is 52 weeks. The first year's weeks get a 104th of the cap each, so half of it, and each
     later year half as much as the one before: all weeks together never get more than the cap. The
     work of a week asks for its pay times a rate; if that is more than the week's budget, everybody
     gets the same part of what they asked for. No function checks the caller; the importer does.
"""

from ...interfaces import IRewards

EPOCH_SECONDS: constant(uint256) = 7 * 86_400
EPOCHS_PER_YEAR: constant(uint256) = 52
FIRST_EPOCH_PARTS: constant(uint256) = 104
RATE_UNIT: constant(uint256) = 10**18
RATE_LIMIT: constant(uint256) = 2**120

_STARTED_AT: immutable(uint256)
_CAP: immutable(uint256)

_rates: HashMap[address, uint256]  # payment token → wei of TES for 10**18 wei of pay
_demand: HashMap[uint256, uint256]  # epoch → wei of TES asked for
_minted: uint256


@deploy
def __init__(cap: uint256, rates: DynArray[IRewards.Rate, 8]):
    """
    @dev Starts the first week.
    """
    _STARTED_AT = block.timestamp
    _CAP = cap
    for entry: IRewards.Rate in rates:
        self._set_rate(entry.token, entry.rate)


@internal
def _set_rate(token: address, new_rate: uint256):
    """
    @dev Sets what pay in `token` asks for; zero for nothing.
    """
    assert new_rate < RATE_LIMIT, "emission: rate too large"
    old_rate: uint256 = self._rates[token]
    self._rates[token] = new_rate
    log IRewards.EmissionRateSet(token=token, old_rate=old_rate, new_rate=new_rate)


@internal
def _ask(demand: uint256) -> uint256:
    """
    @dev Adds to what the present week is asked for, and returns the week.
    """
    epoch: uint256 = self._epoch()
    self._demand[epoch] += demand
    return epoch


@internal
def _grant(points: uint256, epoch: uint256) -> uint256:
    """
    @dev Counts and returns what `points` that a past week was asked for come to. Rounded down.
    """
    amount: uint256 = self._share(points, epoch)
    self._minted += amount
    return amount


@internal
@view
def _share(points: uint256, epoch: uint256) -> uint256:
    """
    @dev All of it if the week's budget is enough for all, else the same part as everybody.
    """
    budget: uint256 = self._budget(epoch)
    demand: uint256 = self._demand[epoch]
    if demand <= budget:
        return points
    return points * budget // demand


@internal
@view
def _epoch() -> uint256:
    """
    @dev The present week, from 0.
    """
    return (block.timestamp - _STARTED_AT) // EPOCH_SECONDS


@internal
@view
def _budget(epoch: uint256) -> uint256:
    """
    @dev The most that the work of a week can get.
    """
    return (_CAP // FIRST_EPOCH_PARTS) >> (epoch // EPOCHS_PER_YEAR)


@internal
@pure
def _points_for(pay: uint256, rate: uint256) -> uint256:
    """
    @dev What pay below 2**96 asks for. Rounded down, so that the parts never ask for more than the sum.
    """
    return pay * rate // RATE_UNIT
