# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title task_terms
@license GNU Affero General Public License v3.0 only
@notice What a requester may ask for.
@dev Stateless.
"""

from ...interfaces import ITaskEscrow

WEI_LIMIT: constant(uint256) = 2**96
MIN_SPAN: constant(uint256) = 3_600  # an hour: anchors and verdicts need time to be mined
MAX_SPAN: constant(uint256) = 30 * 86_400
MAX_REVEAL: constant(uint256) = 3 * 86_400
MAX_OPEN: constant(uint256) = 365 * 86_400


@internal
@view
def _validate(terms: ITaskEscrow.TaskTerms):
    """
    @dev Refuses terms that could keep money for long or that do not fit their bits.
    """
    assert terms.gateway != empty(address), "escrow: zero gateway"
    assert terms.spec != empty(bytes32), "escrow: zero spec"
    assert terms.price != 0, "escrow: zero price"
    assert terms.budget >= terms.price, "escrow: budget below price"
    assert terms.budget < WEI_LIMIT, "escrow: budget too large"
    assert terms.submit_deadline > block.timestamp, "escrow: deadline in the past"
    assert terms.submit_deadline <= block.timestamp + MAX_OPEN, "escrow: deadline too far"
    assert terms.reveal_seconds >= MIN_SPAN, "escrow: reveal too short"
    assert terms.reveal_seconds <= MAX_REVEAL, "escrow: reveal too long"
    assert terms.verdict_seconds >= MIN_SPAN, "escrow: verdict time too short"
    assert terms.verdict_seconds <= MAX_SPAN, "escrow: verdict time too long"
