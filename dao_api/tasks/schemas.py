"""What tasks and items look like on the wire."""

from typing import Literal

from pydantic import Field

from dao_api.schemas import AddressText, Hex32, Model, WeiText

PhaseName = Literal[
    "open", "reveal", "settling", "challenge", "disputed", "final", "cancelled", "expired"
]


class TaskSummary(Model):
    """What was fixed when the task was created, and its phase by the chain's clock."""

    task_id: int
    phase: PhaseName
    requester: AddressText
    token: AddressText
    gateway: AddressText
    price: WeiText
    budget: WeiText = Field(description="wei moved in at creation, without later top-ups")
    spec: Hex32
    document: str = Field(description="CID of the task document")
    submit_deadline: int
    reveal_deadline: int
    verdict_deadline: int


class ChoiceOut(Model):
    """An answer is one of these labels."""

    type: Literal["choice"] = "choice"
    labels: list[str]


class MethodOut(Model):
    """The aggregation method that decides the task."""

    name: str
    version: str
    parameters: dict[str, object]


class TaskDetail(TaskSummary):
    """A task with its document and what the escrow holds of it now."""

    title: str
    instructions: str
    answer: ChoiceOut
    overlap: int
    item_count: int
    seat_size: WeiText
    method: MethodOut
    claimable: WeiText
    refundable: WeiText
    flat_price: WeiText
    anchored_answers: int
    anchors: int
    has_forced: bool


class ItemOut(Model):
    """One item; its content is a text or the CID of an image."""

    item: int
    id: str
    text: str | None = None
    image: str | None = None


class ItemCount(Model):
    """How many answers this gateway has for an item; those on chain are among them."""

    item: int
    answers: int
    anchored: int


class ItemCounts(Model):
    """Which items still want answers, by public counts: nothing here says what was answered."""

    task_id: int
    item_count: int
    overlap: int
    overlap_most: int
    counts: list[ItemCount] = Field(description="items with at least one answer")
    answered: list[int] = Field(description="items that the named worker has answered")
