"""Values that contracts, documents and programs pass to each other.

Units: `Wei` is the smallest unit of a token, timestamps are Unix seconds, `Digest` is the 32 bytes
of a sha2-256 (documents) or keccak-256 (trees, messages), as each field says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NewType, TypeAlias

TaskId = NewType("TaskId", int)
ItemIndex = NewType("ItemIndex", int)
Wei = NewType("Wei", int)
Bps = NewType("Bps", int)
Timestamp = NewType("Timestamp", int)
BlockNumber = NewType("BlockNumber", int)
Digest = NewType("Digest", bytes)
Address = NewType("Address", str)
"""An EIP-55 checksummed address."""

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

EVERYTHING_BPS = Bps(10_000)


class Phase(IntEnum):
    """The phase of a task as `VerdictOracle.phase_of` derives it from clocks and facts."""

    OPEN = 1
    REVEAL = 2
    SETTLING = 3
    CHALLENGE = 4
    DISPUTED = 5
    FINAL = 6
    CANCELLED = 7
    EXPIRED = 8


@dataclass(frozen=True, slots=True)
class TaskTerms:
    """What a requester fixes when a task is created (`ITaskEscrow.TaskTerms`)."""

    token: Address
    gateway: Address
    price: Wei
    budget: Wei
    spec: Digest
    submit_deadline: Timestamp
    reveal_seconds: int
    verdict_seconds: int


@dataclass(frozen=True, slots=True)
class Task:
    """What the escrow holds of a task (`ITaskEscrow.Task`) under its id."""

    task_id: TaskId
    requester: Address
    token: Address
    gateway: Address
    price: Wei
    claimable: Wei
    refundable: Wei
    submit_deadline: Timestamp
    reveal_deadline: Timestamp
    verdict_deadline: Timestamp
    anchored_answers: int
    anchors: int
    anchor_head: bytes
    has_forced: bool
    payouts_root: Digest
    flat_price: Wei
    is_cancelled: bool
    is_expired: bool


@dataclass(frozen=True, slots=True)
class Submission:
    """All answers of one assignment, as the worker signs it (EIP-712 `Submission`)."""

    task_id: TaskId
    assignment_id: int
    worker: Address
    commitments_root: Digest
    sealed_digest: Digest
    deadline: Timestamp


@dataclass(frozen=True, slots=True)
class Receipt:
    """The gateway's promise to anchor a submission (EIP-712 `Receipt`)."""

    submission_hash: Digest
    received_at: Timestamp
    anchor_by: Timestamp


@dataclass(frozen=True, slots=True)
class Method:
    """An aggregation method as a task names it; parameters hold no float."""

    name: str
    version: str
    parameters: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Answer:
    """One worker's response to one item, with the salt of its commitment."""

    item: ItemIndex
    value: Json
    salt: bytes


@dataclass(frozen=True, slots=True)
class Anchor:
    """One anchored batch: the root of its submissions and how many answers they hold."""

    root: Digest
    answers: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What operators decide and sign for a task (EIP-712 `Verdict`)."""

    task_id: TaskId
    input_digest: Digest
    labels_root: Digest
    payouts_root: Digest
    slashes_root: Digest
    total_payout: Wei
    method_hash: Digest


@dataclass(frozen=True, slots=True)
class Record:
    """The verdict that stands for a task: zero digest when there is none."""

    digest: Digest
    posted_at: Timestamp
    reopened_at: Timestamp


@dataclass(frozen=True, slots=True)
class Dispute:
    """A bonded challenge of a posted verdict."""

    challenger: Address
    bond: Wei
    opened_at: Timestamp


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator's locked TES; `retired_at` is zero while it counts for the quorum."""

    stake: Wei
    retired_at: Timestamp


@dataclass(frozen=True, slots=True)
class LabelLeaf:
    """A leaf of the labels tree."""

    task_id: TaskId
    item: ItemIndex
    answer_digest: Digest
    confidence: Bps


@dataclass(frozen=True, slots=True)
class PayoutLeaf:
    """A leaf of the payouts tree; slashes have the same shape."""

    task_id: TaskId
    index: int
    worker: Address
    amount: Wei


@dataclass(frozen=True, slots=True)
class SubmissionLeaf:
    """A leaf of an anchored batch."""

    task_id: TaskId
    index: int
    worker: Address
    answers: int
    submission_hash: Digest
