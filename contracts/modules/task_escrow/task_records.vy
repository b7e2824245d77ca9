# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title task_records
@license GNU Affero General Public License v3.0 only
@notice The terms and the money of every task, in three words each.
@dev Vyper does not pack storage, so the words are built here, low bits first:
       terms: gateway 160 | submit_deadline 40 | reveal_seconds 24 | verdict_seconds 24 | flags 8
       funds: token 160 | claimable 96, which becomes the last 96 bits of the payouts root when it is settled
       owner: requester 160 | price 96, which becomes the refundable wei when the task ends
     The phase is derived from the clock and the flags. No function checks the caller; the importer does.
"""

from ...interfaces import ITaskEscrow

struct Words:
    terms: uint256
    funds: uint256
    owner: uint256


HAS_FORCED: constant(uint256) = 1 << 248
IS_CANCELLED: constant(uint256) = 1 << 249
IS_EXPIRED: constant(uint256) = 1 << 250

ADDRESS_MASK: constant(uint256) = 2**160 - 1
TIME_MASK: constant(uint256) = 2**40 - 1
SPAN_MASK: constant(uint256) = 2**24 - 1
WEI_LIMIT: constant(uint256) = 2**96

_words: HashMap[uint256, Words]
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
def _set_flag(task_id: uint256, terms: uint256, flag: uint256):
    """
    @dev Raises one flag. `terms` is the first word as stored.
    """
    if terms & flag == 0:
        self._words[task_id].terms = terms | flag


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
def _set_funds(task_id: uint256, token: address, amount: uint256):
    """
    @dev Replaces the claimable wei by `amount`, which is below 2**96.
    """
    self._words[task_id].funds = convert(token, uint256) | (amount << 160)


@internal
def _set_refundable(task_id: uint256, amount: uint256) -> address:
    """
    @dev Replaces the price by the refundable wei and returns the requester.
    """
    requester: uint256 = self._words[task_id].owner & ADDRESS_MASK
    self._words[task_id].owner = requester | (amount << 160)
    return convert(requester, address)


@internal
@view
def _token(task_id: uint256) -> address:
    """
    @dev The payment token.
    """
    return convert(self._words[task_id].funds & ADDRESS_MASK, address)


@internal
@view
def _claimable(task_id: uint256) -> uint256:
    """
    @dev The wei that the task holds; for a settled task, the last bits of its payouts root.
    """
    return self._words[task_id].funds >> 160


@internal
@view
def _price(task_id: uint256) -> uint256:
    """
    @dev The price, or the refundable wei of an ended task.
    """
    return self._words[task_id].owner >> 160


@internal
@view
def _requester(task_id: uint256) -> address:
    """
    @dev Who posted the task.
    """
    return convert(self._words[task_id].owner & ADDRESS_MASK, address)
