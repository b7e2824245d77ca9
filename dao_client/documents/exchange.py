"""What a worker and a gateway say to each other over HTTP; never stored."""

from dataclasses import dataclass
from typing import Any

from dao_client.canonical import from_canonical
from dao_client.documents.schema import Kind, check, refuse
from dao_client.documents.submissions import read_receipt, write_submission
from dao_client.documents.values import from_hex, to_hex
from dao_client.types import Receipt, Submission


@dataclass(frozen=True, slots=True)
class SubmissionRequest:
    """A signed submission and the block of its sealed document, not yet read."""

    submission: Submission
    signature: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A signed receipt."""

    receipt: Receipt
    receipt_signature: bytes


def build_request(request: SubmissionRequest) -> dict[str, Any]:
    """Write the body that a worker sends."""
    return {
        "submission": write_submission(request.submission),
        "signature": to_hex(request.signature),
        "sealed": from_canonical(request.sealed),
    }


def parse_acceptance(body: Any) -> Acceptance:  # noqa: ANN401  # decoded JSON
    """Read the gateway's answer."""
    check(Kind.ACCEPTANCE, body)
    receipt = read_receipt(body["receipt"])
    if body["submission_hash"] != to_hex(receipt.submission_hash):
        refuse(
            Kind.ACCEPTANCE,
            "$.submission_hash",
            body["submission_hash"],
            f"the receipt is for {to_hex(receipt.submission_hash)}",
        )
    return Acceptance(receipt, from_hex(body["receipt_signature"]))
