"""What payouts look like on the wire."""

from typing import Literal

from pydantic import Field

from dao_api.schemas import AddressText, Hex32, Model, Page, WeiText
from dao_api.tasks.schemas import PhaseName


class FlatOut(Model):
    """What `TaskEscrow.claim_flat` needs beside the payout."""

    position: int = Field(description="which of the task's anchors, from 0")
    answers: int
    submission_hash: Hex32


class PayoutOut(Model):
    """One payout with the proof that `TaskEscrow.claim` or `claim_flat` takes.

    With an `entry_seat` it is held as the worker's stake: `EntryStake.credit` takes the proof.
    """

    index: int
    worker: AddressText
    payee: AddressText = Field(description="in the leaf: the worker, or the purse of held pay")
    amount: WeiText
    entry_seat: WeiText | None = Field(
        description="held as stake until the stake has this size; none for pay to the worker"
    )
    is_claimed: bool = Field(description="of held pay: whether it became stake")
    proof: list[Hex32]
    flat: FlatOut | None


class AnchorOut(Model):
    """An anchor, as `TaskEscrow.claim_flat` takes all of them."""

    root: Hex32
    answers: int


class PayoutsOut(Model):
    """Payouts of a task; they can be claimed when the phase is final or expired."""

    task_id: int
    phase: PhaseName
    kind: Literal["verdict", "flat"]
    anchors: list[AnchorOut] = Field(description="every anchor in order; empty for a verdict")
    payouts: Page[PayoutOut]
