"""`tessera dispute`: challenge a posted verdict with a bond; rule, as the arbitrator."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.canonical import digest_of
from dao_client.cli.desk import Desk, with_desk, with_store_and_wallet, with_wallet
from dao_client.cli.funds import check_lock
from dao_client.cli.options import TaskArgument
from dao_client.cli.task_view import check_phase
from dao_client.contracts import Call
from dao_client.errors import MalformedDocument
from dao_client.staker import lock_calls
from dao_client.types import Phase, TaskId

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Challenge verdicts.")


@app.command("open")
@with_store_and_wallet
def open_dispute(
    desk: Desk,
    task_id: TaskArgument,
    evidence: Annotated[Path, typer.Argument(help="What is wrong: a file of at most 1 MiB.")],
) -> None:
    """Freeze a verdict inside its challenge window.

    The bond is locked from the wallet's TES stake (what is missing is deposited) and lost if the
    arbitrator finds the verdict right.
    """
    system, owner, block = desk.system, desk.sender.address, _read(evidence)
    check_phase(system, TaskId(task_id), Phase.CHALLENGE, "a verdict can be disputed")
    bond = system.verdict_oracle.challenge_bond(TaskId(task_id))
    check_lock(system, owner, bond)
    cid = desk.store.put_block(block)
    calls = lock_calls(system, owner, bond)
    calls.append(system.verdict_oracle.open_dispute(TaskId(task_id), digest_of(block)))
    _send(desk, TaskId(task_id), calls, {"evidence": cid})


@app.command()
@with_wallet
def rule(
    desk: Desk,
    task_id: TaskArgument,
    is_upheld: Annotated[
        bool, typer.Option("--upheld/--rejected", help="Is the challenger right?")
    ],
) -> None:
    """Rule on the disputed verdict that `tessera dispute show` names, as the arbitrator."""
    check_phase(desk.system, TaskId(task_id), Phase.DISPUTED, "a dispute can be ruled on")
    oracle = desk.system.verdict_oracle
    digest = oracle.record(TaskId(task_id)).digest
    call = oracle.rule_dispute(TaskId(task_id), digest, is_upheld)
    ruled = {"verdict": f"0x{digest.hex()}", "is_upheld": is_upheld}
    _send(desk, TaskId(task_id), [call], ruled)


@app.command("show")
@with_desk
def show_dispute(desk: Desk, task_id: TaskArgument) -> None:
    """Show the live verdict of a task and its open dispute."""
    desk.show(_dispute(desk, TaskId(task_id)))


def _read(evidence: Path) -> bytes:
    try:
        return evidence.read_bytes()
    except OSError as error:
        raise MalformedDocument(f"{evidence} cannot be read: {error.strerror}") from error


def _send(desk: Desk, task_id: TaskId, calls: list[Call], more: dict[str, Any]) -> None:
    mined = desk.send(*calls)
    transaction = "0x" + mined.transaction_hash.hex()
    desk.show({**_dispute(desk, task_id), **more, "transaction": transaction})


def _dispute(desk: Desk, task_id: TaskId) -> dict[str, Any]:
    oracle = desk.system.verdict_oracle
    dispute, digest = oracle.dispute(task_id), oracle.record(task_id).digest
    return {
        "task_id": task_id,
        "phase": oracle.phase(task_id).name,
        "verdict": f"0x{digest.hex()}" if any(digest) else None,
        "challenger": dispute.challenger if dispute.opened_at else None,
        "bond": desk.tes(dispute.bond),
        "opened_at": dispute.opened_at or None,
    }
