# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title vote_power
@license GNU Affero General Public License v3.0 only
@notice How many votes a stake is worth, and whose they are.
@dev Invariant: the votes of an account are the units of everybody who delegates to it, and the total is
     the sum of all units: every change of stake, terms or delegatee moves the difference of units.
       units = (stake - dispute lock) * (YEAR + 3 * lock seconds) / (4 * YEAR), rounded down
     Without terms that is a quarter, with votes locked for a year the whole. Terms are one word, low bits
     first: dispute lock 90 | lock_seconds 32 | unlocks_at 40. An account without delegatee delegates to
     itself. No function checks the caller.
"""

from ..interfaces import IStaking
from . import vote_checkpoints

uses: vote_checkpoints

YEAR: constant(uint256) = 365 * 86_400
AMOUNT_MASK: constant(uint256) = 2**90 - 1
SECONDS_MASK: constant(uint256) = 2**32 - 1
SECONDS_SHIFT: constant(uint256) = 90
UNLOCK_SHIFT: constant(uint256) = 122

_delegatee: HashMap[address, address]  # zero for oneself
_terms: HashMap[address, uint256]


@internal
@pure
def _units(stake: uint256, terms: uint256) -> uint256:
    """
    @dev What `stake` is worth under `terms`, rounded down: nobody gets a vote for less than four wei.
    """
    lock_seconds: uint256 = (terms >> SECONDS_SHIFT) & SECONDS_MASK
    return (stake - (terms & AMOUNT_MASK)) * (YEAR + 3 * lock_seconds) // (4 * YEAR)


@internal
@view
def _terms_of(account: address, head: uint256) -> uint256:
    """
    @dev The terms of an account; most have none, and their head says so.
    """
    return self._terms[account] if head & vote_checkpoints.HAS_TERMS != 0 else 0


@internal
@view
def _delegatee_of(account: address, head: uint256) -> address:
    """
    @dev Whose the votes of an account are.
    """
    return self._delegatee[account] if head & vote_checkpoints.IS_DELEGATED != 0 else account


@internal
@view
def _is_locked(account: address) -> bool:
    """
    @dev Whether votes are locked, or their lock still runs out.
    """
    terms: uint256 = self._terms_of(account, vote_checkpoints._head(account))
    has_lock: bool = (terms >> SECONDS_SHIFT) & SECONDS_MASK != 0
    return has_lock or block.timestamp < terms >> UNLOCK_SHIFT


@internal
@view
def _dispute_lock_of(account: address) -> uint256:
    """
    @dev The stake that does not vote because a dispute holds it.
    """
    return self._terms_of(account, vote_checkpoints._head(account)) & AMOUNT_MASK


@internal
def _set_stake(account: address, new_stake: uint256):
    """
    @dev Sets the stake and moves the difference of units. A slash that reaches into the dispute lock
         lowers it to the stake.
    """
    head: uint256 = vote_checkpoints._head(account)
    old_stake: uint256 = vote_checkpoints._stake(head)
    old_terms: uint256 = self._terms_of(account, head)
    new_terms: uint256 = old_terms
    if old_terms & AMOUNT_MASK > new_stake:
        new_terms = (old_terms & ~AMOUNT_MASK) | new_stake
        self._store_terms(account, new_terms)
    self._change(
        account,
        old_stake,
        new_stake,
        self._units(old_stake, old_terms),
        self._units(new_stake, new_terms),
    )


@internal
def _set_terms(account: address, new_terms: uint256):
    """
    @dev Sets the terms and moves the difference of units.
    """
    head: uint256 = vote_checkpoints._head(account)
    stake: uint256 = vote_checkpoints._stake(head)
    old_units: uint256 = self._units(stake, self._terms_of(account, head))
    self._store_terms(account, new_terms)
    self._change(account, stake, stake, old_units, self._units(stake, new_terms))


@internal
def _set_dispute_lock(account: address, amount: uint256):
    """
    @dev Takes `amount` of the stake out of the vote, at most the stake: the importer checks.
    """
    terms: uint256 = self._terms_of(account, vote_checkpoints._head(account))
    self._set_terms(account, (terms & ~AMOUNT_MASK) | amount)


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
    vote_checkpoints._set_flag(account, vote_checkpoints.IS_DELEGATED, is_delegated)
    log IStaking.DelegateChanged(delegator=account, fromDelegate=old, toDelegate=new)
    units: uint256 = self._units(vote_checkpoints._stake(head), self._terms_of(account, head))
    if old != new and units != 0:
        self._move(old, units, 0)
        self._move(new, 0, units)


@internal
def _store_terms(account: address, terms: uint256):
    """
    @dev Writes the terms and says in the head whether there are any.
    """
    self._terms[account] = terms
    vote_checkpoints._set_flag(account, vote_checkpoints.HAS_TERMS, terms != 0)


@internal
def _change(
    account: address, old_stake: uint256, new_stake: uint256, old_units: uint256, new_units: uint256
):
    """
    @dev Books a new stake and new units of an account, in its own word, its delegatee's and the total.
    """
    head: uint256 = vote_checkpoints._head(account)
    delegatee: address = self._delegatee_of(account, head)
    votes: uint256 = vote_checkpoints._votes(head)
    if delegatee == account:
        old_votes: uint256 = votes
        votes = votes + new_units - old_units
        vote_checkpoints._write(convert(account, uint256), head, new_stake, votes)
        if new_units != old_units:
            log IStaking.DelegateVotesChanged(
                delegate=account, previousVotes=old_votes, newVotes=votes
            )
    else:
        vote_checkpoints._write(convert(account, uint256), head, new_stake, votes)
        self._move(delegatee, old_units, new_units)
    total: uint256 = vote_checkpoints._total()
    vote_checkpoints._write_total(
        vote_checkpoints._stake(total) + new_stake - old_stake,
        vote_checkpoints._votes(total) + new_units - old_units,
    )


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
