"""What a verdict looks like on the wire."""

from typing import Any

from pydantic import Field

from dao_api.schemas import Hex32, Model, Page, WeiText
from dao_api.tasks.schemas import MethodOut, PhaseName


class LabelOut(Model):
    """The label of one item, how sure the method is, and the proof under the labels root."""

    item: int
    answer: Any
    confidence_bps: int
    proof: list[Hex32]


class VerdictOut(Model):
    """A verdict whose document gives exactly the roots on chain."""

    task_id: int
    phase: PhaseName = Field(description="challenge, disputed or final: only final is for good")
    input_digest: Hex32
    labels_root: Hex32
    payouts_root: Hex32
    slashes_root: Hex32
    total_payout: WeiText
    method_hash: Hex32
    method: MethodOut
    document: str = Field(description="CID of the verdict document")
    snapshot: str = Field(description="CID of the snapshot document")
    labels: Page[LabelOut]
