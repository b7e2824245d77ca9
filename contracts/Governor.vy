# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title Governor
@license GNU Affero General Public License v3.0 only
@notice Where TES holders and workers decide: the ABI of OpenZeppelin's Governor 5.7, whose names are kept,
        in two houses.
@dev Holds no money and no power but to schedule, execute and cancel in the Timelock. What a proposal may
     do decides what it needs (`proposal_calls`): whoever owns the stakers' house alone cannot lower what
     protects workers, and nobody can do anything else than on the list without both houses, two thirds
     and seven days. Closed while it executes, except to readers and to the calls of the proposal.
@custom:kill Cannot be stopped. The guardian may cancel proposals until its term ends, nothing else.
"""

from snekmate.utils import eip712_domain_separator

from .interfaces import IGovernor
from .interfaces import ITimelock
from .modules.governor import ballots
from .modules.governor import governance_calls
from .modules.governor import governor_faces
from .modules.governor import governor_settings
from .modules.governor import proposal_calls
from .modules.governor import proposal_descriptions
from .modules.governor import proposal_guardian
from .modules.governor import proposal_records
from .modules.governor import proposal_states
from .modules.governor import quorum_fraction
from .modules import timelock_limits
from .modules.governor import vote_casting
from .modules.governor import vote_counting
from .modules.governor import voting_power

implements: IGovernor

initializes: eip712_domain_separator
initializes: ballots[eip712_domain_separator := eip712_domain_separator]
initializes: governance_calls
initializes: governor_settings[governance_calls := governance_calls]
initializes: quorum_fraction[governance_calls := governance_calls]
initializes: proposal_guardian[governance_calls := governance_calls]
initializes: proposal_calls
initializes: proposal_records
initializes: voting_power[
    governor_settings := governor_settings, quorum_fraction := quorum_fraction
]
initializes: vote_counting[voting_power := voting_power]
initializes: proposal_states[
    governance_calls := governance_calls,
    proposal_records := proposal_records,
    vote_counting := vote_counting,
]
initializes: vote_casting[
    ballots := ballots,
    governor_settings := governor_settings,
    proposal_records := proposal_records,
    proposal_states := proposal_states,
    vote_counting := vote_counting,
    voting_power := voting_power,
]

exports: (
    ballots.BALLOT_TYPEHASH,
    ballots.EXTENDED_BALLOT_TYPEHASH,
    ballots.nonces,
    eip712_domain_separator.eip712Domain,
    governance_calls.relay,
    governance_calls.timelock,
    governance_calls.updateTimelock,
    governor_faces.__interface__,
    governor_settings.__interface__,
    proposal_guardian.__interface__,
    proposal_records.__interface__,
    proposal_states.__interface__,
    quorum_fraction.__interface__,
    vote_casting.__interface__,
    vote_counting.__interface__,
    voting_power.__interface__,
)

SLOW_SECONDS: constant(uint256) = 7 * 86_400
# states, one bit each: pending, active, defeated, succeeded and queued
CANCELABLE: constant(uint256) = (1 << 0) | (1 << 1) | (1 << 3) | (1 << 4) | (1 << 5)


@deploy
def __init__(
    contracts: IGovernor.Contracts,
    guardian: address,
    guardian_seconds: uint256,
    settings: IGovernor.Settings,
):
    """
    @notice Fixes whom this contract works with and the first settings.
    @param contracts Everybody whom it asks or whose functions it knows; only the Timelock can change.
    @param guardian Who may cancel proposals at first; the zero address for nobody.
    @param guardian_seconds How long the term of a guardian lasts, at most two years.
    @param settings How proposals are voted on at first.
    """
    eip712_domain_separator.__init__("Tessera", "1")
    governance_calls.__init__(contracts.timelock)
    governor_settings.__init__(settings)
    quorum_fraction.__init__(settings.quorum_percent)
    proposal_guardian.__init__(guardian, guardian_seconds)
    proposal_calls.__init__(contracts.parameters, contracts.treasury, contracts.verdict_oracle)
    voting_power.__init__(contracts.votes, contracts.work_token, contracts.worker_house)


@external
@payable
@reentrant
def __default__():
    """
    @notice Refuses to hold anything.
    """
    if len(msg.data) == 0:
        raw_revert(method_id("GovernorDisabledDeposit()"))
    raw_revert(b"")


@external
@reentrant  # asks contracts of ours by static calls only
def propose(
    targets: DynArray[address, timelock_limits.MAX_CALLS],
    values: DynArray[uint256, timelock_limits.MAX_CALLS],
    calldatas: DynArray[Bytes[timelock_limits.MAX_CALLDATA], timelock_limits.MAX_CALLS],
    description: String[proposal_descriptions.MAX_DESCRIPTION],
) -> uint256:
    """
    @notice Puts calls to the vote. Whoever had at least `proposalThreshold` votes a second ago.
    @dev The class of the proposal is decided here, once, by its calls. Refuses power that was borrowed
         or staked just now, and a description that ends with `#proposer=0x...` of somebody else.
    @param targets Whom the Timelock shall call.
    @param values Wei of the chain's currency to send along.
    @param calldatas With what.
    @param description What it is for.
    @return The id of the proposal.
    """
    tail: Bytes[proposal_descriptions.TAIL_BYTES] = b""
    if len(description) >= proposal_descriptions.TAIL_BYTES:
        start: uint256 = len(description) - proposal_descriptions.TAIL_BYTES
        tail = convert(
            slice(description, start, proposal_descriptions.TAIL_BYTES),
            Bytes[proposal_descriptions.TAIL_BYTES],
        )
    settings: uint256 = governor_settings._settings
    self._check_proposer(tail, settings)
    proposal_id: uint256 = convert(
        keccak256(abi_encode(targets, values, calldatas, keccak256(description))), uint256
    )
    self._check_new(proposal_id, len(targets), len(calldatas), len(values))
    needs: uint256 = 0
    signatures: DynArray[String[1], timelock_limits.MAX_CALLS] = []
    for i: uint256 in range(len(targets), bound=timelock_limits.MAX_CALLS):
        if values[i] != 0 or len(calldatas[i]) < proposal_calls.KNOWN_BYTES:
            needs |= proposal_calls.CRITICAL
        else:
            needs |= proposal_calls._needs_of(
                targets[i],
                extract32(calldatas[i], 0, output_type=uint256),
                extract32(calldatas[i], 4, output_type=uint256),
            )
        signatures.append("")
    snapshot: uint256 = 0
    deadline: uint256 = 0
    snapshot, deadline = self._create(proposal_id, needs, settings)
    log IGovernor.ProposalCreated(
        proposalId=proposal_id,
        proposer=msg.sender,
        targets=targets,
        values=values,
        signatures=signatures,
        calldatas=calldatas,
        voteStart=snapshot,
        voteEnd=deadline,
        description=description,
    )
    return proposal_id


@external
def queue(
    targets: DynArray[address, timelock_limits.MAX_CALLS],
    values: DynArray[uint256, timelock_limits.MAX_CALLS],
    calldatas: DynArray[Bytes[timelock_limits.MAX_CALLDATA], timelock_limits.MAX_CALLS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice Starts the delay of a proposal that succeeded. Anybody.
    @dev Two days or what the Timelock demands; seven days for code and treasury.
    @param targets Whom the Timelock shall call.
    @param values Wei of the chain's currency to send along.
    @param calldatas With what.
    @param descriptionHash Keccak-256 of the description.
    @return The id of the proposal.
    """
    proposal_id: uint256 = convert(
        keccak256(abi_encode(targets, values, calldatas, descriptionHash)), uint256
    )
    core: uint256 = proposal_records._cores[proposal_id]
    proposal_states._check(proposal_id, core, 1 << proposal_states.SUCCEEDED)
    timelock: ITimelock = ITimelock(governance_calls.timelock)
    delay: uint256 = staticcall timelock.getMinDelay()
    if proposal_records._needs(core) & proposal_records.IS_SLOW != 0:
        delay = max(delay, SLOW_SECONDS)
    eta: uint256 = block.timestamp + delay
    salt: bytes32 = self._salt(descriptionHash)
    operation: bytes32 = keccak256(
        abi_encode(targets, values, calldatas, empty(bytes32), salt)
    )
    proposal_records._queue(proposal_id, core, operation, eta)
    extcall timelock.scheduleBatch(targets, values, calldatas, empty(bytes32), salt, delay)
    log IGovernor.ProposalQueued(proposalId=proposal_id, etaSeconds=eta)
    return proposal_id


@external
@payable
def execute(
    targets: DynArray[address, timelock_limits.MAX_CALLS],
    values: DynArray[uint256, timelock_limits.MAX_CALLS],
    calldatas: DynArray[Bytes[timelock_limits.MAX_CALLDATA], timelock_limits.MAX_CALLS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice Makes the calls of a proposal whose delay is over, all or none. Anybody, for fourteen days.
    @dev Marked as executed before the calls. Refuses a second time, and to be entered again.
    @param targets Whom the Timelock shall call.
    @param values Wei of the chain's currency to send along; what the caller sends goes to the Timelock.
    @param calldatas With what.
    @param descriptionHash Keccak-256 of the description.
    @return The id of the proposal.
    """
    proposal_id: uint256 = convert(
        keccak256(abi_encode(targets, values, calldatas, descriptionHash)), uint256
    )
    core: uint256 = proposal_records._cores[proposal_id]
    proposal_states._check(proposal_id, core, 1 << proposal_states.QUEUED)
    proposal_records._end(proposal_id, core, proposal_records.EXECUTED)
    has_own_calls: bool = False
    for i: uint256 in range(len(targets), bound=timelock_limits.MAX_CALLS):
        if targets[i] == self:
            governance_calls._expect(keccak256(calldatas[i]))
            has_own_calls = True
    extcall ITimelock(governance_calls.timelock).executeBatch(
        targets,
        values,
        calldatas,
        empty(bytes32),
        self._salt(descriptionHash),
        value=msg.value,
    )
    if has_own_calls:
        governance_calls._forget()
    log IGovernor.ProposalExecuted(proposalId=proposal_id)
    return proposal_id


@external
def cancel(
    targets: DynArray[address, timelock_limits.MAX_CALLS],
    values: DynArray[uint256, timelock_limits.MAX_CALLS],
    calldatas: DynArray[Bytes[timelock_limits.MAX_CALLDATA], timelock_limits.MAX_CALLS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice Ends a proposal. The guardian in its term; the proposer before the vote starts, or at any time
            if the voters chose to have no guardian.
    @param targets Whom the Timelock was to call.
    @param values Wei of the chain's currency it was to send along.
    @param calldatas With what.
    @param descriptionHash Keccak-256 of the description.
    @return The id of the proposal.
    """
    proposal_id: uint256 = convert(
        keccak256(abi_encode(targets, values, calldatas, descriptionHash)), uint256
    )
    self._cancel(proposal_id, proposal_records._cores[proposal_id])
    return proposal_id


@internal
@view
def _salt(description_hash: bytes32) -> bytes32:
    """
    @dev Keeps the operations of two Governors on one Timelock apart, as OpenZeppelin does.
    """
    return convert(convert(self, uint256) << 96, bytes32) ^ description_hash


@internal
@view
def _check_proposer(tail: Bytes[proposal_descriptions.TAIL_BYTES], settings: uint256):
    """
    @dev Throws if the description is reserved for somebody else, or the caller had too few votes.
    """
    if not proposal_descriptions._is_open_to(msg.sender, tail):
        raw_revert(
            abi_encode(msg.sender, method_id=method_id("GovernorRestrictedProposer(address)"))
        )
    votes: uint256 = 0
    threshold: uint256 = 0
    votes, threshold = voting_power._standing_of(msg.sender, settings)
    if votes < threshold:
        raw_revert(
            abi_encode(
                msg.sender,
                votes,
                threshold,
                method_id=method_id(
                    "GovernorInsufficientProposerVotes(address,uint256,uint256)"
                ),
            )
        )


@internal
@view
def _check_new(proposal_id: uint256, targets: uint256, calldatas: uint256, values: uint256):
    """
    @dev Throws if the arrays have different lengths or none, or there is such a proposal.
    """
    if targets != values or targets != calldatas or targets == 0:
        raw_revert(
            abi_encode(
                targets,
                calldatas,
                values,
                method_id=method_id("GovernorInvalidProposalLength(uint256,uint256,uint256)"),
            )
        )
    core: uint256 = proposal_records._cores[proposal_id]
    if core != 0:
        present: uint256 = proposal_states._state_of(proposal_id, core)
        proposal_states._refuse(proposal_id, present, 0)


@internal
def _create(proposal_id: uint256, needs: uint256, settings: uint256) -> (uint256, uint256):
    """
    @dev Records a new proposal of the caller and returns its snapshot and its deadline. Unguarded.
    """
    duration: uint256 = (
        (settings >> governor_settings.PERIOD_AT) & governor_settings.MASK_24
    )
    snapshot: uint256 = block.timestamp + (settings & governor_settings.MASK_24)
    proposal_records._create(proposal_id, msg.sender, snapshot, duration, needs)
    return snapshot, snapshot + duration


@internal
def _cancel(proposal_id: uint256, core: uint256):
    """
    @dev Cancels a proposal in whatever state allows it, and what waits for it in the Timelock. Throws
         unless the caller may.
    """
    proposer: address = proposal_records._proposer(core)
    may_cancel: bool = proposal_guardian._may_cancel_late(msg.sender, proposer)
    if not may_cancel:
        present: uint256 = proposal_states._state_of(proposal_id, core)
        may_cancel = present == proposal_states.PENDING and msg.sender == proposer
    if not may_cancel:
        raw_revert(
            abi_encode(
                proposal_id,
                msg.sender,
                method_id=method_id("GovernorUnableToCancel(uint256,address)"),
            )
        )
    proposal_states._check(proposal_id, core, CANCELABLE)
    operation: bytes32 = proposal_records._operations[proposal_id]
    proposal_records._end(proposal_id, core, proposal_records.CANCELED)
    log IGovernor.ProposalCanceled(proposalId=proposal_id)
    if operation != empty(bytes32):
        extcall ITimelock(governance_calls.timelock).cancel(operation)
