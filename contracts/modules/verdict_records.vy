# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title verdict_records
@license GNU Affero General Public License v3.0 only
@notice The live verdict of each task, its clock and its dispute.
@dev A task has at most one live verdict, and a live verdict at most one dispute, ever. Two packed words,
     low bits first:
       clock: posted_at 40 | reopened_at 40 | dispute status 8
       dispute: challenger 160 | opened_at 40
     No function checks the caller, and none moves a bond: the importer does.
"""

from ..interfaces import IVerdictOracle

NO_DISPUTE: constant(uint256) = 0
OPEN: constant(uint256) = 1
CLOSED: constant(uint256) = 2  # ruled against the challenger, or no ruling came in time
TIME_MASK: constant(uint256) = 2**40 - 1
REOPENED_MASK: constant(uint256) = TIME_MASK << 40
ADDRESS_MASK: constant(uint256) = 2**160 - 1

_digest: HashMap[uint256, bytes32]
_clock: HashMap[uint256, uint256]
_dispute: HashMap[uint256, uint256]
_rejected_by: HashMap[bytes32, address]  # digest of a struck-down verdict → its challenger
_is_slashed: HashMap[bytes32, HashMap[address, bool]]  # digest → operator


@internal
def _post(task_id: uint256, digest: bytes32, verdict_deadline: uint256, grace_seconds: uint256):
    """
    @dev Makes `digest` the live verdict.
    """
    assert self._digest[task_id] == empty(bytes32), "verdict: a verdict is live"
    clock: uint256 = self._clock[task_id]
    limit: uint256 = self._limit(clock, verdict_deadline, grace_seconds)
    assert block.timestamp < limit, "verdict: too late"
    if clock != 0:
        assert self._rejected_by[digest] == empty(address), "verdict: was rejected"
    self._digest[task_id] = digest
    self._clock[task_id] = clock | block.timestamp


@internal
@pure
def _limit(clock: uint256, verdict_deadline: uint256, grace_seconds: uint256) -> uint256:
    """
    @dev Until when a verdict may be posted, and from when the task may expire. A struck-down verdict
         gives operators a new grace, and never takes time from them.
    """
    return max(verdict_deadline, (clock >> 40) & TIME_MASK) + grace_seconds


@internal
def _open(task_id: uint256, challenger: address, challenge_seconds: uint256):
    """
    @dev Opens the one dispute of the live verdict.
    """
    assert self._digest[task_id] != empty(bytes32), "verdict: no live verdict"
    clock: uint256 = self._clock[task_id]
    assert clock >> 80 == NO_DISPUTE, "verdict: disputed before"
    posted_at: uint256 = clock & TIME_MASK
    assert block.timestamp < posted_at + challenge_seconds, "verdict: challenge window over"
    self._clock[task_id] = clock | (OPEN << 80)
    self._dispute[task_id] = convert(challenger, uint256) | (block.timestamp << 160)


@internal
def _rule(task_id: uint256, is_upheld: bool, ruling_seconds: uint256) -> address:
    """
    @dev Closes the open dispute and returns the challenger. If it is upheld the verdict is struck down,
         its digest is marked and the task waits for another one.
    """
    clock: uint256 = self._clock[task_id]
    assert clock >> 80 == OPEN, "verdict: no open dispute"
    dispute: uint256 = self._dispute[task_id]
    assert block.timestamp < (dispute >> 160) + ruling_seconds, "verdict: ruling is too late"
    challenger: address = convert(dispute & ADDRESS_MASK, address)
    self._dispute[task_id] = 0
    if is_upheld:
        self._rejected_by[self._digest[task_id]] = challenger
        self._digest[task_id] = empty(bytes32)
        self._clock[task_id] = block.timestamp << 40
    else:
        self._clock[task_id] = (clock & (TIME_MASK | REOPENED_MASK)) | (CLOSED << 80)
    return challenger


@internal
def _check_final(
    task_id: uint256, digest: bytes32, challenge_seconds: uint256, ruling_seconds: uint256
) -> address:
    """
    @dev Refuses a verdict that can still change. Closes a dispute that nobody ruled on in time and returns
         its challenger, otherwise the zero address.
    """
    assert self._digest[task_id] == digest, "verdict: not the live verdict"
    clock: uint256 = self._clock[task_id]
    status: uint256 = clock >> 80
    if status == NO_DISPUTE:
        ends_at: uint256 = (clock & TIME_MASK) + challenge_seconds
        assert block.timestamp >= ends_at, "verdict: challenge window open"
    if status != OPEN:
        return empty(address)

    dispute: uint256 = self._dispute[task_id]
    assert block.timestamp >= (dispute >> 160) + ruling_seconds, "verdict: dispute is open"
    self._dispute[task_id] = 0
    self._clock[task_id] = (clock & (TIME_MASK | REOPENED_MASK)) | (CLOSED << 80)
    return convert(dispute & ADDRESS_MASK, address)


@internal
@view
def _check_missing(task_id: uint256, verdict_deadline: uint256, grace_seconds: uint256):
    """
    @dev Refuses a task that has a verdict or may still get one.
    """
    assert self._digest[task_id] == empty(bytes32), "verdict: a verdict is live"
    limit: uint256 = self._limit(self._clock[task_id], verdict_deadline, grace_seconds)
    assert block.timestamp >= limit, "verdict: too early to expire"


@internal
def _mark_slashed(digest: bytes32, operator: address) -> address:
    """
    @dev Lets an operator be slashed once for a struck-down verdict; returns who challenged it.
    """
    challenger: address = self._rejected_by[digest]
    assert challenger != empty(address), "verdict: not rejected"
    assert not self._is_slashed[digest][operator], "verdict: already slashed"
    self._is_slashed[digest][operator] = True
    return challenger


@internal
@view
def _record(task_id: uint256) -> IVerdictOracle.Record:
    """
    @dev The live verdict and its clock.
    """
    clock: uint256 = self._clock[task_id]
    return IVerdictOracle.Record(
        digest=self._digest[task_id],
        posted_at=clock & TIME_MASK,
        reopened_at=(clock >> 40) & TIME_MASK,
    )


@internal
@view
def _open_dispute(task_id: uint256) -> IVerdictOracle.Dispute:
    """
    @dev The open dispute without its bond.
    """
    dispute: uint256 = self._dispute[task_id]
    return IVerdictOracle.Dispute(
        challenger=convert(dispute & ADDRESS_MASK, address), bond=0, opened_at=dispute >> 160
    )


@internal
@view
def _stage(task_id: uint256) -> uint256:
    """
    @dev 0 without a verdict, 1 while it may be challenged or finalised, 2 while a dispute is open.
    """
    if self._digest[task_id] == empty(bytes32):
        return 0
    return 2 if self._clock[task_id] >> 80 == OPEN else 1
