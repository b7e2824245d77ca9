"""Events of the contracts as values; fields are named and ordered as in the interfaces."""

from dataclasses import dataclass

from dao_client.types import Address, BlockNumber, Digest, TaskId, Timestamp, Wei


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the chain an event stands."""

    block_number: BlockNumber
    block_hash: Digest
    log_index: int
    transaction_hash: Digest


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, and where in the chain."""

    place: Place


@dataclass(frozen=True, slots=True)
class TaskCreated(Event):
    """A task exists and its budget has arrived."""

    task_id: TaskId
    requester: Address
    token: Address
    gateway: Address
    price: Wei
    budget: Wei
    spec: Digest
    submit_deadline: Timestamp
    reveal_deadline: Timestamp
    verdict_deadline: Timestamp


@dataclass(frozen=True, slots=True)
class TaskToppedUp(Event):
    """More budget has arrived."""

    task_id: TaskId
    payer: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class TaskCancelled(Event):
    """The requester took the task back."""

    task_id: TaskId
    refunded: Wei


@dataclass(frozen=True, slots=True)
class SubmissionsAnchored(Event):
    """The gateway anchored a batch; `evidence` is the digest of the batch document."""

    task_id: TaskId
    root: Digest
    answers: int
    evidence: Digest


@dataclass(frozen=True, slots=True)
class SubmissionForced(Event):
    """A worker went around the gateway; `payload` is the digest of the answers document."""

    task_id: TaskId
    worker: Address
    assignment_id: int
    commitments_root: Digest
    payload: Digest


@dataclass(frozen=True, slots=True)
class TaskSettled(Event):
    """A final verdict fixed who is paid."""

    task_id: TaskId
    payouts_root: Digest
    total_payout: Wei
    fee: Wei
    refundable: Wei


@dataclass(frozen=True, slots=True)
class TaskExpired(Event):
    """No verdict came: anchored answers get the flat price."""

    task_id: TaskId
    flat_price: Wei
    claimable: Wei
    refundable: Wei


@dataclass(frozen=True, slots=True)
class RewardPaid(Event):
    """A worker was paid."""

    task_id: TaskId
    worker: Address
    index: int
    amount: Wei


@dataclass(frozen=True, slots=True)
class RefundPaid(Event):
    """The requester got back what was left."""

    task_id: TaskId
    requester: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class FeesPaid(Event):
    """Fees went to their recipient."""

    token: Address
    recipient: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class OperatorRegistered(Event):
    """An operator locked stake, for the first time or more."""

    operator: Address
    old_stake: Wei
    new_stake: Wei


@dataclass(frozen=True, slots=True)
class OperatorRetired(Event):
    """An operator stopped counting."""

    operator: Address
    stake: Wei


@dataclass(frozen=True, slots=True)
class OperatorReleased(Event):
    """A retired operator's stake is free."""

    operator: Address
    stake: Wei


@dataclass(frozen=True, slots=True)
class OperatorSlashed(Event):
    """An operator who signed a struck-down verdict lost stake."""

    operator: Address
    task_id: TaskId
    amount: Wei


@dataclass(frozen=True, slots=True)
class VerdictPosted(Event):
    """A verdict with enough signatures stands; `document` is the digest of its document."""

    task_id: TaskId
    input_digest: Digest
    labels_root: Digest
    payouts_root: Digest
    slashes_root: Digest
    total_payout: Wei
    method_hash: Digest
    document: Digest


@dataclass(frozen=True, slots=True)
class DisputeOpened(Event):
    """A bonded challenge froze a verdict."""

    task_id: TaskId
    challenger: Address
    bond: Wei
    evidence: Digest


@dataclass(frozen=True, slots=True)
class DisputeResolved(Event):
    """The arbitrator ruled."""

    task_id: TaskId
    challenger: Address
    is_upheld: bool


@dataclass(frozen=True, slots=True)
class DisputeLapsed(Event):
    """No ruling came: the verdict stands and the bond is free."""

    task_id: TaskId
    challenger: Address


@dataclass(frozen=True, slots=True)
class VerdictFinalised(Event):
    """A verdict is final."""

    task_id: TaskId
    digest: Digest


@dataclass(frozen=True, slots=True)
class WorkerSlashed(Event):
    """A slash of a final verdict was carried out; `taken` is what was still there."""

    task_id: TaskId
    worker: Address
    index: int
    amount: Wei
    taken: Wei


@dataclass(frozen=True, slots=True)
class SlashDeferred(Event):
    """A slash of a task found stake that disputes hold; it is taken when they are over."""

    task_id: TaskId
    worker: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class DeferredSlashTaken(Event):
    """What a slash had waited for was taken as the dispute of a task ended."""

    task_id: TaskId
    worker: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class SealingKeySet(Event):
    """An operator published the key to which answers are sealed; the first replaces zeros."""

    operator: Address
    old_key: Digest
    new_key: Digest
