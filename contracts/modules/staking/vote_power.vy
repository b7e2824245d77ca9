# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title vote_power
@license GNU Affero General Public License v3.0 only
@notice How many votes a stake is worth, and whose they are.
@dev Invariant: the votes of an account are the units of everybody who delegates to it, and the total is
     what all stakes are worth. Every change of stake, terms or delegatee moves the difference.
       worth(stake) = stake * (YEAR + 3 * lock seconds) / (4 * YEAR), rounded down
       units = worth(stake - dispute lock)
     Without terms that is a quarter, with votes locked for a year the whole. What a dispute holds is worth
     something to the total and votes for nobody, like votes that are not cast.
     What holds the TES stake of an account is one word, low bits first:
       lock 90 | terms: dispute lock 90 | lock_seconds 26 | unlocks_at 40
     An account without delegatee delegates to itself. No function checks the caller.
"""

from ...interfaces import IStaking
from . import vote_checkpoints

uses: vote_checkpoints

YEAR: constant(uint256) = 365 * 86_400
AMOUNT_MASK: constant(uint256) = 2**90 - 1
SECONDS_MASK: constant(uint256) = 2**26 - 1
SECONDS_SHIFT: constant(uint256) = 90  # of the terms
UNLOCK_SHIFT: constant(uint256) = 116  # of the terms
TERMS_SHIFT: constant(uint256) = 90

_delegatee: HashMap[address, address]  # zero for oneself
_holds: HashMap[address, uint256]


@internal
@pure
def _worth(stake: uint256, terms: uint256) -> uint256:
    """
    @dev What `stake` is worth under `terms`, rounded down: nobody gets a vote for less than four wei.
    """
    if terms == 0:
        return stake // 4
    lock_seconds: uint256 = (terms >> SECONDS_SHIFT) & SECONDS_MASK
    return stake * (YEAR + 3 * lock_seconds) // (4 * YEAR)


@internal
@pure
def _units(stake: uint256, terms: uint256) -> uint256:
    """
    @dev The part of it that votes.
    """
    return self._worth(stake - (terms & AMOUNT_MASK), terms)


@internal
@view
def _terms_of(account: address, head: uint256) -> uint256:
    """
    @dev The terms of an account; most have none, and their head says so.
    """
    if head & vote_checkpoints.HAS_TERMS == 0:
        return 0
    return self._holds[account] >> TERMS_SHIFT


@internal
@view
def _delegatee_of(account: address, head: uint256) -> address:
    """
    @dev Whose the votes of an account are.
    """
    return self._delegatee[account] if head & vote_checkpoints.IS_DELEGATED != 0 else account


@internal
@view
def _lock_of(account: address) -> uint256:
    """
    @dev The stake that cannot be unstaked, for whatever reason but a lock of votes.
    """
    return self._holds[account] & AMOUNT_MASK


@internal
@view
def _dispute_lock_of(account: address) -> uint256:
    """
    @dev The part of the lock that a dispute holds.
    """
    return (self._holds[account] >> TERMS_SHIFT) & AMOUNT_MASK


@internal
def _set_lock(account: address, lock: uint256, dispute_lock: uint256):
    """
    @dev Sets both; the importer checks that `dispute_lock <= lock <= stake`.
    """
    hold: uint256 = self._holds[account]
    self._holds[account] = (hold & ~AMOUNT_MASK) | lock
    terms: uint256 = hold >> TERMS_SHIFT
    if terms & AMOUNT_MASK != dispute_lock:
        self._set_terms(account, (terms & ~AMOUNT_MASK) | dispute_lock)


@internal
def _set_stake(account: address, head: uint256, new_stake: uint256):
    """
    @dev Sets the stake; `head` is the account's. A dispute lock above it is lowered to it.
    """
    terms: uint256 = self._terms_of(account, head)
    excess: uint256 = max(terms & AMOUNT_MASK, new_stake) - new_stake
    self._change(account, head, new_stake, terms, terms - excess)


@internal
def _set_terms(account: address, new_terms: uint256):
    """
    @dev Sets the terms, and leaves the stake.
    """
    head: uint256 = vote_checkpoints._head(account)
    old_terms: uint256 = self._terms_of(account, head)
    self._change(account, head, vote_checkpoints._stake(head), old_terms, new_terms)


@internal
def _set_delegatee(account: address, delegatee: address):
    """
    @dev Moves all units of an account to `delegatee`; zero is the account itself.
    """
    head: uint256 = vote_checkpoints._head(account)
    old: address = self._delegatee_of(account, head)
    new: address = account if delegatee == empty(address) else delegatee
    is_delegated: bool = new != account
    self._delegatee[account] = new if is_delegated else empty(address)
    vote_checkpoints._put_flags(
        account, vote_checkpoints._with_flag(head, vote_checkpoints.IS_DELEGATED, is_delegated)
    )
    log IStaking.DelegateChanged(delegator=account, fromDelegate=old, toDelegate=new)
    if old != new:
        terms: uint256 = self._terms_of(account, head)
        units: uint256 = self._units(vote_checkpoints._stake(head), terms)
        self._move(old, units, 0)
        self._move(new, 0, units)


@internal
def _change(
    account: address, old_head: uint256, new_stake: uint256, old_terms: uint256, new_terms: uint256
):
    """
    @dev Books a new stake or new terms of an account in its own word, its delegatee's and the total, and
         says in its head whether there are terms.
    """
    head: uint256 = old_head
    if new_terms != old_terms:
        self._holds[account] = (self._holds[account] & AMOUNT_MASK) | (new_terms << TERMS_SHIFT)
        head = vote_checkpoints._with_flag(head, vote_checkpoints.HAS_TERMS, new_terms != 0)
    old_stake: uint256 = vote_checkpoints._stake(head)
    old_units: uint256 = self._units(old_stake, old_terms)
    new_units: uint256 = self._units(new_stake, new_terms)
    delegatee: address = self._delegatee_of(account, head)
    old_votes: uint256 = vote_checkpoints._votes(head)
    new_votes: uint256 = old_votes
    if delegatee == account:
        new_votes = old_votes + new_units - old_units
    if new_stake == old_stake and new_votes == old_votes:
        vote_checkpoints._put_flags(account, head)
    else:
        vote_checkpoints._write(convert(account, uint256), head, new_stake, new_votes)
    if new_votes != old_votes:
        log IStaking.DelegateVotesChanged(
            delegate=account, previousVotes=old_votes, newVotes=new_votes
        )
    if delegatee != account:
        self._move(delegatee, old_units, new_units)
    old_worth: uint256 = self._worth(old_stake, old_terms)
    new_worth: uint256 = self._worth(new_stake, new_terms)
    if new_stake != old_stake or new_worth != old_worth:
        vote_checkpoints._add_total(old_stake, new_stake, old_worth, new_worth)


@internal
def _move(delegatee: address, old_units: uint256, new_units: uint256):
    """
    @dev Replaces units among the votes of a delegatee; its own stake stays.
    """
    if old_units == new_units:
        return
    head: uint256 = vote_checkpoints._head(delegatee)
    old_votes: uint256 = vote_checkpoints._votes(head)
    new_votes: uint256 = old_votes + new_units - old_units
    vote_checkpoints._write(
        convert(delegatee, uint256), head, vote_checkpoints._stake(head), new_votes
    )
    log IStaking.DelegateVotesChanged(
        delegate=delegatee, previousVotes=old_votes, newVotes=new_votes
    )
