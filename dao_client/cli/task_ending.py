"""`tessera task cancel|top-up|finalise|expire|refund`: wallets alone bring any task to its end."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import parse_amount
from dao_client.chain import Mined
from dao_client.cli.connection import open_sender, open_system
from dao_client.cli.funds import check_balance
from dao_client.cli.options import (
    LOCAL_RPC,
    Account,
    AsJson,
    DeploymentFile,
    Keystore,
    Rpc,
    TaskArgument,
)
from dao_client.cli.output import progress, show
from dao_client.cli.task_view import check_phase, describe, standing_verdict, with_tokens
from dao_client.contracts import Call, posted_verdict
from dao_client.deployment import System
from dao_client.requester import approve
from dao_client.transactions import Sender
from dao_client.types import Phase, TaskId


def register(app: typer.Typer) -> None:
    """Add the commands to `tessera task`."""
    app.command()(cancel)
    app.command("top-up")(top_up)
    app.command()(finalise)
    app.command()(expire)
    app.command()(refund)


def cancel(
    task_id: TaskArgument,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Take a task back, as its requester, before any answer was anchored."""
    system, sender = _open(rpc, deployment, keystore, account)
    _send(system, sender, TaskId(task_id), system.task_escrow.cancel_task(TaskId(task_id)), as_json)


def top_up(
    task_id: TaskArgument,
    amount: Annotated[str, typer.Argument(help="Tokens, e.g. 2.5.")],
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Add to the budget of a task while it takes answers; anyone may."""
    system, sender = _open(rpc, deployment, keystore, account)
    token = system.task_escrow.task(TaskId(task_id)).token
    wei = parse_amount(amount, system.token(token).decimals())
    check_balance(system.token(token), sender.address, wei)
    approve(system, sender, token, wei)
    _send(system, sender, TaskId(task_id), system.task_escrow.top_up(TaskId(task_id), wei), as_json)


def finalise(
    task_id: TaskArgument,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Make a posted verdict final after its challenge window; anyone may."""
    system, sender = _open(rpc, deployment, keystore, account)
    check_phase(system, TaskId(task_id), Phase.CHALLENGE, "its verdict can be made final")
    verdict = posted_verdict(standing_verdict(system, TaskId(task_id)))
    _send(system, sender, TaskId(task_id), system.verdict_oracle.finalise(verdict), as_json)


def expire(
    task_id: TaskArgument,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """End a task that got no verdict in time: anchored answers get the flat price; anyone may."""
    system, sender = _open(rpc, deployment, keystore, account)
    call = system.verdict_oracle.expire_task(TaskId(task_id))
    _send(system, sender, TaskId(task_id), call, as_json)


def refund(
    task_id: TaskArgument,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Send the requester what is left of an ended task; anyone may."""
    system, sender = _open(rpc, deployment, keystore, account)
    _send(system, sender, TaskId(task_id), system.task_escrow.refund(TaskId(task_id)), as_json)


def _open(
    rpc: str, deployment: Path | None, keystore: Path | None, account: str | None
) -> tuple[System, Sender]:
    system = open_system(rpc, deployment)
    return system, open_sender(system.chain, keystore, account)


def _send(system: System, sender: Sender, task_id: TaskId, call: Call, as_json: bool) -> None:
    with progress(f"Sending {call.name}"):
        mined = sender.send(call)
    record, token = _outcome(system, task_id, mined), system.task_escrow.task(task_id).token
    show(record if as_json else with_tokens(record, system.token(token)), as_json=as_json)


def _outcome(system: System, task_id: TaskId, mined: Mined) -> dict[str, Any]:
    task = system.task_escrow.task(task_id)
    described = describe(task, system.verdict_oracle.phase(task_id))
    names = ("task_id", "phase", "claimable", "refundable", "flat_price")
    return {
        **{name: described[name] for name in names},
        "transaction": "0x" + mined.transaction_hash.hex(),
        "gas_used": mined.gas_used,
    }
