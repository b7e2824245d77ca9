# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title InsurancePool
@license GNU Affero General Public License v3.0 only
@notice Half of what workers lose: pays for work that must be done again, and who found it out.
@dev Money invariant, for every token: `collected + donated == held + paid`, where `held` is the balance.
     Nothing is promised to anybody and nothing is lent: a payment is covered by what is here, or refused.
     A token that shrinks its own balances makes `donated` zero and hurts its own pool only.
@custom:kill Cannot be stopped. Without proposals nothing leaves.
"""

from ethereum.ercs import IERC20

from .interfaces import IInsurancePool
from .interfaces import IStaking
from .modules import token_transfers

implements: IInsurancePool


timelock: public(immutable(address))
staking: public(immutable(address))


_collected: HashMap[address, uint256]
_paid: HashMap[address, uint256]


@deploy
def __init__(timelock_: address, staking_: address):
    """
    @notice Fixes who pays out, and where the money comes from.
    @param timelock_ The only account that may pay: it executes what proposals decided.
    @param staking_ Where the pool's half of slashed stakes is collected.
    """
    assert timelock_ != empty(address), "insurance: timelock is zero"
    assert staking_ != empty(address), "insurance: staking is zero"
    timelock = timelock_
    staking = staking_


@external
def collect(token: address):
    """
    @notice Fetches the pool's half of slashed stakes. Anyone may.
    @dev Before: Staking credits the pool. After: the balance and `collected` are higher by what arrived.
         The money can only come here. Refuses to enter again, which would count a credit twice.
    @param token The token that was slashed.
    """
    held: uint256 = self._held_of(token)
    extcall IStaking(staking).collect(token)
    amount: uint256 = self._held_of(token) - held
    self._collected[token] += amount
    log IInsurancePool.InsuranceCollected(token=token, amount=amount)


@external
def pay(token: address, to: address, amount: uint256, task_id: uint256, reason: bytes32):
    """
    @notice Pays what a task did harm to: its work done again, or who found it out. Only the Timelock.
    @dev Before: `amount <= held`. After: it is with `to`, `paid` is higher by it. Refuses everybody else,
         more than is held, and a payment to the pool itself, which would count as a donation.
    @param token The token.
    @param to Who receives it.
    @param amount How much, in wei of `token`.
    @param task_id The task that is made good.
    @param reason Digest of a document that says what for.
    """
    assert msg.sender == timelock, "insurance: not the timelock"
    assert to not in [empty(address), self], "insurance: bad recipient"
    assert amount != 0, "insurance: amount is zero"
    assert amount <= self._held_of(token), "insurance: exceeds what is held"
    self._paid[token] += amount
    log IInsurancePool.InsurancePaid(
        task_id=task_id, token=token, to=to, amount=amount, reason=reason
    )
    token_transfers._push(token, to, amount)


@external
@view
def totals_of(token: address) -> IInsurancePool.Totals:
    """
    @notice What came and went; `collected + donated == held + paid`.
    @param token The token.
    @return The four sums, in wei of `token`.
    """
    collected: uint256 = self._collected[token]
    paid: uint256 = self._paid[token]
    held: uint256 = self._held_of(token)
    return IInsurancePool.Totals(
        collected=collected,
        donated=max(held + paid, collected) - collected,
        paid=paid,
        held=held,
    )


@internal
@view
def _held_of(token: address) -> uint256:
    """
    @dev The balance: what arrives in any way counts.
    """
    return staticcall IERC20(token).balanceOf(self)
