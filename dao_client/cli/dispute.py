"""`tessera dispute`: challenge a posted verdict with a bond; rule, as the arbitrator."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import format_amount
from dao_client.canonical import digest_of
from dao_client.cli.connection import open_sender, open_system
from dao_client.cli.funds import check_lock
from dao_client.cli.operator import TES_DECIMALS
from dao_client.cli.options import (
    LOCAL_RPC,
    LOCAL_STORE,
    Account,
    AsJson,
    DeploymentFile,
    Keystore,
    Rpc,
    StoreUrl,
    TaskArgument,
)
from dao_client.cli.output import progress, show
from dao_client.cli.task_view import check_phase
from dao_client.contracts import Call
from dao_client.deployment import System
from dao_client.errors import MalformedDocument
from dao_client.staker import lock_calls
from dao_client.transactions import Sender
from dao_client.types import Phase, TaskId
from ipfs_store import open_store

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Challenge verdicts.")


@app.command("open")
def open_dispute(
    task_id: TaskArgument,
    evidence: Annotated[Path, typer.Argument(help="What is wrong: a file of at most 1 MiB.")],
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    store: StoreUrl = LOCAL_STORE,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Freeze a verdict inside its challenge window.

    The bond is locked from the wallet's TES stake (what is missing is deposited) and lost if the
    arbitrator finds the verdict right.
    """
    system = open_system(rpc, deployment)
    sender, block = open_sender(system.chain, keystore, account), _read(evidence)
    check_phase(system, TaskId(task_id), Phase.CHALLENGE, "a verdict can be disputed")
    bond = system.verdict_oracle.challenge_bond(TaskId(task_id))
    check_lock(system, sender.address, bond)
    cid = open_store(store).put_block(block)
    calls = lock_calls(system, sender.address, bond)
    calls.append(system.verdict_oracle.open_dispute(TaskId(task_id), digest_of(block)))
    _send(system, sender, TaskId(task_id), calls, {"evidence": cid}, as_json)


@app.command()
def rule(
    task_id: TaskArgument,
    is_upheld: Annotated[
        bool, typer.Option("--upheld/--rejected", help="Is the challenger right?")
    ],
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Rule on a dispute, as the arbitrator."""
    system = open_system(rpc, deployment)
    sender = open_sender(system.chain, keystore, account)
    check_phase(system, TaskId(task_id), Phase.DISPUTED, "a dispute can be ruled on")
    call = system.verdict_oracle.rule_dispute(TaskId(task_id), is_upheld)
    _send(system, sender, TaskId(task_id), [call], {"is_upheld": is_upheld}, as_json)


@app.command("show")
def show_dispute(
    task_id: TaskArgument,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    as_json: AsJson = False,
) -> None:
    """Show the open dispute of a task."""
    system = open_system(rpc, deployment)
    show(_dispute(system, TaskId(task_id), as_json), as_json=as_json)


def _read(evidence: Path) -> bytes:
    try:
        return evidence.read_bytes()
    except OSError as error:
        raise MalformedDocument(f"{evidence} cannot be read: {error.strerror}") from error


def _send(
    system: System,
    sender: Sender,
    task_id: TaskId,
    calls: list[Call],
    more: dict[str, Any],
    as_json: bool,
) -> None:
    for call in calls:
        with progress(f"Sending {call.name}"):
            mined = sender.send(call)
    transaction = "0x" + mined.transaction_hash.hex()
    record = _dispute(system, task_id, as_json)
    show({**record, **more, "transaction": transaction}, as_json=as_json)


def _dispute(system: System, task_id: TaskId, as_json: bool) -> dict[str, Any]:
    dispute = system.verdict_oracle.dispute(task_id)
    bond = str(dispute.bond) if as_json else f"{format_amount(dispute.bond, TES_DECIMALS)} TES"
    return {
        "task_id": task_id,
        "phase": system.verdict_oracle.phase(task_id).name,
        "challenger": dispute.challenger if dispute.opened_at else None,
        "bond": bond,
        "opened_at": dispute.opened_at or None,
    }
