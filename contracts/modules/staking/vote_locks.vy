# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title vote_locks
@license GNU Affero General Public License v3.0 only
@notice Locks of up to a year, which multiply the power of a stake from a quarter to the whole.
@dev A lock rolls: it never comes nearer by itself. Giving it up takes the power at once and the stake after
     the locked time, so power is never held by stake that may leave sooner. A locked stake is slashed like
     any other.
"""

from ...interfaces import IStaking
from . import vote_checkpoints
from . import vote_power

uses: vote_checkpoints
uses: vote_power


@external
def lock_votes(lock_seconds: uint256):
    """
    @notice Keeps all TES stake of the caller, present and future, for `lock_seconds` after a later
         `unlock_votes`. Anybody, for themselves.
    @dev After: the power of the stake is larger or the same. Refuses to shorten a lock, or what is left
         of one that runs out: power that has voted stays bound as long as was promised.
    @param lock_seconds How long, at most a year and no less than the present lock.
    """
    assert lock_seconds != 0, "votes: no lock time"
    assert lock_seconds <= vote_power.YEAR, "votes: lock time too long"
    terms: uint256 = vote_power._terms_of(msg.sender, vote_checkpoints._head(msg.sender))
    old_seconds: uint256 = (terms >> vote_power.SECONDS_SHIFT) & vote_power.SECONDS_MASK
    ends_at: uint256 = block.timestamp + lock_seconds
    assert lock_seconds >= old_seconds, "votes: lock would be shorter"
    assert ends_at >= terms >> vote_power.UNLOCK_SHIFT, "votes: lock would end sooner"
    dispute_lock: uint256 = terms & vote_power.AMOUNT_MASK
    vote_power._set_terms(msg.sender, dispute_lock | (lock_seconds << vote_power.SECONDS_SHIFT))
    log IStaking.VotesLocked(
        account=msg.sender, old_lock_seconds=old_seconds, new_lock_seconds=lock_seconds
    )


@external
def unlock_votes():
    """
    @notice Gives the caller's lock up: its power falls to a quarter now, and the stake may be unstaked
         after the locked time. Anybody, for themselves.
    @dev Before: votes are locked. After: units are those of a stake without lock. Refuses nobody who has
         a lock.
    """
    terms: uint256 = vote_power._terms_of(msg.sender, vote_checkpoints._head(msg.sender))
    lock_seconds: uint256 = (terms >> vote_power.SECONDS_SHIFT) & vote_power.SECONDS_MASK
    assert lock_seconds != 0, "votes: not locked"
    unlocks_at: uint256 = block.timestamp + lock_seconds
    dispute_lock: uint256 = terms & vote_power.AMOUNT_MASK
    vote_power._set_terms(msg.sender, dispute_lock | (unlocks_at << vote_power.UNLOCK_SHIFT))
    log IStaking.VotesUnlocked(
        account=msg.sender, old_lock_seconds=lock_seconds, unlocks_at=unlocks_at
    )


@external
@view
@reentrant  # no call of a token can come between its changes
def vote_terms_of(account: address) -> IStaking.VoteTerms:
    """
    @notice Why the power of an account is what it is.
    @param account The account.
    @return Delegatee, lock, what a dispute holds, and the votes that the stake is worth.
    """
    head: uint256 = vote_checkpoints._head(account)
    terms: uint256 = vote_power._terms_of(account, head)
    return IStaking.VoteTerms(
        delegatee=vote_power._delegatee_of(account, head),
        lock_seconds=(terms >> vote_power.SECONDS_SHIFT) & vote_power.SECONDS_MASK,
        unlocks_at=terms >> vote_power.UNLOCK_SHIFT,
        dispute_lock=terms & vote_power.AMOUNT_MASK,
        units=vote_power._units(vote_checkpoints._stake(head), terms),
    )


@internal
@view
def _is_locked(account: address) -> bool:
    """
    @dev Whether votes are locked, or their lock still runs out.
    """
    terms: uint256 = vote_power._terms_of(account, vote_checkpoints._head(account))
    has_lock: bool = (terms >> vote_power.SECONDS_SHIFT) & vote_power.SECONDS_MASK != 0
    return has_lock or block.timestamp < terms >> vote_power.UNLOCK_SHIFT
