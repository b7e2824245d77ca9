# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title task_records
@license GNU Affero General Public License v3.0 only
@notice The terms and the money of every task, in three words each.
@dev Vyper does not pack storage, so the words are built here, low bits first:
       terms: gateway 160 | submit_deadline 40 | reveal_seconds 24 | verdict_seconds 24 | flags 8
       funds: token 160 | claimable 96
       owner: requester 160 | price 96, which becomes the refundable wei when the task ends
     The phase is derived from the clock and the flags. No function checks the caller; the importer does.
"""

from ..interfaces import ITaskEscrow

struct Words:
    terms: uint256
    funds: uint256
    owner: uint256


HAS_FORCED: constant(uint256) = 1 << 248
IS_CANCELLED: constant(uint256) = 1 << 249
IS_EXPIRED: constant(uint256) = 1 << 250
IS_ENDED: constant(uint256) = IS_CANCELLED | IS_EXPIRED  # a settled task is known by its root

ADDRESS_MASK: constant(uint256) = 2**160 - 1
TIME_MASK: constant(uint256) = 2**40 - 1
SPAN_MASK: constant(uint256) = 2**24 - 1
WEI_LIMIT: constant(uint256) = 2**96
MAX_BPS: constant(uint256) = 10_000

_words: HashMap[uint256, Words]
_root: HashMap[uint256, bytes32]  # payouts root, set when a verdict is final
_flat_price: HashMap[uint256, uint256]  # wei for one anchored answer, set when the task expires
_count: uint256


@internal
def _add(terms: ITaskEscrow.TaskTerms, requester: address) -> uint256:
    """
    @dev Stores a new task and returns its id. The importer has validated the terms.
    """
    task_id: uint256 = self._count + 1
    self._count = task_id
    self._words[task_id] = Words(
        terms=convert(terms.gateway, uint256)
        | (terms.submit_deadline << 160)
        | (terms.reveal_seconds << 200)
        | (terms.verdict_seconds << 224),
        funds=convert(terms.token, uint256) | (terms.budget << 160),
        owner=convert(requester, uint256) | (terms.price << 160),
    )
    return task_id


@internal
@view
def _terms(task_id: uint256) -> uint256:
    """
    @dev The first word of a task that exists.
    """
    terms: uint256 = self._words[task_id].terms
    assert terms != 0, "escrow: unknown task"
    return terms


@internal
@view
def _open_terms(task_id: uint256) -> uint256:
    """
    @dev The first word of a task that still takes answers.
    """
    terms: uint256 = self._terms(task_id)
    assert terms & IS_CANCELLED == 0, "escrow: task is over"
    assert block.timestamp < (terms >> 160) & TIME_MASK, "escrow: submissions are over"
    return terms


@internal
@view
def _live_terms(task_id: uint256) -> uint256:
    """
    @dev The first word of a task that is neither cancelled, expired nor settled.
    """
    terms: uint256 = self._terms(task_id)
    assert terms & IS_ENDED == 0, "escrow: task is over"
    assert self._root[task_id] == empty(bytes32), "escrow: already settled"
    return terms


@internal
@pure
def _reveal_deadline(terms: uint256) -> uint256:
    """
    @dev When anchoring ends.
    """
    return unsafe_add((terms >> 160) & TIME_MASK, (terms >> 200) & SPAN_MASK)


@internal
@pure
def _verdict_deadline(terms: uint256) -> uint256:
    """
    @dev When a verdict is due.
    """
    return unsafe_add(self._reveal_deadline(terms), (terms >> 224) & SPAN_MASK)


@internal
def _set_forced(task_id: uint256, terms: uint256):
    """
    @dev Remembers that a worker used forced inclusion. `terms` is the word as stored.
    """
    if terms & HAS_FORCED == 0:
        self._words[task_id].terms = terms | HAS_FORCED


@internal
def _fund(task_id: uint256, amount: uint256) -> address:
    """
    @dev Adds wei to a task and returns its token.
    """
    funds: uint256 = self._words[task_id].funds
    assert amount < WEI_LIMIT - (funds >> 160), "escrow: budget too large"
    self._words[task_id].funds = funds + (amount << 160)
    return convert(funds & ADDRESS_MASK, address)


@internal
def _take(task_id: uint256, amount: uint256) -> address:
    """
    @dev Lowers the claimable wei and returns the token. This is what bounds a root that promises
         more than the task holds.
    """
    funds: uint256 = self._words[task_id].funds
    assert amount <= funds >> 160, "escrow: exceeds claimable"
    self._words[task_id].funds = unsafe_sub(funds, amount << 160)
    return convert(funds & ADDRESS_MASK, address)


@internal
def _end(task_id: uint256, claimable: uint256) -> (address, uint256):
    """
    @dev Keeps `claimable` for workers and returns the token and the wei that are left over.
         The importer has checked that the task is live.
    """
    funds: uint256 = self._words[task_id].funds
    token: uint256 = funds & ADDRESS_MASK
    assert claimable <= funds >> 160, "escrow: exceeds claimable"
    self._words[task_id].funds = token | (claimable << 160)
    return convert(token, address), unsafe_sub(funds >> 160, claimable)


@internal
def _set_refundable(task_id: uint256, amount: uint256) -> address:
    """
    @dev Replaces the price by the refundable wei and returns the requester.
    """
    requester: uint256 = self._words[task_id].owner & ADDRESS_MASK
    self._words[task_id].owner = requester | (amount << 160)
    return convert(requester, address)


@internal
def _cancel(task_id: uint256, terms: uint256) -> (address, uint256):
    """
    @dev Ends a task in which nobody answered; returns the token and all its wei.
    """
    self._words[task_id].terms = terms | IS_CANCELLED
    self._set_refundable(task_id, 0)
    return self._end(task_id, 0)


@internal
def _settle(
    task_id: uint256, payouts_root: bytes32, total_payout: uint256, fee_bps: uint256
) -> (address, uint256, uint256):
    """
    @dev Ends a task by a verdict; returns the token, the fee and the refundable wei.
         The fee is rounded down, as in `settlement_terms`.
    """
    self._root[task_id] = payouts_root
    token: address = empty(address)
    rest: uint256 = 0
    token, rest = self._end(task_id, total_payout)
    fee: uint256 = total_payout * fee_bps // MAX_BPS
    assert fee <= rest, "escrow: exceeds claimable"
    self._set_refundable(task_id, rest - fee)
    return token, fee, rest - fee


@internal
def _expire(task_id: uint256, terms: uint256, answers: uint256) -> (uint256, uint256, uint256):
    """
    @dev Ends a task without a verdict; returns the flat price, the claimable and the refundable wei.
         The flat price is rounded down, so that it can be paid for every anchored answer.
    """
    claimable: uint256 = self._words[task_id].funds >> 160
    flat_price: uint256 = 0
    if answers != 0:
        flat_price = min(self._words[task_id].owner >> 160, claimable // answers)
    self._words[task_id].terms = terms | IS_EXPIRED
    self._flat_price[task_id] = flat_price
    token: address = empty(address)
    rest: uint256 = 0
    token, rest = self._end(task_id, flat_price * answers)
    self._set_refundable(task_id, rest)
    return flat_price, flat_price * answers, rest


@internal
def _take_refund(task_id: uint256) -> (address, uint256):
    """
    @dev Empties the refundable wei of an ended task; returns the requester and the amount.
    """
    terms: uint256 = self._terms(task_id)
    is_settled: bool = self._root[task_id] != empty(bytes32)
    assert is_settled or terms & IS_ENDED != 0, "escrow: task is not over"
    amount: uint256 = self._words[task_id].owner >> 160
    assert amount != 0, "escrow: nothing to refund"
    return self._set_refundable(task_id, 0), amount


@internal
@view
def _token(task_id: uint256) -> address:
    """
    @dev The payment token.
    """
    return convert(self._words[task_id].funds & ADDRESS_MASK, address)


@internal
@view
def _task(task_id: uint256) -> ITaskEscrow.Task:
    """
    @dev All but the anchors.
    """
    words: Words = self._words[task_id]
    root: bytes32 = self._root[task_id]
    has_ended: bool = root != empty(bytes32) or words.terms & IS_ENDED != 0
    left: uint256 = words.owner >> 160
    return ITaskEscrow.Task(
        requester=convert(words.owner & ADDRESS_MASK, address),
        token=convert(words.funds & ADDRESS_MASK, address),
        gateway=convert(words.terms & ADDRESS_MASK, address),
        price=0 if has_ended else left,
        claimable=words.funds >> 160,
        refundable=left if has_ended else 0,
        submit_deadline=(words.terms >> 160) & TIME_MASK,
        reveal_deadline=self._reveal_deadline(words.terms),
        verdict_deadline=self._verdict_deadline(words.terms),
        anchored_answers=0,
        anchors=0,
        anchor_head=empty(bytes32),
        has_forced=words.terms & HAS_FORCED != 0,
        payouts_root=root,
        flat_price=self._flat_price[task_id],
        is_cancelled=words.terms & IS_CANCELLED != 0,
        is_expired=words.terms & IS_EXPIRED != 0,
    )
