"""`tessera task`: what requesters do, and what anyone may do to bring a task to its end."""

import csv
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.cli import task_ending, task_gold
from dao_client.cli.desk import Desk, with_desk, with_store, with_store_and_wallet
from dao_client.cli.options import KeptGold, TaskArgument
from dao_client.cli.output import progress, say
from dao_client.cli.task_forecast import ask_to_lock, case_of, forecast_record, order_of
from dao_client.cli.task_publishing import Plan, check_funds, plan_task, prepare, publish
from dao_client.cli.task_view import (
    describe,
    describe_outcome,
    opening_times,
    read_outcome,
    read_results,
    standing_verdict,
    summarise,
    with_tokens,
)
from dao_client.errors import MalformedDocument
from dao_client.evidence import export_evidence
from dao_client.forecast import table
from dao_client.requester import Offer
from dao_client.types import TaskId
from dao_client.worker import read_task
from ipfs_store import IpfsStoreError, cid_from_digest

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Create tasks, watch them, read their results."
)
task_ending.register(app)
task_gold.register(app)


@app.command()
@with_store_and_wallet
def create(
    desk: Desk,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="YAML or JSON.")],
    gateway_address: Annotated[
        str | None, typer.Option(help="Who may anchor, if the file does not say.")
    ] = None,
    gold_in: KeptGold = None,
    is_agreed: Annotated[
        bool, typer.Option("--yes", help="Lock the money without asking, forecast or not.")
    ] = False,
) -> None:
    """Store the payloads of one or more tasks and put their budgets into escrow.

    First shows what each will cost and how right its labels will be, as measured for crowds of
    .85-accurate workers about whom nothing is known (see `tessera forecast` for others); on a
    terminal it then asks. Nothing is published before all files are read and agreed to.

    A budget pays the most answers and the audits that a crowd without history needs, with the fee:
    what verdicts do not pay out comes back. Gold is kept in a file of yours, whose path is shown.

    \b
    A file holds:
      title, instructions   what workers read
      labels                the answers to choose from
      items                 a CSV (columns id and text or image), or a list of texts
                            or of records with id and text, or id and image (a file)
      overlap, overlap_most   answers per item, at first and at most
      price                 tokens per accepted answer, e.g. 0.02
      budget                optional; pays every answer, audits and the fee if left out
      seat_size             optional; stake that a worker needs
      token, gateway        addresses; the token defaults to the deployment's
      submit, reveal, verdict   lengths of the phases, e.g. 12h, 6h, 1d; a third of
                            reveal is for audits, and verdict must end before
                            stakes can leave
      method                optional; name, version and parameters
      gold                  optional; a CSV with id and answer, see `tessera task open-gold`
      entry                 optional; yes lets newcomers fill their stake from their pay
      error_limit           optional, e.g. 5 %; above it you pay for audited answers only
    """
    drafted = [_draft(desk, file, gateway_address) for file in files]
    check_funds(desk.system, desk.sender.address, [draft.plan for draft in drafted])
    for draft in drafted:
        ask_to_lock(desk, draft.file, draft.plan, draft.forecast, is_agreed=is_agreed)
    created: list[dict[str, Any]] = []
    try:
        for draft in drafted:
            created.append(_publish(desk, draft, gold_in))
    finally:  # money is locked for these, whatever became of the others
        if created:
            desk.show(created)


@app.command("list")
@with_desk
def list_tasks(
    desk: Desk,
    requester: Annotated[str | None, typer.Option(help="Only this requester's tasks.")] = None,
) -> None:
    """List every task with its phase."""
    system = desk.system
    ids = [TaskId(number) for number in range(1, system.task_escrow.task_count() + 1)]
    with progress(f"Reading {len(ids)} tasks"):
        tasks = system.task_escrow.tasks(ids)
        phases = system.verdict_oracle.phases(ids)
    wanted = [
        summarise(task, phase)
        for task, phase in zip(tasks, phases, strict=True)
        if requester is None or task.requester.lower() == requester.lower()
    ]
    if not desk.as_json:
        tokens = {task.token: system.token(task.token) for task in tasks}
        wanted = [with_tokens(row, tokens[row["token"]]) for row in wanted]
    desk.show(wanted)


@app.command("show")
@with_store
def show_task(desk: Desk, task_id: TaskArgument) -> None:
    """Show what the escrow holds of a task, and what it asks if the store has its document."""
    system = desk.system
    task = system.task_escrow.task(TaskId(task_id))
    created = system.task_escrow.creation(task.task_id, system.first_block)
    record = describe(task, system.verdict_oracle.phase(task.task_id))
    record |= {"price": str(created.price)} if created else {}  # the escrow forgets it at the end
    record |= opening_times(task) | _asked(desk, task.task_id) | _outcome(desk, task.task_id)
    if not desk.as_json:
        record = with_tokens(record, system.token(task.token))
    desk.show(record)


@app.command()
@with_store
def results(
    desk: Desk,
    task_id: TaskArgument,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", help="Write the labels to this CSV file.")
    ] = None,
) -> None:
    """Read the labels of a task, checked against the root that operators posted."""
    with progress("Reading the verdict"):
        rows = read_results(desk.system, desk.store, TaskId(task_id))
        outcome = read_outcome(desk.system, desk.store, TaskId(task_id))
    if outcome is not None and not outcome.is_delivered:
        say(
            f"warning: task {task_id} is not delivered: its crowd was wrong on {outcome.errors} of "
            f"{outcome.audited} audited items, which is not within the requester's error limit; "
            f"`tessera rework {task_id} FILE` asks the others again"
        )
    if csv_file is None:
        desk.show(rows)
        return
    with csv_file.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["item", "id", "label", "confidence_bps"])
        writer.writeheader()
        writer.writerows(rows)
    desk.show({"task_id": task_id, "labels": len(rows), "file": str(csv_file)})


@app.command()
@with_store
def evidence(
    desk: Desk,
    task_id: TaskArgument,
    file: Annotated[Path, typer.Argument(help="CAR file to write.")],
) -> None:
    """Write all that a verdict rests on into one CAR file, for `tessera verify --car`."""
    root = cid_from_digest(standing_verdict(desk.system, TaskId(task_id)).document)
    if file.exists():
        raise MalformedDocument(f"{file} exists: choose another name")
    part = file.with_name(f"{file.name}.part")
    try:
        with progress(f"Writing {file}"), part.open("wb") as stream:
            exported = export_evidence(desk.store, root, stream)
        part.rename(file)
    finally:  # a torn file would look like evidence
        part.unlink(missing_ok=True)
    desk.show({"task_id": task_id, "root": root, "file": str(file), **asdict(exported)})


@dataclass(frozen=True, slots=True)
class _Draft:
    """A task that could be published now, and what its requester should know before."""

    file: Path
    plan: Plan
    offer: Offer
    forecast: dict[str, Any]


def _draft(desk: Desk, file: Path, gateway: str | None) -> _Draft:
    plan = plan_task(desk.system, file)
    offer = prepare(desk.system, desk.sender.address, plan, gateway, time.time())
    forecast = forecast_record(desk, table(), order_of(plan), case_of(plan))
    return _Draft(file, plan, offer, forecast)


def _publish(desk: Desk, draft: _Draft, gold_in: Path | None) -> dict[str, Any]:
    with progress(f"Publishing {draft.file}"):
        record = publish(desk.system, desk.sender, desk.store, draft.plan, draft.offer, gold_in)
    return record | {"forecast": draft.forecast} if desk.as_json else record


def _outcome(desk: Desk, task_id: TaskId) -> dict[str, Any]:
    """Return what audits say of the labels, once a verdict stands and the store has it."""
    try:
        outcome = read_outcome(desk.system, desk.store, task_id)
    except (MalformedDocument, IpfsStoreError) as error:
        return {"outcome": f"not read: {error}"}
    return {} if outcome is None else describe_outcome(outcome)


def _asked(desk: Desk, task_id: TaskId) -> dict[str, Any]:
    """Return what the task document says; one that is missing or none hides nothing else."""
    try:
        document = read_task(desk.system, desk.store, task_id)
    except (MalformedDocument, IpfsStoreError) as error:
        return {"document": f"not read: {error}"}
    return {
        "title": document.title,
        "instructions": document.instructions,
        "labels": list(document.answer.labels),
        "items": document.item_count,
        "overlap": document.overlap,
        "overlap_most": document.most_answers,
        "gold": document.gold.count if document.gold else 0,
        "entry": document.has_entry,
        "error_limit_bps": document.error_limit,
        "seat_size": str(document.seat_size),
        "method": document.method.name,
    }
