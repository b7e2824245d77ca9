# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title verdict_records
@license GNU Affero General Public License v3.0 only
@notice The live verdict of each task, its clock and its dispute.
@dev A task has at most one live verdict, and a live verdict at most one dispute, ever. `verdict_words` says
     how the clock and the dispute are packed; a rejection is challenger 160 | operator slash 32.
     No function checks the caller, and none moves a bond: the importer does.
"""

from ...interfaces import IVerdictOracle
from .. import parameter_ids
from . import verdict_words

_digest: HashMap[uint256, bytes32]
_clock: HashMap[uint256, uint256]
_dispute: HashMap[uint256, uint256]
_rejection: HashMap[bytes32, uint256]  # digest of a struck-down verdict
_is_slashed: HashMap[bytes32, HashMap[address, bool]]  # digest → operator


@external
@view
@reentrant
def verdict_of(task_id: uint256) -> IVerdictOracle.Record:
    """
    @notice The live verdict of a task.
    @param task_id The task.
    @return Its digest, when it was posted, and when the last one was struck down.
    """
    clock: uint256 = self._clock[task_id]
    return IVerdictOracle.Record(
        digest=self._digest[task_id],
        posted_at=clock & verdict_words.TIME_MASK,
        reopened_at=(clock >> 40) & verdict_words.TIME_MASK,
    )


@external
@view
@reentrant
def dispute_of(task_id: uint256) -> IVerdictOracle.Dispute:
    """
    @notice The open dispute of a task.
    @param task_id The task.
    @return The dispute; all zero when none is open.
    """
    return verdict_words._unpacked(self._dispute[task_id])


@internal
def _post(task_id: uint256, digest: bytes32, verdict_deadline: uint256, rules: uint256):
    """
    @dev Makes `digest` the live verdict, under the first word of the task's parameters.
    """
    assert self._digest[task_id] == empty(bytes32), "verdict: a verdict is live"
    clock: uint256 = self._clock[task_id]
    grace_seconds: uint256 = verdict_words._number(rules, parameter_ids.GRACE_SECONDS)
    limit: uint256 = verdict_words._limit(clock, verdict_deadline, grace_seconds)
    assert block.timestamp < limit, "verdict: too late"
    if clock != 0:
        assert self._rejection[digest] == 0, "verdict: was rejected"
    self._digest[task_id] = digest
    bond_prices: uint256 = verdict_words._number(rules, parameter_ids.CHALLENGE_BOND_PRICES)
    self._clock[task_id] = (
        clock
        | block.timestamp
        | ((rules & verdict_words.KEPT_RULES) << verdict_words.RULES_PLACE)
        | (bond_prices << verdict_words.BOND_PLACE)
    )


@internal
def _open(task_id: uint256, challenger: address, seats: uint256) -> uint256:
    """
    @dev Opens the one dispute of the live verdict and returns its bond. `seats` is the second word of the
         task's parameters.
    """
    assert self._digest[task_id] != empty(bytes32), "verdict: no live verdict"
    clock: uint256 = self._clock[task_id]
    assert clock & verdict_words.STATUS_MASK == 0, "verdict: disputed before"
    ends_at: uint256 = verdict_words._challenge_end(clock)
    assert block.timestamp < ends_at, "verdict: challenge window over"
    self._clock[task_id] = clock | verdict_words.IS_OPEN
    terms: uint256 = verdict_words._bond_terms(clock >> verdict_words.BOND_PLACE, seats)
    self._dispute[task_id] = (
        convert(challenger, uint256) | (block.timestamp << 160) | (terms << 200)
    )
    return verdict_words._bond_of(terms)


@internal
def _rule(task_id: uint256, digest: bytes32, is_upheld: bool) -> (address, uint256):
    """
    @dev Closes the open dispute of `digest` and returns the challenger and the bond. If it is upheld the
         verdict is struck down, its digest is marked and the task waits for another one.
    """
    assert self._digest[task_id] == digest, "verdict: not the live verdict"
    clock: uint256 = self._clock[task_id]
    status: uint256 = clock & verdict_words.STATUS_MASK
    assert status == verdict_words.IS_OPEN, "verdict: no open dispute"
    dispute: uint256 = self._dispute[task_id]
    ends_at: uint256 = verdict_words._ruling_end(clock, dispute)
    assert block.timestamp < ends_at, "verdict: ruling is too late"
    challenger: uint256 = dispute & verdict_words.ADDRESS_MASK
    self._dispute[task_id] = 0
    if is_upheld:
        slash_bps: uint256 = verdict_words._rule_in(clock, parameter_ids.OPERATOR_SLASH_BPS)
        self._rejection[digest] = challenger | (slash_bps << 160)
        self._digest[task_id] = empty(bytes32)
        self._clock[task_id] = block.timestamp << 40
    else:
        self._clock[task_id] = (clock & ~verdict_words.STATUS_MASK) | verdict_words.IS_CLOSED
    return convert(challenger, address), verdict_words._bond_of(dispute >> 200)


@internal
def _check_final(task_id: uint256, digest: bytes32) -> (uint256, uint256):
    """
    @dev Refuses a verdict that can still change; returns the fee in bps. Closes a dispute that nobody ruled
         on in time and returns its word, otherwise zero.
    """
    assert self._digest[task_id] == digest, "verdict: not the live verdict"
    clock: uint256 = self._clock[task_id]
    fee_bps: uint256 = verdict_words._rule_in(clock, parameter_ids.PROTOCOL_FEE_BPS)
    status: uint256 = clock & verdict_words.STATUS_MASK
    if status == 0:
        ends_at: uint256 = verdict_words._challenge_end(clock)
        assert block.timestamp >= ends_at, "verdict: challenge window open"
    if status != verdict_words.IS_OPEN:
        return fee_bps, 0

    dispute: uint256 = self._dispute[task_id]
    stands_at: uint256 = verdict_words._ruling_end(clock, dispute)
    assert block.timestamp >= stands_at, "verdict: dispute is open"
    self._dispute[task_id] = 0
    self._clock[task_id] = (clock & ~verdict_words.STATUS_MASK) | verdict_words.IS_CLOSED
    return fee_bps, dispute


@internal
@view
def _check_live(task_id: uint256, digest: bytes32):
    """
    @dev Refuses every verdict but the live one.
    """
    assert self._digest[task_id] == digest, "verdict: not the live verdict"


@internal
@view
def _check_missing(task_id: uint256, verdict_deadline: uint256, grace_seconds: uint256):
    """
    @dev Refuses a task that has a verdict or may still get one.
    """
    assert self._digest[task_id] == empty(bytes32), "verdict: a verdict is live"
    limit: uint256 = verdict_words._limit(self._clock[task_id], verdict_deadline, grace_seconds)
    assert block.timestamp >= limit, "verdict: too early to expire"


@internal
def _mark_slashed(digest: bytes32, operator: address) -> (address, uint256):
    """
    @dev Lets an operator be slashed once for a struck-down verdict; returns who challenged it and the slash
         in bps.
    """
    rejection: uint256 = self._rejection[digest]
    assert rejection != 0, "verdict: not rejected"
    assert not self._is_slashed[digest][operator], "verdict: already slashed"
    self._is_slashed[digest][operator] = True
    return convert(rejection & verdict_words.ADDRESS_MASK, address), rejection >> 160


@internal
@view
def _stage(task_id: uint256) -> uint256:
    """
    @dev 0 without a verdict, 1 while it may be challenged or finalised, 2 while a dispute is open.
    """
    if self._digest[task_id] == empty(bytes32):
        return 0
    status: uint256 = self._clock[task_id] & verdict_words.STATUS_MASK
    return 2 if status == verdict_words.IS_OPEN else 1
