"""`tessera task cancel|top-up|finalise|expire|refund`: wallets alone bring any task to its end."""

from typing import Annotated, Any

import typer

from dao_client.amounts import parse_amount
from dao_client.chain import Mined
from dao_client.cli.desk import Desk, with_wallet
from dao_client.cli.funds import check_balance
from dao_client.cli.options import TaskArgument
from dao_client.cli.task_view import check_phase, describe, standing_verdict, with_tokens
from dao_client.contracts import Call, posted_verdict
from dao_client.deployment import System
from dao_client.requester import approve
from dao_client.types import Phase, TaskId


def register(app: typer.Typer) -> None:
    """Add the commands to `tessera task`."""
    app.command()(cancel)
    app.command("top-up")(top_up)
    app.command()(finalise)
    app.command()(expire)
    app.command()(refund)


@with_wallet
def cancel(desk: Desk, task_id: TaskArgument) -> None:
    """Take a task back, as its requester, before any answer was anchored."""
    _send(desk, TaskId(task_id), desk.system.task_escrow.cancel_task(TaskId(task_id)))


@with_wallet
def top_up(
    desk: Desk,
    task_id: TaskArgument,
    amount: Annotated[str, typer.Argument(help="Tokens, e.g. 2.5.")],
) -> None:
    """Add to the budget of a task while it takes answers; anyone may."""
    system, sender = desk.system, desk.sender
    token = system.task_escrow.task(TaskId(task_id)).token
    wei = parse_amount(amount, system.token(token).decimals())
    check_balance(system.token(token), sender.address, wei)
    approve(system, sender, token, wei)
    _send(desk, TaskId(task_id), system.task_escrow.top_up(TaskId(task_id), wei))


@with_wallet
def finalise(desk: Desk, task_id: TaskArgument) -> None:
    """Make a posted verdict final after its challenge window; anyone may."""
    check_phase(desk.system, TaskId(task_id), Phase.CHALLENGE, "its verdict can be made final")
    verdict = posted_verdict(standing_verdict(desk.system, TaskId(task_id)))
    _send(desk, TaskId(task_id), desk.system.verdict_oracle.finalise(verdict))


@with_wallet
def expire(desk: Desk, task_id: TaskArgument) -> None:
    """End a task that got no verdict in time: anchored answers get the flat price; anyone may."""
    _send(desk, TaskId(task_id), desk.system.verdict_oracle.expire_task(TaskId(task_id)))


@with_wallet
def refund(desk: Desk, task_id: TaskArgument) -> None:
    """Send the requester what is left of an ended task; anyone may."""
    _send(desk, TaskId(task_id), desk.system.task_escrow.refund(TaskId(task_id)))


def _send(desk: Desk, task_id: TaskId, call: Call) -> None:
    record = _outcome(desk.system, task_id, desk.send(call))
    token = desk.system.task_escrow.task(task_id).token
    desk.show(record if desk.as_json else with_tokens(record, desk.system.token(token)))


def _outcome(system: System, task_id: TaskId, mined: Mined) -> dict[str, Any]:
    task = system.task_escrow.task(task_id)
    described = describe(task, system.verdict_oracle.phase(task_id))
    names = ("task_id", "phase", "claimable", "refundable", "flat_price")
    return {
        **{name: described[name] for name in names},
        "transaction": "0x" + mined.transaction_hash.hex(),
        "gas_used": mined.gas_used,
    }
