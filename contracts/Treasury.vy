# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title Treasury
@license GNU Affero General Public License v3.0 only
@notice What belongs to everybody: spent by proposals alone, slowly, and paid out in grants over time.
@dev Money invariant, for every token: what grants promise and have not paid is reserved, and nothing but
     those grants can take it; of the rest at most 5 % leaves within any 30 days, unless a proposal of two
     thirds says otherwise. Balances are read when needed, so tokens that arrive in any way count.
@custom:kill Cannot be stopped. Without proposals nothing leaves but what grants have promised.
"""

from ethereum.ercs import IERC20

from .interfaces import IStaking
from .interfaces import ITreasury
from .modules.treasury import grant_streams
from .modules import number_history
from .modules.treasury import spending_limit
from .modules import token_transfers

implements: ITreasury

initializes: grant_streams
initializes: number_history
initializes: spending_limit[number_history := number_history]


timelock: public(immutable(address))
staking: public(immutable(address))


@deploy
def __init__(timelock_: address, staking_: address, grants: DynArray[ITreasury.GrantTerms, 32]):
    """
    @notice Fixes who spends, and promises the grants of the genesis file.
    @dev The tokens for these grants are here already: the constructor of WorkToken allocates them.
    @param timelock_ The only account that may spend: it executes what proposals decided.
    @param staking_ Where the treasury's part of slashed stakes is collected.
    @param grants The first grants; a start of zero means now.
    """
    assert timelock_ != empty(address), "treasury: timelock is zero"
    assert staking_ != empty(address), "treasury: staking is zero"
    timelock = timelock_
    staking = staking_
    for terms: ITreasury.GrantTerms in grants:
        assert terms.amount <= self._free_of(terms.token), "treasury: grants not covered"
        grant_streams._open(terms)


@external
def spend(token: address, to: address, amount: uint256):
    """
    @notice Sends tokens as a proposal decided. Only the Timelock, at most 5 % within 30 days.
    @dev Before: `amount <= spendable_of(token)`. After: it left and counts for 30 days. Refuses everybody
         else, what grants have promised, and a majority that would empty the treasury by many proposals.
    @param token The token.
    @param to Who receives it.
    @param amount How much, in wei of `token`.
    """
    self._check_spending(amount)
    self._check_limit(token, amount)
    self._spend(token, to, amount)


@external
def spend_over_limit(token: address, to: address, amount: uint256):
    """
    @notice Sends more than the limit. Only the Timelock; the Governor asks two thirds and both houses.
    @dev Before: `amount <= free_balance(token)`. After: it left and counts for 30 days, so that nothing
         follows within the limit. Refuses everybody else, and what grants have promised.
    @param token The token.
    @param to Who receives it.
    @param amount How much, in wei of `token`.
    """
    self._check_spending(amount)
    assert amount <= self._free_of(token), "treasury: exceeds free balance"
    self._spend(token, to, amount)


@external
def open_grant(
    token: address,
    to: address,
    amount: uint256,
    starts_at: uint256,
    cliff_seconds: uint256,
    duration_seconds: uint256,
) -> uint256:
    """
    @notice Promises tokens that vest over time. Only the Timelock; counts as spending at once.
    @dev Before: `amount <= spendable_of(token)`. After: it is reserved for the holder and counts for 30
         days; nothing left. Refuses everybody else, and to promise what is promised already.
    @param token The token.
    @param to Who it is for.
    @param amount All of it, in wei of `token`.
    @param starts_at From when it vests; zero means now.
    @param cliff_seconds Before this time has passed nothing has vested.
    @param duration_seconds After this time everything has vested.
    @return The id of the grant.
    """
    self._check_spending(amount)
    self._check_limit(token, amount)
    spending_limit._record(token, amount)
    return grant_streams._open(
        ITreasury.GrantTerms(
            token=token,
            holder=to,
            amount=amount,
            starts_at=starts_at,
            cliff_seconds=cliff_seconds,
            duration_seconds=duration_seconds,
        )
    )


@external
def cancel_grant(grant_id: uint256):
    """
    @notice Stops a grant as a proposal decided. Only the Timelock.
    @dev After: what has vested can still be claimed, the rest is free again and still counts as spent.
         Refuses everybody else, and to take back what has vested.
    @param grant_id The grant.
    """
    assert msg.sender == timelock, "treasury: not the timelock"
    grant_streams._cancel(grant_id)


@external
def claim_grant(grant_id: uint256):
    """
    @notice Sends the holder of a grant what has vested and was not sent yet. Anyone may.
    @dev After: it is paid and no longer reserved. Refuses to pay anything twice, or before it has vested;
         nobody but the holder receives anything.
    @param grant_id The grant.
    """
    token: address = empty(address)
    holder: address = empty(address)
    amount: uint256 = 0
    token, holder, amount = grant_streams._take(grant_id)
    token_transfers._push(token, holder, amount)


@external
def collect(token: address):
    """
    @notice Fetches the treasury's part of slashed stakes. Anyone may.
    @dev After: the balance is higher by the credit. The money can only come here.
    @param token The token that was slashed.
    """
    extcall IStaking(staking).collect(token)


@external
@view
def free_balance(token: address) -> uint256:
    """
    @notice What the treasury holds and has promised to nobody.
    @param token The token.
    @return Wei of `token`.
    """
    return self._free_of(token)


@external
@view
def spendable_of(token: address) -> uint256:
    """
    @notice What may leave now within the limit.
    @param token The token.
    @return Wei of `token`.
    """
    return spending_limit._rest(token, self._free_of(token))


@external
@view
def spent_of(token: address) -> uint256:
    """
    @notice What was spent or promised within the last 30 days.
    @param token The token.
    @return Wei of `token`.
    """
    return spending_limit._recent(token)


@external
@view
def reserved_of(token: address) -> uint256:
    """
    @notice What grants promise and have not paid.
    @param token The token.
    @return Wei of `token`.
    """
    return grant_streams._reserved[token]


@external
@view
def grant_of(grant_id: uint256) -> ITreasury.Grant:
    """
    @notice Everything about a grant; all zero for an unknown one.
    @param grant_id The grant.
    @return The grant.
    """
    return grant_streams._grants[grant_id]


@external
@view
def claimable_grant(grant_id: uint256) -> uint256:
    """
    @notice What `claim_grant` would pay now.
    @param grant_id The grant.
    @return Wei of its token.
    """
    grant: ITreasury.Grant = grant_streams._grants[grant_id]
    return grant_streams._vested(grant) - grant.claimed


@external
@view
def grant_count() -> uint256:
    """
    @notice How many grants there are; ids start at 1.
    @return The number, which is the last id.
    """
    return grant_streams._count


@internal
@view
def _check_spending(amount: uint256):
    """
    @dev Refuses everybody but the Timelock, and spendings of nothing.
    """
    assert msg.sender == timelock, "treasury: not the timelock"
    assert amount != 0, "treasury: amount is zero"


@internal
@view
def _check_limit(token: address, amount: uint256):
    """
    @dev Refuses more than may leave now.
    """
    rest: uint256 = spending_limit._rest(token, self._free_of(token))
    assert amount <= rest, "treasury: exceeds the limit"


@internal
def _spend(token: address, to: address, amount: uint256):
    """
    @dev Counts and sends. Unguarded: the callers check.
    """
    assert to != empty(address), "treasury: recipient is zero"
    spending_limit._record(token, amount)
    log ITreasury.TokensSpent(token=token, to=to, amount=amount)
    token_transfers._push(token, to, amount)


@internal
@view
def _free_of(token: address) -> uint256:
    """
    @dev The balance without what grants are owed; nothing when a token shrank below that.
    """
    held: uint256 = staticcall IERC20(token).balanceOf(self)
    return held - min(held, grant_streams._reserved[token])
