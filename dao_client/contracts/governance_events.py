"""Events of governance as values; OpenZeppelin's are named and spelt as OpenZeppelin does."""

from dataclasses import dataclass

from dao_client.contracts.events import Event
from dao_client.types import Address, TaskId, Timestamp, Wei


@dataclass(frozen=True, slots=True)
class ProposalCreated(Event):
    """Somebody proposed calls of the Timelock."""

    proposalId: int
    proposer: Address
    targets: tuple[Address, ...]
    values: tuple[Wei, ...]
    signatures: tuple[str, ...]
    calldatas: tuple[bytes, ...]
    voteStart: Timestamp
    voteEnd: Timestamp
    description: str


@dataclass(frozen=True, slots=True)
class ProposalQueued(Event):
    """A proposal won; its delay runs."""

    proposalId: int
    etaSeconds: Timestamp


@dataclass(frozen=True, slots=True)
class ProposalExecuted(Event):
    """A proposal happened."""

    proposalId: int


@dataclass(frozen=True, slots=True)
class ProposalCanceled(Event):
    """A proposal was taken back."""

    proposalId: int


@dataclass(frozen=True, slots=True)
class ProposalExtended(Event):
    """A late quorum moved the end of voting."""

    proposalId: int
    extendedDeadline: Timestamp


@dataclass(frozen=True, slots=True)
class ProposalThresholdSet(Event):
    """Proposing takes another share of all votes, in basis points."""

    oldProposalThreshold: int
    newProposalThreshold: int


@dataclass(frozen=True, slots=True)
class VoteCast(Event):
    """Somebody voted with the power of stake."""

    voter: Address
    proposalId: int
    support: int
    weight: int
    reason: str


@dataclass(frozen=True, slots=True)
class WorkerVoteCast(Event):
    """Somebody's vote counts in the worker house too."""

    voter: Address
    proposal_id: int
    support: int
    weight: int


@dataclass(frozen=True, slots=True)
class DelegateChanged(Event):
    """An account's power goes to somebody else."""

    delegator: Address
    fromDelegate: Address
    toDelegate: Address


@dataclass(frozen=True, slots=True)
class DelegateVotesChanged(Event):
    """An account's power changed."""

    delegate: Address
    previousVotes: int
    newVotes: int


@dataclass(frozen=True, slots=True)
class VotesLocked(Event):
    """An account's stake votes more and stays longer."""

    account: Address
    old_lock_seconds: int
    new_lock_seconds: int


@dataclass(frozen=True, slots=True)
class VotesUnlocked(Event):
    """An account gave its lock up."""

    account: Address
    old_lock_seconds: int
    unlocks_at: Timestamp


@dataclass(frozen=True, slots=True)
class PointsCredited(Event):
    """Accepted work gave a worker power in the worker house."""

    worker: Address
    points: int
    new_power: int


@dataclass(frozen=True, slots=True)
class GrantPaid(Event):
    """A grant's holder got what has vested."""

    grant_id: int
    holder: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class FeesShared(Event):
    """Fees were divided among all stakers."""

    token: Address
    amount: Wei
    total_stake: Wei


@dataclass(frozen=True, slots=True)
class FeesClaimed(Event):
    """A staker got its share of fees."""

    token: Address
    account: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class TaskRegistered(Event):
    """A settled task asks for emission."""

    task_id: TaskId
    epoch: int
    rate: int
    demand: Wei


@dataclass(frozen=True, slots=True)
class EmissionClaimed(Event):
    """A worker got TES and power for accepted work."""

    task_id: TaskId
    worker: Address
    index: int
    amount: Wei
    points: int


@dataclass(frozen=True, slots=True)
class EmissionRateSet(Event):
    """Pay in a token asks for another amount of TES."""

    token: Address
    old_rate: int
    new_rate: int


@dataclass(frozen=True, slots=True)
class TokensSpent(Event):
    """A proposal spent tokens of the treasury."""

    token: Address
    to: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class GrantOpened(Event):
    """A grant streams from now on."""

    grant_id: int
    holder: Address
    token: Address
    amount: Wei
    starts_at: Timestamp
    cliff_seconds: int
    duration_seconds: int


@dataclass(frozen=True, slots=True)
class GrantCancelled(Event):
    """A grant ended; what had not vested stays with the treasury."""

    grant_id: int
    holder: Address
    returned: Wei
