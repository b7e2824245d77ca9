"""Publish a task: payloads to the store, money to the escrow.

budget  (items x most answers + audits of a pool's first batch by five jurors) x price, and the fee;
        what verdicts do not pay out returns to the requester
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from dao_client.audit_rates import audits_to_fund
from dao_client.canonical import digest_of
from dao_client.chain import Mined
from dao_client.contracts.events import TaskCreated
from dao_client.contracts.parameters import ParameterId, Parameters
from dao_client.deployment import System
from dao_client.documents import (
    ChoiceAnswer,
    GoldPromise,
    Image,
    Item,
    TaskDocument,
    Text,
    build_items,
)
from dao_client.documents.task import build_task
from dao_client.errors import TransactionRefused
from dao_client.methods import DEFAULT_METHOD, check_size
from dao_client.payloads import write_pages
from dao_client.transactions import Sender
from dao_client.types import (
    EVERYTHING_BPS,
    Address,
    Bps,
    Digest,
    Method,
    TaskId,
    TaskTerms,
    Timestamp,
    Wei,
)
from ipfs_store import Store, add_file


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One question, its payload not yet stored: a text, or the bytes of an image."""

    id: str
    text: str | None = None
    image: bytes | None = None


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What a requester wants to have answered; see `TaskDocument` for what can be left out."""

    title: str
    instructions: str
    labels: tuple[str, ...]
    items: tuple[DraftItem, ...]
    overlap: int
    seat_size: Wei
    method: Method = DEFAULT_METHOD
    overlap_most: int = 0
    gold: GoldPromise | None = None
    has_entry: bool = False
    error_limit: Bps | None = None

    @property
    def answer_count(self) -> int:
        """Return how many answers the task asks for at most."""
        return len(self.items) * max(self.overlap, self.overlap_most)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a requester pays, who collects the answers, and until when."""

    token: Address
    gateway: Address
    price: Wei
    budget: Wei
    submit_deadline: Timestamp
    reveal_seconds: int
    verdict_seconds: int


@dataclass(frozen=True, slots=True)
class PublishedTask:
    """A task that exists, and the transactions that it took by name."""

    task_id: TaskId
    spec: Digest
    mined: dict[str, Mined]


def budget_for(draft: TaskDraft, price: Wei, fee_bps: int, audit_rate_bps: int) -> Wei:
    """Return the money that pays every answer, the audits of a new pool, and the fee on both.

    `audit_rate_bps` is the DAO's parameter; a pool that something is known about needs half.
    """
    audits = audits_to_fund(len(draft.items), audit_rate_bps)
    total = (draft.answer_count + audits) * price
    return Wei(total + total * fee_bps // EVERYTHING_BPS)


def check_clocks(rules: Parameters, verdict_seconds: int) -> None:
    """Refuse a task whose workers could take their stakes away before a verdict slashes them."""
    names = (ParameterId.CHALLENGE_SECONDS, ParameterId.UNBONDING_SECONDS)
    challenge, unbonding = rules.values_of(names).values()
    if verdict_seconds + challenge > unbonding:
        raise TransactionRefused(
            f"verdict is {verdict_seconds} s and a challenge takes {challenge} s more, but stakes "
            f"leave after {unbonding} s: workers could be gone before they are slashed; make "
            f"verdict at most {unbonding - challenge} s",
            "verdict too late to slash",
        )


def store_payloads(store: Store, draft: TaskDraft) -> Digest:
    """Store items, pages and the task document; return the digest that the escrow keeps.

    Refuses, before anything is stored, a task too large for its method.
    """
    check_size(draft.method, len(draft.items), len(draft.labels))
    items = [Item(item.id, _content(store, item)) for item in draft.items]
    document = TaskDocument(
        title=draft.title,
        instructions=draft.instructions,
        answer=ChoiceAnswer(draft.labels),
        overlap=draft.overlap,
        item_count=len(items),
        pages=write_pages(store, build_items(items)),
        method=draft.method,
        seat_size=draft.seat_size,
        overlap_most=draft.overlap_most,
        gold=draft.gold,
        has_entry=draft.has_entry,
        error_limit=draft.error_limit,
    )
    block = build_task(document)
    store.put_block(block)
    return digest_of(block)


def publish_task(
    system: System, sender: Sender, store: Store, draft: TaskDraft, offer: Offer
) -> PublishedTask:
    """Store the payloads, approve the budget if need be, and create the task."""
    check_clocks(system.parameters, offer.verdict_seconds)
    spec = store_payloads(store, draft)
    mined = approve(system, sender, offer.token, offer.budget)
    terms = TaskTerms(
        token=offer.token,
        gateway=offer.gateway,
        price=offer.price,
        budget=offer.budget,
        spec=spec,
        submit_deadline=offer.submit_deadline,
        reveal_seconds=offer.reveal_seconds,
        verdict_seconds=offer.verdict_seconds,
    )
    created = sender.send(system.task_escrow.create_task(terms))
    events = system.task_escrow.contract.events_in(TaskCreated, created.logs)
    return PublishedTask(_only(events).task_id, spec, {**mined, "create": created})


def approve(system: System, sender: Sender, token: Address, amount: Wei) -> dict[str, Mined]:
    """Let the escrow take `amount`, unless it may already; refuse what the wallet does not hold."""
    contract, escrow = system.token(token), system.task_escrow.address
    held = contract.balance_of(sender.address)
    if held < amount:
        raise TransactionRefused(
            f"insufficient funds: wallet {sender.address} holds {held} wei of the token {token}, "
            f"{amount} are needed: fund it, or lower the price or the overlap",
            "insufficient funds",
        )
    if contract.allowance(sender.address, escrow) >= amount:
        return {}
    return {"approve": sender.send(contract.approve(escrow, amount))}


def _content(store: Store, item: DraftItem) -> Text | Image:
    if item.image is None:
        return Text(item.text or "")
    return Image(add_file(store, io.BytesIO(item.image)))


def _only(events: Sequence[TaskCreated]) -> TaskCreated:
    if len(events) != 1:
        raise TransactionRefused(f"create_task logged {len(events)} TaskCreated events, not one")
    return events[0]
