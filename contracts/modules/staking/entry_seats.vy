# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title entry_seats
@license GNU Affero General Public License v3.0 only
@notice The first pay of newcomers, which fills their stake: how much of a stake it is, and until when it stays.
@dev Invariant: `held <= stake` for every account of every token. What is held cannot be unstaked while the
     stake is smaller than the seat; what somebody deposited themselves always can. Holding moves no money.
     The functions that change something do not check the caller; the importer does.
"""

from ...interfaces import IStaking

# token => account
_seats: HashMap[address, HashMap[address, IStaking.EntrySeat]]


@external
@view
def entry_seat_of(token: address, account: address) -> IStaking.EntrySeat:
    """
    @notice The seat that the first pay of `account` has to fill, and what is held until it does.
    @param token The token of the stake.
    @param account Whose stake.
    @return Size and held, in wei of `token`; zero when nothing is held.
    """
    return self._seats[token][account]


@internal
def _hold(token: address, account: address, amount: uint256, seat_size: uint256, old_stake: uint256):
    """
    @dev Holds `amount` more. A seat that was full frees what was held before, so that a larger seat, which
         verdicts choose, never holds more of the past than one smaller seat.
    """
    seat: IStaking.EntrySeat = self._seats[token][account]
    if old_stake >= seat.size:
        seat = IStaking.EntrySeat(size=seat_size, held=amount)
    else:
        seat = IStaking.EntrySeat(size=max(seat.size, seat_size), held=seat.held + amount)
    self._seats[token][account] = seat
    log IStaking.EntryHeld(token=token, account=account, held=seat.held, seat_size=seat.size)


@internal
def _leave(token: address, account: address, stake: uint256, amount: uint256):
    """
    @dev Lets `amount` go from `stake`, which is before, or refuses. A full seat is forgotten here.
    """
    held: uint256 = self._seats[token][account].held
    if held == 0:
        return
    if stake >= self._seats[token][account].size:
        self._seats[token][account] = empty(IStaking.EntrySeat)
        log IStaking.EntryHeld(token=token, account=account, held=0, seat_size=0)
    else:
        assert amount <= stake - held, "staking: seat is not full"


@internal
def _limit(token: address, account: address, stake: uint256):
    """
    @dev Holds no more than what a slash left of the stake: it takes what somebody deposited first.
    """
    if self._seats[token][account].held <= stake:
        return
    if stake == 0:
        self._seats[token][account] = empty(IStaking.EntrySeat)
        log IStaking.EntryHeld(token=token, account=account, held=0, seat_size=0)
    else:
        self._seats[token][account].held = stake
        size: uint256 = self._seats[token][account].size
        log IStaking.EntryHeld(token=token, account=account, held=stake, seat_size=size)
