"""`tessera earn`: TES and votes for accepted work."""

from typing import Annotated, Any

import typer

from dao_client.amounts import format_amount
from dao_client.cli.desk import Desk, with_desk, with_store_and_wallet, with_wallet
from dao_client.cli.options import TaskArgument
from dao_client.cli.task_publishing import checked_address, default_token
from dao_client.contracts.governance_events import TaskRegistered
from dao_client.contracts.rewards import EPOCH_SECONDS
from dao_client.documents import PayoutRow
from dao_client.earnings import (
    Earning,
    claim_earnings,
    find_earnings,
    find_held_pay,
    register_call,
)
from dao_client.governance.units import TES_DECIMALS
from dao_client.types import TaskId

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Earn TES and votes by accepted work."
)

Worker = Annotated[str | None, typer.Option(help="For whom; the wallet itself if left out.")]


@app.command()
@with_wallet
def register(desk: Desk, task_id: TaskArgument) -> None:
    """Ask this week's budget for the TES of a final task; anybody may, once."""
    mined = desk.send(register_call(desk.system, TaskId(task_id)))
    rewards = desk.system.rewards
    (event,) = rewards.contract.events_in(TaskRegistered, mined.logs)
    desk.show(
        {
            "task_id": task_id,
            "week": event.epoch,
            "asks_for": desk.tes(event.demand),
            "claimable_at": rewards.epoch_starts_at(event.epoch + 1),
            "transaction": "0x" + mined.transaction_hash.hex(),
        }
    )


@app.command("show")
@with_store_and_wallet
def show_earnings(desk: Desk, task_id: TaskArgument, worker: Worker = None) -> None:
    """Show what a worker earns in a registered task; pay that is held as stake earns nothing."""
    account = checked_address(worker, "worker") if worker else desk.sender.address
    found = find_earnings(desk.system, desk.store, TaskId(task_id), account)
    held = find_held_pay(desk.system, desk.store, TaskId(task_id), account)
    desk.show([*(_record(desk, each) for each in found), *(_held(task_id, each) for each in held)])


@app.command()
@with_store_and_wallet
def claim(desk: Desk, task_id: TaskArgument, worker: Worker = None) -> None:
    """Claim the TES and the votes of a worker's payouts, with the payouts' own proofs.

    From the week after the registration on. What was claimed before is left out.
    """
    account = checked_address(worker, "worker") if worker else desk.sender.address
    found = find_earnings(desk.system, desk.store, TaskId(task_id), account)
    events = claim_earnings(desk.system, desk.sender, found)
    desk.show(
        {
            "task_id": task_id,
            "worker": account,
            "claims": len(events),
            "earned": desk.tes(sum(event.amount for event in events)),
            "points": desk.votes(sum(event.points for event in events)),
            "worker_points": desk.votes(desk.system.worker_house.votes(account)),
            "transactions": ["0x" + event.place.transaction_hash.hex() for event in events],
        }
    )


@app.command()
@with_desk
def week(desk: Desk) -> None:
    """Show this week's budget, what its work asks for, and how much TES is left for ever."""
    system, rewards = desk.system, desk.system.rewards
    epoch = rewards.epoch()
    coin = desk.book.coin(default_token(system))
    rate = rewards.emission_rate(coin.address) * 10**coin.decimals
    desk.show(
        {
            "week": epoch,
            "ends_at": rewards.epoch_starts_at(epoch) + EPOCH_SECONDS,
            "budget": desk.tes(rewards.budget(epoch)),
            "asked_for": desk.tes(rewards.demand(epoch)),
            "rate": f"{format_amount(rate, 2 * TES_DECIMALS)} TES/{coin.symbol}",
            "created_so_far": desk.tes(rewards.emission_minted()),
            "cap": desk.tes(rewards.emission_cap()),
        }
    )


def _record(desk: Desk, earning: Earning) -> dict[str, Any]:
    return {
        "task_id": earning.leaf.task_id,
        "index": earning.leaf.index,
        "worker": earning.leaf.worker,
        "earns": desk.tes(earning.amount),
        "points": desk.votes(earning.points),
        "claimable_at": earning.claimable_at,
        "is_claimed": earning.is_claimed,
    }


def _held(task_id: int, row: PayoutRow) -> dict[str, Any]:
    return {
        "task_id": task_id,
        "index": row.index,
        "worker": row.worker,
        "held_as_stake_wei": str(row.amount),
    }
