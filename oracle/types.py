"""Values that the oracle's stages pass to each other.

collect ─▶ Evidence ─▶ verify ─▶ Verified ─▶ judging ─▶ Judged ─▶ label, pay ─▶ Decision ─▶ verdict
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dao_client.documents import History, Outcome, PayoutRow, ReputationRow
from dao_client.messages import Domain
from dao_client.types import (
    Address,
    Anchor,
    Answer,
    BlockNumber,
    Bps,
    ItemIndex,
    Json,
    Method,
    Receipt,
    Submission,
    Task,
    Wei,
)

from .jury import Jury


class Reason(StrEnum):
    """Why an answer, a submission or a whole batch does not count."""

    MISSING_PAYLOAD = "missing payload"
    NOT_REVEALED = "answers were not revealed"
    MALFORMED = "malformed document"
    WRONG_TASK = "of another task"
    WRONG_BATCH_ROOT = "batch does not have the anchored root"
    WRONG_BATCH_COUNT = "batch does not have the anchored number of answers"
    BAD_SIGNATURE = "bad signature"
    WRONG_RECEIPT = "receipt of another submission"
    LATE = "late"
    ANCHORED_LATE = "anchored after the others were opened"
    EXPIRED = "signature expired"
    WRONG_PAYLOAD = "payload of another submission"
    WRONG_ROOT = "answers do not have the signed root"
    WRONG_ITEMS = "answers are for other items than the sealed ones"
    REPEATED = "assignment submitted twice"
    NO_SEAT = "no seat"
    IN_PART = "another submission of the worker is missing"
    NOT_DRAWN = "juror was not drawn for the item"
    UNKNOWN_ITEM = "unknown item"
    SCHEMA = "answer outside the schema"
    ANSWERED_TWICE = "answered twice"
    OVER_OVERLAP = "over the overlap"


WITHHELD = frozenset(
    {
        Reason.NOT_REVEALED,
        Reason.MALFORMED,
        Reason.WRONG_PAYLOAD,
        Reason.WRONG_ROOT,
        Reason.WRONG_ITEMS,
    }
)
"""What only the worker can be blamed for, once its signature and its sealed document are there."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the requester fixed, on chain and in the task document, and what the DAO voted.

    `overlap` is how many answers an item gets at most, `slash_bps` the share of the price that a
    slash costs per answer, `weight_cap` the most seats that count for a label. Newcomers' pay goes
    to `entry_stake` when the task `has_entry`. Above `error_limit` the task is not delivered.
    """

    task: Task
    domain: Domain
    labels: tuple[str, ...]
    item_count: int
    overlap: int
    seat_size: Wei
    method: Method
    payable: Wei
    slash_bps: Bps
    weight_cap: int
    has_entry: bool
    entry_stake: Address
    error_limit: Bps | None

    def has_seat(self, stake: Wei) -> bool:
        """Tell whether a stake lets its owner answer."""
        return self.has_entry or stake >= self.seat_size


@dataclass(frozen=True, slots=True)
class Draw:
    """Which items are audited and by whom: the beacon's `seed` says; `rate` is tried first.

    Answers are anchored before block `answers_by`, audits before `audits_by`: then they are opened.
    """

    seed: bytes
    rate: Bps
    jury: Jury
    answers_by: BlockNumber
    audits_by: BlockNumber


@dataclass(frozen=True, slots=True)
class Payload:
    """An answers document as it was found: whose it says it is, and the answers."""

    task_id: int
    assignment_id: int
    worker: Address
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A submission as it was found; `payload` is the document or why there is none.

    `position` orders all submissions of a task: (0, batch, leaf) when anchored by the gateway,
    (1, block, log) when forced. A forced one needs no signature: the chain knows the sender.
    `sealed_items` are the items that the worker committed to, empty when nobody can tell.
    """

    position: tuple[int, int, int]
    submission: Submission
    payload: Payload | Reason
    sealed_items: tuple[int, ...] = ()
    signature: bytes | None = None
    receipt: Receipt | None = None
    answer_count: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """One anchored batch and the submissions that its document lists, in leaf order.

    `fault` says why the document, or a page of it, could not be read; there are no candidates then.
    """

    position: int
    anchor: Anchor
    block_number: BlockNumber
    candidates: tuple[Candidate, ...]
    fault: Reason | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that decides a task, read at one block; `stakes` in the unit of the seat size.

    `histories` are what earlier tasks say about workers, `gold` the requester's opened gold: item
    to place in the task's labels.
    """

    rules: Rules
    batches: tuple[Batch, ...]
    forced: tuple[Candidate, ...]
    stakes: Mapping[Address, Wei]
    draw: Draw
    histories: Mapping[Address, History]
    gold: Mapping[ItemIndex, int]


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A submission (item -1) or one answer of it that does not count, and why.

    A whole batch that could not be read is refused under its gateway and its position.
    """

    worker: Address
    assignment_id: int
    item: int
    reason: Reason


@dataclass(frozen=True, slots=True, order=True)
class CountedAnswer:
    """An answer that counts; `label` is its place in the task's labels."""

    item: ItemIndex
    worker: Address
    label: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What is left of the evidence, each part sorted.

    `audits` are jurors' answers; `withheld` are, for each worker, the items that it committed to
    and did not reveal as it had signed them.
    """

    answers: tuple[CountedAnswer, ...]
    audits: tuple[CountedAnswer, ...]
    withheld: Mapping[Address, tuple[ItemIndex, ...]]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What the crowd says about one item."""

    item: ItemIndex
    label: int
    answer: Json
    confidence: Bps


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything that a verdict's roots stand for, and what is told beside it."""

    labels: tuple[Label, ...]
    payouts: tuple[PayoutRow, ...]
    slashes: tuple[PayoutRow, ...]
    refusals: tuple[Refusal, ...]
    reputation: tuple[ReputationRow, ...]
    outcome: Outcome
    method: Method
