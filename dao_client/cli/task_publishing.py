"""Turn a task file into a task."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from eth_utils.address import is_address, to_checksum_address

from dao_client.amounts import format_amount, parse_amount
from dao_client.audit_rates import audits_to_fund
from dao_client.cli.funds import check_balance
from dao_client.cli.task_file import TaskFile, read_task_file
from dao_client.cli.task_gold import gold_file, keep_gold
from dao_client.contracts.parameters import ParameterId, Parameters
from dao_client.deployment import System
from dao_client.encoding import method_hash
from dao_client.errors import MalformedDocument, TransactionRefused
from dao_client.requester import Offer, TaskDraft, budget_for, check_clocks, publish_task
from dao_client.transactions import Sender
from dao_client.types import Address, TaskId, Timestamp, Wei
from ipfs_store import Store, cid_from_digest


def publish(
    system: System,
    sender: Sender,
    store: Store,
    path: Path,
    gateway: str | None,
    now: float,
    gold_folder: Path | None = None,
) -> dict[str, Any]:
    """Read a task file, publish it, and tell what came of it; its gold is kept in a folder."""
    file = read_task_file(path)
    token = checked_address(file.token or default_token(system), "token")
    decimals = system.token(token).decimals()
    draft = _draft(file, decimals)
    _check_method(system, draft)
    offer = _offer(system, file, draft, token, gateway, now)
    check_clocks(system.parameters, offer.verdict_seconds)
    check_balance(system.token(token), sender.address, offer.budget)
    draft = replace(draft, gold=keep_gold(gold_folder, file.gold))
    published = publish_task(system, sender, store, draft, offer)
    return {
        "task_id": published.task_id,
        "document": cid_from_digest(published.spec),
        "items": len(draft.items),
        "budget": f"{format_amount(offer.budget, decimals)}",
        "most_answers": draft.answer_count,
        "audits_of_a_new_pool": audits_to_fund(len(draft.items), _audit_rate(system.parameters)),
        "token": token,
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


def _draft(file: TaskFile, decimals: int) -> TaskDraft:
    return TaskDraft(
        title=file.title,
        instructions=file.instructions,
        labels=file.labels,
        items=file.items,
        overlap=file.overlap,
        seat_size=parse_amount(file.seat_size, decimals),
        method=file.method,
        overlap_most=file.overlap_most,
        has_entry=file.has_entry,
        error_limit=file.error_limit,
    )


def _offer(
    system: System,
    file: TaskFile,
    draft: TaskDraft,
    token: Address,
    gateway: str | None,
    now: float,
) -> Offer:
    """Fix amounts and clocks; a development chain that stands still lags behind the wall clock."""
    decimals = system.token(token).decimals()
    price = parse_amount(file.price, decimals)
    collector = file.gateway or gateway
    if collector is None:
        raise MalformedDocument(
            'no gateway: write its address into the task file (gateway: "0x…") or give it with '
            "--gateway-address"
        )
    return Offer(
        token=token,
        gateway=checked_address(collector, "gateway"),
        price=price,
        budget=_budget(file, draft, price, system.parameters, decimals),
        submit_deadline=Timestamp(max(system.chain.clock(), int(now)) + file.submit_seconds),
        reveal_seconds=file.reveal_seconds,
        verdict_seconds=file.verdict_seconds,
    )


def _budget(file: TaskFile, draft: TaskDraft, price: Wei, rules: Parameters, decimals: int) -> Wei:
    if file.budget is None:
        fee_bps = rules.value_of(ParameterId.PROTOCOL_FEE_BPS)
        return budget_for(draft, price, fee_bps, _audit_rate(rules))
    return parse_amount(file.budget, decimals)


def _audit_rate(rules: Parameters) -> int:
    return rules.value_of(ParameterId.AUDIT_RATE_BPS)
