"""Events of the contracts that hold stakes, and what becomes of them; see `events`."""

from dataclasses import dataclass

from dao_client.contracts.events import Event
from dao_client.types import Address, Digest, TaskId, Timestamp, Wei


@dataclass(frozen=True, slots=True)
class InsuranceCollected(Event):
    """The pool's half of slashed stakes came in."""

    token: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class InsurancePaid(Event):
    """A proposal paid on account of a task; `reason` is the digest of a document."""

    task_id: TaskId
    token: Address
    to: Address
    amount: Wei
    reason: Digest


@dataclass(frozen=True, slots=True)
class StakeDeposited(Event):
    """Stake came in."""

    token: Address
    account: Address
    amount: Wei
    new_stake: Wei


@dataclass(frozen=True, slots=True)
class EntryHeld(Event):
    """What is held of a stake is now this much, until the stake fills the seat."""

    token: Address
    account: Address
    held: Wei
    seat_size: Wei


@dataclass(frozen=True, slots=True)
class EntryCredited(Event):
    """A payout became the stake of its worker."""

    task_id: TaskId
    worker: Address
    token: Address
    index: int
    amount: Wei
    seat_size: Wei


@dataclass(frozen=True, slots=True)
class StakeUnstaked(Event):
    """Stake is on its way out, still slashable."""

    token: Address
    account: Address
    amount: Wei
    new_stake: Wei
    ends_at: Timestamp


@dataclass(frozen=True, slots=True)
class StakeWithdrawn(Event):
    """Stake went out."""

    token: Address
    account: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class WithdrawalDelayed(Event):
    """What is on its way out waits for a verdict that may slash it."""

    token: Address
    account: Address
    ends_at: Timestamp


@dataclass(frozen=True, slots=True)
class StakeLocked(Event):
    """Stake was locked."""

    token: Address
    account: Address
    amount: Wei
    new_lock: Wei


@dataclass(frozen=True, slots=True)
class StakeUnlocked(Event):
    """Stake was unlocked."""

    token: Address
    account: Address
    amount: Wei
    new_lock: Wei


@dataclass(frozen=True, slots=True)
class StakeSlashed(Event):
    """Stake was taken."""

    token: Address
    account: Address
    beneficiary: Address
    amount: Wei
    new_stake: Wei


@dataclass(frozen=True, slots=True)
class CreditCollected(Event):
    """A share of slashed stake was paid out."""

    token: Address
    account: Address
    amount: Wei
