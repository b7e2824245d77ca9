"""`tessera claim`: take the pay for ended tasks, from chain and store alone."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from dao_client.amounts import format_amount
from dao_client.claims import ENDED, Harvest, claim as claim_pay
from dao_client.cli.desk import Desk, with_store_and_wallet
from dao_client.cli.output import progress, say
from dao_client.cli.task_publishing import checked_address
from dao_client.contracts.events import RewardPaid
from dao_client.contracts.stake_events import EntryCredited
from dao_client.deployment import System
from dao_client.types import Address, TaskId


@with_store_and_wallet
def claim(
    desk: Desk,
    task_ids: Annotated[
        list[int] | None, typer.Argument(metavar="[TASK...]", help="Every ended task if none.")
    ] = None,
    worker: Annotated[
        str | None, typer.Option(help="For whom; the wallet itself if left out.")
    ] = None,
) -> None:
    """Claim the pay for final tasks, and the flat pay for expired ones.

    Everything is read from the chain and the store and compared with the roots in the contracts.
    Claiming again is harmless: what was paid is left out. Pay always goes to the worker, and the
    first pay of newcomers into their stake.
    """
    system, sender = desk.system, desk.sender
    payee = checked_address(worker, "worker") if worker else sender.address
    wanted = [TaskId(each) for each in task_ids] if task_ids else _ended(system)
    with progress(f"Claiming from {len(wanted)} tasks"):
        harvest = claim_pay(system, sender, desk.store, wanted, payee)
    desk.show(_outcome(system, payee, harvest))
    for each in harvest.unread:
        say(f"not read, nothing claimed: {each}")
    if harvest.unread:
        raise typer.Exit(1)


def _ended(system: System) -> list[TaskId]:
    ids = [TaskId(number) for number in range(1, system.task_escrow.task_count() + 1)]
    phases = system.verdict_oracle.phases(ids)
    return [task_id for task_id, phase in zip(ids, phases, strict=True) if phase in ENDED]


def _outcome(system: System, payee: str, harvest: Harvest) -> dict[str, Any]:
    """Tell what arrived, by the events of the claims themselves."""
    paid = [
        event
        for claimed in harvest.claimed
        for event in system.task_escrow.contract.events_in(RewardPaid, claimed.mined.logs)
    ]
    held = [
        event
        for claimed in harvest.held
        for event in system.entry_stake.contract.events_in(EntryCredited, claimed.mined.logs)
    ]
    paid_wei, held_wei = _sums(system, paid), _sums(system, held)
    return {
        "worker": payee,
        "claims": len(paid) + len(held),
        "tasks": sorted({event.task_id for event in paid} | {event.task_id for event in held}),
        "paid_wei": {token: str(amount) for token, amount in paid_wei.items()},
        "paid": _shown(system, paid_wei),
        "held_as_stake_wei": {token: str(amount) for token, amount in held_wei.items()},
        "held_as_stake": _shown(system, held_wei),
        "transactions": [
            "0x" + each.mined.transaction_hash.hex() for each in (*harvest.claimed, *harvest.held)
        ],
    }


def _sums(system: System, events: Sequence[RewardPaid | EntryCredited]) -> dict[Address, int]:
    """Add up by token."""
    amounts: dict[Address, int] = {}
    for event in events:
        token = system.task_escrow.task(event.task_id).token
        amounts[token] = amounts.get(token, 0) + event.amount
    return amounts


def _shown(system: System, amounts: Mapping[Address, int]) -> list[str]:
    """Write amounts for people."""
    return [
        f"{format_amount(amount, system.token(token).decimals())} {system.token(token).symbol()}"
        for token, amount in amounts.items()
    ]
