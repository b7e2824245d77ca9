# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title task_endings
@license GNU Affero General Public License v3.0 only
@notice The ways a task ends, and what each leaves to whom.
@dev A task ends once: `_live_terms` guards every ending, a cancelled or expired task has its flag and a
     settled one its promise. Each ending splits the wei it finds into claimable, fee and refundable
     without rest. No function checks the caller; the importer does.
"""

from ...interfaces import ITaskEscrow
from . import flat_claims
from . import payouts
from . import task_records

uses: flat_claims
uses: payouts
uses: task_records

MAX_BPS: constant(uint256) = 10_000
MAX_FEE_BPS: constant(uint256) = 500  # whatever the oracle says
HAS_ENDED: constant(uint256) = task_records.IS_CANCELLED | task_records.IS_EXPIRED


@internal
@view
def _live_terms(task_id: uint256) -> uint256:
    """
    @dev The first word of a task that is neither cancelled, expired nor settled.
    """
    terms: uint256 = task_records._terms(task_id)
    assert terms & HAS_ENDED == 0, "escrow: task is over"
    assert payouts._promise[task_id] == 0, "escrow: already settled"
    return terms


@internal
@view
def _closed_terms(task_id: uint256) -> uint256:
    """
    @dev The first word of a live task that takes no more anchors and so may end.
    """
    terms: uint256 = self._live_terms(task_id)
    assert block.timestamp >= task_records._reveal_deadline(terms), "escrow: still anchoring"
    return terms


@internal
def _cancel(task_id: uint256, terms: uint256) -> (address, uint256):
    """
    @dev Ends a task in which nobody answered; returns the token and all its wei, which leave at once.
    """
    token: address = task_records._token(task_id)
    amount: uint256 = task_records._claimable(task_id)
    task_records._set_flag(task_id, terms, task_records.IS_CANCELLED)
    task_records._set_funds(task_id, token, 0)
    task_records._set_refundable(task_id, 0)
    return token, amount


@internal
def _settle(
    task_id: uint256, payouts_root: bytes32, total_payout: uint256, fee_bps: uint256
) -> (address, uint256, uint256):
    """
    @dev Ends a task by a verdict; returns the token, the fee and the refundable wei.
         The fee is rounded down, as in `_max_payout`.
    """
    assert fee_bps <= MAX_FEE_BPS, "escrow: fee too high"
    self._closed_terms(task_id)
    token: address = task_records._token(task_id)
    held: uint256 = task_records._claimable(task_id)
    assert total_payout <= held, "escrow: exceeds claimable"
    fee: uint256 = total_payout * fee_bps // MAX_BPS
    assert fee <= held - total_payout, "escrow: exceeds claimable"
    rest: uint256 = held - total_payout - fee
    payouts._start(task_id, payouts_root, total_payout)
    task_records._set_funds(task_id, token, convert(payouts_root, uint256) & payouts.WEI_MASK)
    task_records._set_refundable(task_id, rest)
    return token, fee, rest


@internal
@view
def _max_payout(task_id: uint256, fee_bps: uint256) -> uint256:
    """
    @dev The largest t with t + t * fee_bps // MAX_BPS <= claimable.
    """
    return ((task_records._claimable(task_id) + 1) * MAX_BPS - 1) // (MAX_BPS + fee_bps)


@internal
def _expire(task_id: uint256, answers: uint256) -> (uint256, uint256, uint256):
    """
    @dev Ends a task without a verdict; returns the flat price, the claimable and the refundable wei.
         The flat price is rounded down, so that it can be paid for every anchored answer.
    """
    terms: uint256 = self._closed_terms(task_id)
    held: uint256 = task_records._claimable(task_id)
    flat_price: uint256 = 0
    if answers != 0:
        flat_price = min(task_records._price(task_id), held // answers)
    claimable: uint256 = flat_price * answers
    flat_claims._start(task_id, flat_price)
    task_records._set_flag(task_id, terms, task_records.IS_EXPIRED)
    task_records._set_funds(task_id, task_records._token(task_id), claimable)
    task_records._set_refundable(task_id, held - claimable)
    return flat_price, claimable, held - claimable


@internal
def _take_refund(task_id: uint256) -> (address, uint256):
    """
    @dev Empties the refundable wei of an ended task; returns the requester and the amount.
    """
    has_ended: bool = task_records._terms(task_id) & HAS_ENDED != 0
    assert has_ended or payouts._promise[task_id] != 0, "escrow: task is not over"
    amount: uint256 = task_records._price(task_id)
    assert amount != 0, "escrow: nothing to refund"
    return task_records._set_refundable(task_id, 0), amount


@internal
@view
def _task(task_id: uint256) -> ITaskEscrow.Task:
    """
    @dev The words, unpacked; without the anchors.
    """
    words: task_records.Words = task_records._words[task_id]
    promise: uint256 = payouts._promise[task_id]
    has_ended: bool = promise != 0 or words.terms & HAS_ENDED != 0
    price: uint256 = words.owner >> 160
    claimable: uint256 = words.funds >> 160
    root: uint256 = 0
    if promise != 0:
        root = (promise & ~payouts.WEI_MASK) | claimable
        claimable = promise & payouts.WEI_MASK
    return ITaskEscrow.Task(
        requester=convert(words.owner & task_records.ADDRESS_MASK, address),
        token=convert(words.funds & task_records.ADDRESS_MASK, address),
        gateway=convert(words.terms & task_records.ADDRESS_MASK, address),
        price=0 if has_ended else price,
        claimable=claimable,
        refundable=price if has_ended else 0,
        submit_deadline=(words.terms >> 160) & task_records.TIME_MASK,
        reveal_deadline=task_records._reveal_deadline(words.terms),
        verdict_deadline=task_records._verdict_deadline(words.terms),
        anchored_answers=0,
        anchors=0,
        anchor_head=empty(bytes32),
        has_forced=words.terms & task_records.HAS_FORCED != 0,
        payouts_root=convert(root, bytes32),
        flat_price=flat_claims._price[task_id],
        is_cancelled=words.terms & task_records.IS_CANCELLED != 0,
        is_expired=words.terms & task_records.IS_EXPIRED != 0,
    )
