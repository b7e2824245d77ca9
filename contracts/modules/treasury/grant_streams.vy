# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title grant_streams
@license GNU Affero General Public License v3.0 only
@notice Money that is promised to somebody and becomes theirs second by second.
@dev For every token, `_reserved` is the sum over its grants of what is promised and not yet paid; a cancelled
     grant promises what had vested. What has vested is derived from the clock. No function checks the
     caller or the balance; the importer does both.
"""

from ...interfaces import ITreasury

MAX_SECONDS: constant(uint256) = 10 * 365 * 86_400

_grants: HashMap[uint256, ITreasury.Grant]
_count: uint256
_reserved: HashMap[address, uint256]


@internal
def _open(terms: ITreasury.GrantTerms) -> uint256:
    """
    @dev Promises a new grant and returns its id; ids start at 1.
    """
    assert terms.holder != empty(address), "grant: holder is zero"
    assert terms.amount != 0, "grant: amount is zero"
    assert terms.duration_seconds != 0, "grant: duration is zero"
    assert terms.duration_seconds <= MAX_SECONDS, "grant: duration too long"
    assert terms.cliff_seconds <= terms.duration_seconds, "grant: cliff too long"
    starts_at: uint256 = terms.starts_at
    if starts_at == 0:
        starts_at = block.timestamp
    assert starts_at <= block.timestamp + MAX_SECONDS, "grant: starts too late"
    grant_id: uint256 = self._count + 1
    self._count = grant_id
    self._grants[grant_id] = ITreasury.Grant(
        token=terms.token,
        holder=terms.holder,
        amount=terms.amount,
        claimed=0,
        starts_at=starts_at,
        cliff_seconds=terms.cliff_seconds,
        duration_seconds=terms.duration_seconds,
        cancelled_at=0,
    )
    self._reserved[terms.token] += terms.amount
    self._log_opening(grant_id)
    return grant_id


@internal
def _log_opening(grant_id: uint256):
    """
    @dev Says what was promised, with the start as it is kept.
    """
    grant: ITreasury.Grant = self._grants[grant_id]
    log ITreasury.GrantOpened(
        grant_id=grant_id,
        holder=grant.holder,
        token=grant.token,
        amount=grant.amount,
        starts_at=grant.starts_at,
        cliff_seconds=grant.cliff_seconds,
        duration_seconds=grant.duration_seconds,
    )


@internal
def _cancel(grant_id: uint256):
    """
    @dev Stops the clock of a grant. What has vested stays promised, the rest is free again.
    """
    grant: ITreasury.Grant = self._known(grant_id)
    assert grant.cancelled_at == 0, "grant: already cancelled"
    returned: uint256 = grant.amount - self._vested(grant)
    assert returned != 0, "grant: already vested"
    self._grants[grant_id].cancelled_at = block.timestamp
    self._reserved[grant.token] -= returned
    log ITreasury.GrantCancelled(grant_id=grant_id, holder=grant.holder, returned=returned)


@internal
def _take(grant_id: uint256) -> (address, address, uint256):
    """
    @dev Marks everything that has vested as paid; returns token, holder and the wei to send.
    """
    grant: ITreasury.Grant = self._known(grant_id)
    due: uint256 = self._vested(grant) - grant.claimed
    assert due != 0, "grant: nothing vested"
    self._grants[grant_id].claimed = grant.claimed + due
    self._reserved[grant.token] -= due
    log ITreasury.GrantPaid(grant_id=grant_id, holder=grant.holder, amount=due)
    return grant.token, grant.holder, due


@internal
@view
def _known(grant_id: uint256) -> ITreasury.Grant:
    """
    @dev A grant that exists.
    """
    grant: ITreasury.Grant = self._grants[grant_id]
    assert grant.amount != 0, "grant: unknown grant"
    return grant


@internal
@view
def _vested(grant: ITreasury.Grant) -> uint256:
    """
    @dev What had vested when the clock of the grant stopped, or has vested now. Rounded down: the last
         second of the grant makes up for it.
    """
    now: uint256 = block.timestamp
    if grant.cancelled_at != 0:
        now = grant.cancelled_at
    if now < grant.starts_at + grant.cliff_seconds:
        return 0
    elapsed: uint256 = now - grant.starts_at
    if elapsed >= grant.duration_seconds:
        return grant.amount
    return grant.amount * elapsed // grant.duration_seconds
