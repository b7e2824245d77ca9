# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title VerdictOracle
@license GNU Affero General Public License v3.0 only
@notice The operator set and every verdict: takes those signed by a quorum of operator stake, waits, ends tasks.
@dev Holds no money. What operators and challengers risk is locked in Staking: the lock of an account
     there is its operator stake plus the bonds of its open disputes. No slash takes a bond before its
     dispute is over, and what a worker's slash missed is taken then. Calls Staking and TaskEscrow only, and
     neither calls back. A task is judged by the parameters it was created under, read once when a verdict
     is posted; only the least stake is today's.
@custom:kill Cannot be stopped. If operators or the arbitrator stay silent, clocks end every task.
"""

from snekmate.utils import eip712_domain_separator

from .interfaces import IParameters
from .interfaces import IStaking
from .interfaces import ITaskEscrow
from .interfaces import IVerdictOracle
from .modules.verdict_oracle import deferred_slashes
from .modules.verdict_oracle import operator_set
from .modules import parameter_ids
from .modules.verdict_oracle import sealing_keys
from .modules.verdict_oracle import task_phases
from .modules.verdict_oracle import verdict_messages
from .modules.verdict_oracle import verdict_records
from .modules.verdict_oracle import verdict_words
from .modules.verdict_oracle import worker_slashes

implements: IVerdictOracle

initializes: eip712_domain_separator
initializes: verdict_messages[eip712_domain_separator := eip712_domain_separator]
initializes: operator_set
initializes: verdict_records
initializes: sealing_keys[operator_set := operator_set]
initializes: worker_slashes
initializes: deferred_slashes[operator_set := operator_set]

exports: (
    eip712_domain_separator.eip712Domain,
    operator_set.__interface__,
    verdict_records.__interface__,
    sealing_keys.__interface__,
    worker_slashes.__interface__,
    deferred_slashes.__interface__,
)

TES: constant(uint256) = 10**18
# the longest that Parameters can ever allow to challenge a verdict, to rule on it and to post another
RELEASE_SECONDS: constant(uint256) = (7 + 21 + 3) * 86_400

STAKING: immutable(IStaking)
TASK_ESCROW: immutable(ITaskEscrow)
PARAMETERS: immutable(IParameters)
WORK_TOKEN: immutable(address)

arbitrator: public(reentrant(immutable(address)))
treasury: public(reentrant(immutable(address)))
insurance: public(reentrant(immutable(address)))


@deploy
def __init__(
    staking: address,
    task_escrow: address,
    work_token: address,
    parameters: address,
    arbitrator_: address,
    treasury_: address,
    insurance_: address,
):
    """
    @notice Fixes whom this contract works with.
    @param staking Holds the stakes; names this contract as its controller.
    @param task_escrow Holds the rewards; names this contract as its oracle.
    @param work_token TES, the token of operators and challengers.
    @param parameters Knows the numbers that each task keeps.
    @param arbitrator_ Who rules on disputes.
    @param treasury_ Who gets the part of a lost bond that is not burned.
    @param insurance_ Who gets half of what workers lose: InsurancePool.
    """
    assert staking != empty(address), "verdict: zero staking"
    assert task_escrow != empty(address), "verdict: zero escrow"
    assert work_token != empty(address), "verdict: zero token"
    assert parameters != empty(address), "verdict: zero parameters"
    assert arbitrator_ != empty(address), "verdict: zero arbitrator"
    assert treasury_ != empty(address), "verdict: zero treasury"
    assert insurance_ != empty(address), "verdict: zero insurance"
    STAKING = IStaking(staking)
    TASK_ESCROW = ITaskEscrow(task_escrow)
    WORK_TOKEN = work_token
    PARAMETERS = IParameters(parameters)
    arbitrator = arbitrator_
    treasury = treasury_
    insurance = insurance_
    eip712_domain_separator.__init__("Tessera", "1")


@external
def register_operator(amount: uint256):
    """
    @notice Makes the caller an operator, or adds to its stake, by locking TES it has deposited.
    @param amount Wei of TES.
    """
    min_stake: uint256 = staticcall PARAMETERS.value_of(parameter_ids.MIN_OPERATOR_STAKE_TES)
    old_stake: uint256 = operator_set._add(msg.sender, amount, min_stake * TES)
    log IVerdictOracle.OperatorRegistered(
        operator=msg.sender, old_stake=old_stake, new_stake=old_stake + amount
    )
    extcall STAKING.lock(WORK_TOKEN, msg.sender, amount, False)


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
    stake: uint256 = operator_set._remove(msg.sender, RELEASE_SECONDS)
    log IVerdictOracle.OperatorReleased(operator=msg.sender, stake=stake)
    extcall STAKING.unlock(WORK_TOKEN, msg.sender, stake, False)


@external
@reentrant  # makes static calls only
def post_verdict(
    verdict: IVerdictOracle.Verdict, document: bytes32, signatures: DynArray[Bytes[65], 32]
):
    """
    @notice Posts a verdict that operators with enough of the stake have signed. Any active operator.
    @dev The digest of the document is not signed: a stranger could post the right verdict with a wrong one.
    @param verdict The verdict.
    @param document Digest of the verdict document, checked against the roots by whoever reads it.
    @param signatures One for each operator, ascending by the operator's address.
    """
    rules: uint256 = staticcall PARAMETERS.verdict_rules(verdict.task_id, verdict.method_hash)
    verdict_deadline: uint256 = self._check_contents(verdict, rules)
    digest: bytes32 = verdict_messages._hash(verdict)
    # written out here: an internal function would copy every signature
    signed: uint256 = 0
    last: uint256 = 0
    for signature: Bytes[65] in signatures:
        signer: address = verdict_messages._signer(digest, signature)
        assert convert(signer, uint256) > last, "verdict: signers not ascending"
        last = convert(signer, uint256)
        signed += operator_set._active_stake(signer)
    quorum_bps: uint256 = verdict_words._number(rules, parameter_ids.OPERATOR_QUORUM_BPS)
    operator_set._check_quorum(signed, quorum_bps)
    assert operator_set._is_active(msg.sender), "verdict: not an operator"
    verdict_records._post(verdict.task_id, digest, verdict_deadline, rules)
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
    seats: uint256 = staticcall PARAMETERS.rules_for_task(1, task_id)
    bond: uint256 = verdict_records._open(task_id, msg.sender, seats)
    log IVerdictOracle.DisputeOpened(
        task_id=task_id, challenger=msg.sender, bond=bond, evidence=evidence
    )
    extcall STAKING.lock(WORK_TOKEN, msg.sender, bond, True)


@external
def rule_dispute(task_id: uint256, digest: bytes32, is_upheld: bool):
    """
    @notice Decides the open dispute. Only the arbitrator, in time.
    @param task_id The task.
    @param digest The verdict that was judged: a late ruling must not meet the next one.
    @param is_upheld True strikes the verdict down, false costs the challenger its bond.
    """
    assert msg.sender == arbitrator, "verdict: not the arbitrator"
    challenger: address = empty(address)
    bond: uint256 = 0
    challenger, bond = verdict_records._rule(task_id, digest, is_upheld)
    log IVerdictOracle.DisputeResolved(
        task_id=task_id, challenger=challenger, is_upheld=is_upheld
    )
    self._end_bond(task_id, challenger, bond, not is_upheld)


@external
@reentrant  # neither TaskEscrow nor Staking calls anybody here
def finalise(verdict: IVerdictOracle.Verdict):
    """
    @notice Ends the task by its posted verdict once nobody can change it any more. Anyone may send it.
    @param verdict The verdict as posted.
    """
    digest: bytes32 = verdict_messages._hash(verdict)
    fee_bps: uint256 = 0
    lapsed: uint256 = 0
    fee_bps, lapsed = verdict_records._check_final(verdict.task_id, digest)
    log IVerdictOracle.VerdictFinalised(task_id=verdict.task_id, digest=digest)
    extcall TASK_ESCROW.settle(
        verdict.task_id, verdict.payouts_root, verdict.total_payout, fee_bps
    )
    if lapsed != 0:
        dispute: IVerdictOracle.Dispute = verdict_words._unpacked(lapsed)
        log IVerdictOracle.DisputeLapsed(task_id=verdict.task_id, challenger=dispute.challenger)
        self._end_bond(verdict.task_id, dispute.challenger, dispute.bond, False)


@external
def expire_task(task_id: uint256):
    """
    @notice Ends a task that got no verdict in time: workers get the flat price. Anyone may send it.
    @param task_id The task.
    """
    reveal_deadline: uint256 = 0
    verdict_deadline: uint256 = 0
    payable_wei: uint256 = 0
    reveal_deadline, verdict_deadline, payable_wei = staticcall TASK_ESCROW.settlement_terms(
        task_id, 0
    )
    grace_seconds: uint256 = staticcall PARAMETERS.value_for_task(
        parameter_ids.GRACE_SECONDS, task_id
    )
    verdict_records._check_missing(task_id, verdict_deadline, grace_seconds)
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
    challenger: address = empty(address)
    slash_bps: uint256 = 0
    challenger, slash_bps = verdict_records._mark_slashed(digest, operator)
    amount: uint256 = operator_set._reduce(operator, slash_bps)
    log IVerdictOracle.OperatorSlashed(operator=operator, task_id=verdict.task_id, amount=amount)
    extcall STAKING.unlock(WORK_TOKEN, operator, amount, False)
    extcall STAKING.slash(WORK_TOKEN, operator, amount, challenger)


@external
def slash_worker(
    verdict: IVerdictOracle.Verdict,
    index: uint256,
    worker: address,
    amount: uint256,
    proof: DynArray[bytes32, 20],
) -> uint256:
    """
    @notice Carries out one slash of a final verdict: takes stake of the worker in the task's token. Anyone may.
    @param verdict The verdict as posted.
    @param index Index of the slash.
    @param worker Who is slashed, as in the leaf.
    @param amount Wei, as in the leaf.
    @param proof Siblings from the leaf to the slashes root.
    @return What was taken: less than `amount` when there was no more, or a dispute holds it for now.
    """
    task_id: uint256 = verdict.task_id
    verdict_records._check_live(task_id, verdict_messages._hash(verdict))
    task: ITaskEscrow.Task = staticcall TASK_ESCROW.task_of(task_id)
    assert task.payouts_root != empty(bytes32), "verdict: not final"
    worker_slashes._check(verdict.slashes_root, task_id, index, worker, amount, proof)
    worker_slashes._mark(task_id, index)
    unlocked: uint256 = amount
    if task.token == WORK_TOKEN:  # nothing else is ever locked
        unlocked = deferred_slashes._unlock(STAKING, WORK_TOKEN, task_id, worker, amount)
    taken: uint256 = extcall STAKING.slash(task.token, worker, unlocked, insurance)
    log IVerdictOracle.WorkerSlashed(
        task_id=task_id, worker=worker, index=index, amount=amount, taken=taken
    )
    return taken


@external
def delay_worker(
    verdict: IVerdictOracle.Verdict,
    index: uint256,
    worker: address,
    amount: uint256,
    proof: DynArray[bytes32, 20],
):
    """
    @notice Restarts the clock of what a worker whom the live verdict slashes has unbonding. Anyone may, often.
    @dev Before: the verdict is live and not final, the leaf under its slashes root, something unbonding.
         After: that arrives no sooner than the unbonding time from now; nothing is marked, locked or moved.
         Refuses verdicts that are struck down or final, so that a delay outlasts none by more than that time.
    @param verdict The verdict as posted.
    @param index Index of the slash.
    @param worker Who would be slashed, as in the leaf.
    @param amount Wei, as in the leaf; more than this may be unbonding, and all of it waits.
    @param proof Siblings from the leaf to the slashes root.
    """
    task_id: uint256 = verdict.task_id
    verdict_records._check_live(task_id, verdict_messages._hash(verdict))
    task: ITaskEscrow.Task = staticcall TASK_ESCROW.task_of(task_id)
    assert task.payouts_root == empty(bytes32), "verdict: already final"
    worker_slashes._check(verdict.slashes_root, task_id, index, worker, amount, proof)
    extcall STAKING.delay_withdrawal(task.token, worker)


@external
@view
@reentrant
def challenge_bond(task_id: uint256) -> uint256:
    """
    @notice What disputing a verdict of a task takes.
    @param task_id The task.
    @return Wei of TES.
    """
    rules: uint256 = staticcall PARAMETERS.rules_for_task(0, task_id)
    seats: uint256 = staticcall PARAMETERS.rules_for_task(1, task_id)
    bond_prices: uint256 = verdict_words._number(rules, parameter_ids.CHALLENGE_BOND_PRICES)
    return verdict_words._bond_of(verdict_words._bond_terms(bond_prices, seats))


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
    return task_phases._of(task, verdict_records._stage(task_id))


@internal
@view
def _check_contents(verdict: IVerdictOracle.Verdict, rules: uint256) -> uint256:
    """
    @dev Refuses a verdict that TaskEscrow could not carry out; returns when a verdict is due.
    """
    reveal_deadline: uint256 = 0
    verdict_deadline: uint256 = 0
    payable_wei: uint256 = 0
    reveal_deadline, verdict_deadline, payable_wei = staticcall TASK_ESCROW.settlement_terms(
        verdict.task_id, verdict_words._number(rules, parameter_ids.PROTOCOL_FEE_BPS)
    )
    assert block.timestamp >= reveal_deadline, "verdict: answers still revealed"
    assert verdict.total_payout <= payable_wei, "verdict: exceeds the budget"
    assert verdict.labels_root != empty(bytes32), "verdict: zero root"
    # TaskEscrow refuses a root whose first 160 bits are zero: such a verdict could never become final
    assert convert(verdict.payouts_root, uint256) >> 96 != 0, "verdict: zero root"
    assert verdict.slashes_root != empty(bytes32), "verdict: zero root"
    return verdict_deadline


@internal
def _end_bond(task_id: uint256, challenger: address, bond: uint256, is_lost: bool):
    """
    @dev Frees or takes the bond of a dispute that is over, and what slashes wait for. Unguarded.
    """
    due: uint256 = deferred_slashes._due(STAKING, WORK_TOKEN, challenger, bond, is_lost)
    extcall STAKING.unlock(WORK_TOKEN, challenger, bond, True)
    if is_lost:
        extcall STAKING.slash(WORK_TOKEN, challenger, bond, treasury)
    if due != 0:
        taken: uint256 = extcall STAKING.slash(WORK_TOKEN, challenger, due, insurance)
        log IVerdictOracle.DeferredSlashTaken(task_id=task_id, worker=challenger, amount=taken)
