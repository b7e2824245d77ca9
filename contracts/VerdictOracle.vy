# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title VerdictOracle
@license GNU Affero General Public License v3.0 only
@notice The operator set and every verdict: takes those signed by 2/3 of operator stake, waits, ends tasks.
@dev Holds no money. What operators and challengers risk is locked in Staking: the lock of an account
     there is its operator stake plus the bonds of its open disputes. Calls Staking and TaskEscrow only,
     and neither calls back. Every parameter is fixed at deployment.
@custom:kill Cannot be stopped. If operators or the arbitrator stay silent, clocks end every task.
"""

from snekmate.utils import eip712_domain_separator

from .interfaces import IStaking
from .interfaces import ITaskEscrow
from .interfaces import IVerdictOracle
from .modules import operator_set
from .modules import verdict_messages
from .modules import verdict_records

implements: IVerdictOracle

initializes: eip712_domain_separator
initializes: verdict_messages[eip712_domain_separator := eip712_domain_separator]
initializes: operator_set
initializes: verdict_records

exports: eip712_domain_separator.eip712Domain

MAX_BPS: constant(uint256) = 10_000
MAX_SECONDS: constant(uint256) = 30 * 86_400


struct Settings:
    min_operator_stake: uint256  # wei of TES
    challenge_bond: uint256  # wei of TES
    challenge_seconds: uint256  # how long a posted verdict may be disputed
    ruling_seconds: uint256  # how long the arbitrator may rule on a dispute
    grace_seconds: uint256  # how long after the verdict deadline a verdict is still taken
    operator_slash_bps: uint256  # what signing a struck-down verdict costs


STAKING: immutable(IStaking)
TASK_ESCROW: immutable(ITaskEscrow)
WORK_TOKEN: immutable(address)
ARBITRATOR: immutable(address)
TREASURY: immutable(address)
SETTINGS: immutable(Settings)


@deploy
def __init__(
    staking: address,
    task_escrow: address,
    work_token: address,
    arbitrator: address,
    treasury: address,
    settings: Settings,
):
    """
    @notice Fixes whom this contract works with and every parameter.
    @param staking Holds the stakes; names this contract as its controller.
    @param task_escrow Holds the rewards; names this contract as its oracle.
    @param work_token TES, the token of operators and challengers.
    @param arbitrator Who rules on disputes.
    @param treasury Who gets the part of a lost bond that is not burned.
    @param settings Stakes, bonds, times and the slash.
    """
    assert staking != empty(address), "verdict: zero staking"
    assert task_escrow != empty(address), "verdict: zero escrow"
    assert work_token != empty(address), "verdict: zero token"
    assert arbitrator != empty(address), "verdict: zero arbitrator"
    assert treasury != empty(address), "verdict: zero treasury"
    assert settings.min_operator_stake != 0, "verdict: zero operator stake"
    assert settings.challenge_bond != 0, "verdict: zero bond"
    assert unsafe_sub(settings.challenge_seconds, 1) < MAX_SECONDS, "verdict: bad challenge time"
    assert unsafe_sub(settings.ruling_seconds, 1) < MAX_SECONDS, "verdict: bad ruling time"
    assert unsafe_sub(settings.grace_seconds, 1) < MAX_SECONDS, "verdict: bad grace time"
    assert settings.operator_slash_bps <= MAX_BPS, "verdict: slash too high"
    STAKING = IStaking(staking)
    TASK_ESCROW = ITaskEscrow(task_escrow)
    WORK_TOKEN = work_token
    ARBITRATOR = arbitrator
    TREASURY = treasury
    SETTINGS = settings
    eip712_domain_separator.__init__("Tessera", "1")


@external
def register_operator(amount: uint256):
    """
    @notice Makes the caller an operator, or adds to its stake, by locking TES it has deposited.
    @param amount Wei of TES.
    """
    old_stake: uint256 = operator_set._add(msg.sender, amount, SETTINGS.min_operator_stake)
    log IVerdictOracle.OperatorRegistered(
        operator=msg.sender, old_stake=old_stake, new_stake=old_stake + amount
    )
    extcall STAKING.lock(WORK_TOKEN, msg.sender, amount)


@external
@reentrant  # calls nobody
def retire_operator():
    """
    @notice Stops counting the caller as an operator. Its stake stays locked and slashable for a while.
    """
    stake: uint256 = operator_set._retire(msg.sender)
    log IVerdictOracle.OperatorRetired(operator=msg.sender, stake=stake)


@external
def release_operator():
    """
    @notice Unlocks the caller's stake once no verdict signed before retiring can be struck down any more.
    """
    stake: uint256 = operator_set._remove(
        msg.sender,
        SETTINGS.challenge_seconds + SETTINGS.ruling_seconds + SETTINGS.grace_seconds,
    )
    log IVerdictOracle.OperatorReleased(operator=msg.sender, stake=stake)
    extcall STAKING.unlock(WORK_TOKEN, msg.sender, stake)


@external
@reentrant  # makes static calls only
def post_verdict(
    verdict: IVerdictOracle.Verdict, document: bytes32, signatures: DynArray[Bytes[65], 32]
):
    """
    @notice Posts a verdict that operators with at least 2/3 of the stake have signed. Any active operator.
    @dev The digest of the document is not signed: a stranger could post the right verdict with a wrong one.
    @param verdict The verdict.
    @param document Digest of the verdict document, checked against the roots by whoever reads it.
    @param signatures One for each operator, ascending by the operator's address.
    """
    reveal_deadline: uint256 = 0
    verdict_deadline: uint256 = 0
    payable_wei: uint256 = 0
    reveal_deadline, verdict_deadline, payable_wei = staticcall TASK_ESCROW.settlement_terms(
        verdict.task_id
    )
    assert block.timestamp >= reveal_deadline, "verdict: answers still revealed"
    assert verdict.total_payout <= payable_wei, "verdict: exceeds the budget"
    assert verdict.labels_root != empty(bytes32), "verdict: zero root"
    # TaskEscrow refuses a root whose first 160 bits are zero: such a verdict could never become final
    assert convert(verdict.payouts_root, uint256) >> 96 != 0, "verdict: zero root"
    assert verdict.slashes_root != empty(bytes32), "verdict: zero root"
    digest: bytes32 = verdict_messages._hash(verdict)
    self._check_quorum(digest, signatures)
    assert operator_set._is_active(msg.sender), "verdict: not an operator"
    verdict_records._post(verdict.task_id, digest, verdict_deadline, SETTINGS.grace_seconds)
    log IVerdictOracle.VerdictPosted(
        task_id=verdict.task_id,
        input_digest=verdict.input_digest,
        labels_root=verdict.labels_root,
        payouts_root=verdict.payouts_root,
        slashes_root=verdict.slashes_root,
        total_payout=verdict.total_payout,
        method_hash=verdict.method_hash,
        document=document,
    )


@external
def open_dispute(task_id: uint256, evidence: bytes32):
    """
    @notice Freezes the posted verdict until the arbitrator rules. Locks a bond of the caller's TES stake.
    @param task_id The task.
    @param evidence Digest of a document that says what is wrong.
    """
    bond: uint256 = SETTINGS.challenge_bond
    verdict_records._open(task_id, msg.sender, SETTINGS.challenge_seconds)
    log IVerdictOracle.DisputeOpened(
        task_id=task_id, challenger=msg.sender, bond=bond, evidence=evidence
    )
    extcall STAKING.lock(WORK_TOKEN, msg.sender, bond)


@external
def rule_dispute(task_id: uint256, is_upheld: bool):
    """
    @notice Decides the open dispute. Only the arbitrator, in time.
    @param task_id The task.
    @param is_upheld True strikes the verdict down, false costs the challenger its bond.
    """
    assert msg.sender == ARBITRATOR, "verdict: not the arbitrator"
    challenger: address = verdict_records._rule(task_id, is_upheld, SETTINGS.ruling_seconds)
    log IVerdictOracle.DisputeResolved(
        task_id=task_id, challenger=challenger, is_upheld=is_upheld
    )
    bond: uint256 = SETTINGS.challenge_bond
    extcall STAKING.unlock(WORK_TOKEN, challenger, bond)
    if not is_upheld:
        extcall STAKING.slash(WORK_TOKEN, challenger, bond, TREASURY)


@external
@reentrant  # every word is changed before the calls, and neither contract calls anybody here
def finalise(verdict: IVerdictOracle.Verdict):
    """
    @notice Ends the task by its posted verdict once nobody can change it any more. Anyone may send it.
    @param verdict The verdict as posted.
    """
    digest: bytes32 = verdict_messages._hash(verdict)
    challenger: address = verdict_records._check_final(
        verdict.task_id, digest, SETTINGS.challenge_seconds, SETTINGS.ruling_seconds
    )
    log IVerdictOracle.VerdictFinalised(task_id=verdict.task_id, digest=digest)
    extcall TASK_ESCROW.settle(verdict.task_id, verdict.payouts_root, verdict.total_payout)
    if challenger != empty(address):
        log IVerdictOracle.DisputeLapsed(task_id=verdict.task_id, challenger=challenger)
        extcall STAKING.unlock(WORK_TOKEN, challenger, SETTINGS.challenge_bond)


@external
def expire_task(task_id: uint256):
    """
    @notice Ends a task that got no verdict in time: workers get the flat price. Anyone may send it.
    @param task_id The task.
    """
    reveal_deadline: uint256 = 0
    verdict_deadline: uint256 = 0
    payable_wei: uint256 = 0
    reveal_deadline, verdict_deadline, payable_wei = staticcall TASK_ESCROW.settlement_terms(task_id)
    verdict_records._check_missing(task_id, verdict_deadline, SETTINGS.grace_seconds)
    extcall TASK_ESCROW.expire(task_id)


@external
def slash_operator(verdict: IVerdictOracle.Verdict, signature: Bytes[65]):
    """
    @notice Slashes an operator who signed a struck-down verdict, in favour of its challenger. Anyone may.
    @param verdict The struck-down verdict.
    @param signature The operator's signature on it, posted or not.
    """
    digest: bytes32 = verdict_messages._hash(verdict)
    operator: address = verdict_messages._signer(digest, signature)
    challenger: address = verdict_records._mark_slashed(digest, operator)
    amount: uint256 = operator_set._reduce(operator, SETTINGS.operator_slash_bps)
    log IVerdictOracle.OperatorSlashed(operator=operator, task_id=verdict.task_id, amount=amount)
    extcall STAKING.unlock(WORK_TOKEN, operator, amount)
    extcall STAKING.slash(WORK_TOKEN, operator, amount, challenger)


@external
@view
@reentrant
def operator_of(account: address) -> IVerdictOracle.Operator:
    """
    @notice An account's stake as an operator, and since when it is retired.
    @param account The account.
    @return The operator; all zero for somebody else.
    """
    return operator_set._operator(account)


@external
@view
@reentrant
def total_operator_stake() -> uint256:
    """
    @notice The stake of all active operators, of which 2/3 must sign.
    @return Wei of TES.
    """
    return operator_set._total_stake


@external
@view
@reentrant
def verdict_of(task_id: uint256) -> IVerdictOracle.Record:
    """
    @notice The live verdict of a task.
    @param task_id The task.
    @return Its digest, when it was posted, and when the last one was struck down.
    """
    return verdict_records._record(task_id)


@external
@view
@reentrant
def dispute_of(task_id: uint256) -> IVerdictOracle.Dispute:
    """
    @notice The open dispute of a task.
    @param task_id The task.
    @return The dispute; all zero when none is open.
    """
    dispute: IVerdictOracle.Dispute = verdict_records._open_dispute(task_id)
    if dispute.opened_at != 0:
        dispute.bond = SETTINGS.challenge_bond
    return dispute


@external
@view
@reentrant
def hash_verdict(verdict: IVerdictOracle.Verdict) -> bytes32:
    """
    @notice What operators sign for a verdict.
    @param verdict The verdict.
    @return Its EIP-712 digest.
    """
    return verdict_messages._hash(verdict)


@external
@view
@reentrant
def phase_of(task_id: uint256) -> uint256:
    """
    @notice The phase of a task, derived from the clock and what is stored.
    @param task_id The task.
    @return 1 open, 2 reveal, 3 settling, 4 challenge, 5 disputed, 6 final, 7 cancelled, 8 expired, 0 unknown.
    """
    task: ITaskEscrow.Task = staticcall TASK_ESCROW.task_of(task_id)
    if task.requester == empty(address):
        return 0
    if task.is_cancelled:
        return 7
    if task.is_expired:
        return 8
    if task.payouts_root != empty(bytes32):
        return 6
    if block.timestamp < task.submit_deadline:
        return 1
    if block.timestamp < task.reveal_deadline:
        return 2
    return 3 + verdict_records._stage(task_id)


@external
@view
@reentrant
def settings() -> Settings:
    """
    @notice The parameters fixed at deployment.
    @return All of them.
    """
    return SETTINGS


@internal
@view
def _check_quorum(digest: bytes32, signatures: DynArray[Bytes[65], 32]):
    """
    @dev Refuses signatures that are not by distinct active operators with at least 2/3 of the stake.
    """
    signed: uint256 = 0
    last: uint256 = 0
    for signature: Bytes[65] in signatures:
        signer: address = verdict_messages._signer(digest, signature)
        assert convert(signer, uint256) > last, "verdict: signers not ascending"
        last = convert(signer, uint256)
        signed += operator_set._active_stake(signer)
    assert signed != 0, "verdict: too little stake"
    assert 3 * signed >= 2 * operator_set._total_stake, "verdict: too little stake"
