"""Turn a task file into a task."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eth_utils.address import is_address, to_checksum_address

from dao_client.amounts import format_amount, parse_amount
from dao_client.audit_rates import audits_to_fund
from dao_client.cli.funds import check_balance
from dao_client.cli.task_file import TaskFile, read_task_file
from dao_client.cli.task_gold import gold_file, keep_gold
from dao_client.contracts.parameters import ParameterId
from dao_client.deployment import System
from dao_client.encoding import method_hash
from dao_client.errors import MalformedDocument, TransactionRefused
from dao_client.methods import check_size
from dao_client.requester import Offer, TaskDraft, budget_for, check_clocks, publish_task
from dao_client.seats import MOST_SEATS_ASKED, most_seat_size
from dao_client.transactions import Sender
from dao_client.types import Address, TaskId, Timestamp, Wei
from ipfs_store import Store, cid_from_digest


@dataclass(frozen=True, slots=True)
class Plan:
    """A task as its file asks for it, in the units of its token and with the DAO's numbers."""

    file: TaskFile
    draft: TaskDraft
    token: Address
    decimals: int
    price: Wei
    budget: Wei
    fee_bps: int
    audit_rate_bps: int
    reveal_seconds: int


def plan_task(system: System, path: Path) -> Plan:
    """Read a task file; nothing is stored or sent. Refuse a seat that gets no verdict."""
    file = read_task_file(path)
    token = checked_address(file.token or default_token(system), "token")
    decimals = system.token(token).decimals()
    price = parse_amount(file.price, decimals)
    names = (
        ParameterId.PROTOCOL_FEE_BPS,
        ParameterId.AUDIT_RATE_BPS,
        ParameterId.SEAT_SIZE_PRICES,
        ParameterId.REVEAL_SECONDS,
    )
    voted = system.parameters.values_of(names)
    fee_bps, audit_rate_bps, seat_prices, reveal_seconds = voted.values()
    draft = _draft(file, _seat_size(file, price, seat_prices, decimals))
    budget = (
        budget_for(draft, price, fee_bps, audit_rate_bps)
        if file.budget is None
        else parse_amount(file.budget, decimals)
    )
    return Plan(
        file=file,
        draft=draft,
        token=token,
        decimals=decimals,
        price=price,
        budget=budget,
        fee_bps=fee_bps,
        audit_rate_bps=audit_rate_bps,
        reveal_seconds=reveal_seconds if file.reveal_seconds is None else file.reveal_seconds,
    )


def prepare(system: System, account: Address, plan: Plan, gateway: str | None, now: float) -> Offer:
    """Fix the offer of a task; refuse what the contracts would, before anything is stored."""
    _check_method(system, plan.draft)
    check_size(plan.draft.method, len(plan.draft.items), len(plan.draft.labels))
    offer = _offer(system, plan, gateway, now)
    check_clocks(system.parameters, offer.verdict_seconds)
    check_balance(system.token(plan.token), account, offer.budget)
    return offer


def check_funds(system: System, account: Address, plans: Sequence[Plan]) -> None:
    """Refuse tasks that a wallet can pay one by one but not together."""
    for token in {plan.token for plan in plans}:
        needed = sum(plan.budget for plan in plans if plan.token == token)
        check_balance(system.token(token), account, Wei(needed))


def publish(
    system: System,
    sender: Sender,
    store: Store,
    plan: Plan,
    offer: Offer,
    gold_folder: Path | None = None,
) -> dict[str, Any]:
    """Publish a task, and tell what came of it; its gold is kept in a folder."""
    draft = replace(plan.draft, gold=keep_gold(gold_folder, plan.file.gold))
    published = publish_task(system, sender, store, draft, offer)
    return {
        "task_id": published.task_id,
        "document": cid_from_digest(published.spec),
        "items": len(draft.items),
        "budget": f"{format_amount(offer.budget, plan.decimals)}",
        "most_answers": draft.answer_count,
        "audits_of_a_new_pool": audits_to_fund(len(draft.items), plan.audit_rate_bps),
        "token": plan.token,
        "gold_file": str(gold_file(gold_folder, draft.gold.document)) if draft.gold else None,
        "submit_deadline": offer.submit_deadline,
        "transaction": "0x" + published.mined["create"].transaction_hash.hex(),
    }


def default_token(system: System) -> Address:
    """Return the deployment's payment token, TES where there is none."""
    return system.deployment.payment_token or system.work_token.address


def checked_address(text: str, what: str) -> Address:
    """Read an address that a person typed."""
    if not is_address(text):
        raise MalformedDocument(f"{what} {text!r} is no address: 0x and 40 hex digits are needed")
    return Address(to_checksum_address(text))


def _check_method(system: System, draft: TaskDraft) -> None:
    """Refuse a method that the DAO took off the list: such a task would never get a verdict."""
    next_task = TaskId(system.task_escrow.task_count() + 1)
    if not system.parameters.is_method_allowed(method_hash(draft.method), next_task):
        raise TransactionRefused(
            f"the method {draft.method.name}, version {draft.method.version}, is not on the DAO's "
            "list of methods: choose another, or propose to allow it",
            "method not allowed",
        )


def _seat_size(file: TaskFile, price: Wei, seat_prices: int, decimals: int) -> Wei:
    """Return the seat of a task, the DAO's if its file names none; refuse one too large to fill."""
    usual = Wei(price * seat_prices)
    if file.seat_size is None:
        return usual
    seat_size, most = parse_amount(file.seat_size, decimals), most_seat_size(price, seat_prices)
    if seat_size > most:
        raise MalformedDocument(
            f"seat_size is {format_amount(seat_size, decimals)}, the most is "
            f"{format_amount(most, decimals)} ({MOST_SEATS_ASKED} x {seat_prices} prices): such a "
            "task would get no verdict and pay the flat price; make seat_size smaller, or leave it "
            f"out for {format_amount(usual, decimals)}"
        )
    return seat_size


def _draft(file: TaskFile, seat_size: Wei) -> TaskDraft:
    return TaskDraft(
        title=file.title,
        instructions=file.instructions,
        labels=file.labels,
        items=file.items,
        overlap=file.overlap,
        seat_size=seat_size,
        method=file.method,
        overlap_most=file.overlap_most,
        has_entry=file.has_entry,
        error_limit=file.error_limit,
    )


def _offer(system: System, plan: Plan, gateway: str | None, now: float) -> Offer:
    """Fix the clocks; a development chain that stands still lags behind the wall clock."""
    file, collector = plan.file, plan.file.gateway or gateway
    if collector is None:
        raise MalformedDocument(
            'no gateway: write its address into the task file (gateway: "0x…") or give it with '
            "--gateway-address"
        )
    return Offer(
        token=plan.token,
        gateway=checked_address(collector, "gateway"),
        price=plan.price,
        budget=plan.budget,
        submit_deadline=Timestamp(max(system.chain.clock(), int(now)) + file.submit_seconds),
        reveal_seconds=plan.reveal_seconds,
        verdict_seconds=file.verdict_seconds,
    )
