"""What a submission, a receipt and their progress look like on the wire."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from dao_api.schemas import AddressText, Count, Hex32, Model, Signature, Uint256In


class SubmissionMessage(Model):
    """The EIP-712 `Submission` that a worker signs."""

    taskId: Count
    assignmentId: Uint256In
    worker: AddressText
    commitmentsRoot: Hex32
    sealedDigest: Hex32
    deadline: Count


class SubmissionIn(Model):
    """A signed submission with its sealed document (schema `tessera/sealed/1`)."""

    submission: SubmissionMessage
    signature: Signature
    sealed: dict[str, Any]


class ReceiptMessage(Model):
    """The EIP-712 `Receipt` that the gateway signs."""

    submissionHash: Hex32
    receivedAt: int
    anchorBy: int


class ReceiptOut(Model):
    """The gateway's signed promise to anchor a submission."""

    submission_hash: Hex32
    receipt: ReceiptMessage
    receipt_signature: Signature


class OpeningOut(Model):
    """Answers that are in the store now."""

    document: str = Field(description="CID of the answers document")


class SubmissionState(StrEnum):
    """How far a submission got."""

    RECEIVED = "received"
    BATCHED = "batched"
    ANCHORED = "anchored"


class Inclusion(Model):
    """Proof that a submission is a leaf of an anchored batch."""

    position: int = Field(description="which of the task's anchors, from 0")
    index: int = Field(description="which leaf of the batch, from 0")
    answers: int
    root: Hex32
    proof: list[Hex32]


class SubmissionOut(Model):
    """A submission's state; the batch's members appear when it is in one."""

    submission_hash: Hex32
    assignment_id: str
    worker: AddressText
    answers: int
    document: str = Field(description="CID of the sealed document")
    state: SubmissionState
    received_at: int
    anchor_by: int
    batch_root: Hex32 | None
    batch_document: str | None = Field(description="CID of the batch document")
    transaction_hash: Hex32 | None
    block_number: int | None


class SubmissionDetail(SubmissionOut):
    """A submission's state with its receipt and, once anchored, the proof of inclusion."""

    receipt: ReceiptOut
    inclusion: Inclusion | None
