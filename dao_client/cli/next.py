"""`tessera next`: the items that are yours to answer."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.assigning import draw_items, open_items, read_counts
from dao_client.cli.answer import remark_budget
from dao_client.cli.desk import Desk, with_store_and_wallet
from dao_client.cli.handing_in import open_gateway
from dao_client.cli.options import GatewayUrl, OperatorUrl, TaskArgument
from dao_client.cli.output import progress, say
from dao_client.cli.task_publishing import checked_address
from dao_client.cli.task_view import check_phase
from dao_client.documents import Image, Item, TaskDocument
from dao_client.errors import DeploymentUnknown, OperatorRefused
from dao_client.governance.units import write_bps
from dao_client.operator_client import OperatorClient
from dao_client.payloads import read_items
from dao_client.types import Address, ItemIndex, Phase, TaskId
from dao_client.worker import read_task

COLUMNS = ("item", "id", "text", "image", "answer")


@with_store_and_wallet
def next_items(
    desk: Desk,
    task_id: TaskArgument,
    count: Annotated[int, typer.Option("--count", min=1, help="How many items.")] = 10,
    worker: Annotated[
        str | None, typer.Option("--worker", help="Whose items; your wallet's if left out.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--csv", help="Write a CSV to fill in, for `tessera answer TASK FILE`."),
    ] = None,
    gateway: GatewayUrl = None,
    operator: OperatorUrl = None,
) -> None:
    """Draw the items of TASK that you should answer next, among those that want answers.

    Nobody chooses items: each worker has an order of its own, drawn by the hash of the block that
    created the task, so the same call gives the same items until they are answered. That is a
    rule of this command: no gateway and no contract asks whether your items were drawn, they hold
    you to one answer for each item and to the most that the task pays for.

    The gateway counts answers. An operator, if one is named, knows where answers agree, so that
    contested items get more of them; it says how many, never which.
    """
    task = TaskId(task_id)
    who = checked_address(worker, "worker") if worker else desk.sender.address
    check_phase(desk.system, task, Phase.OPEN, "answers are given")
    document = read_task(desk.system, desk.store, task)
    with progress(f"Drawing items of task {task_id}"):
        counts = read_counts(open_gateway(gateway), task, who)
        eligible = open_items(counts, _wants(operator, task))
        drawn = draw_items(_seed(desk, task), eligible, who, task, count)
        contents = read_items(desk.store, document)
    rows = [_row(item, contents[item]) for item in drawn]
    _remark(document, who, len(eligible))
    remark_budget(desk.system, task, document)
    if file is None:
        desk.show(rows)
        return
    _write(file, rows)
    desk.show({"task_id": task_id, "items": len(rows), "file": str(file)})


def _wants(operator: str | None, task_id: TaskId) -> Mapping[ItemIndex, int] | None:
    """Ask the operator; without an answer the first overlap is all that anybody knows of."""
    if operator is None:
        return None
    try:
        return OperatorClient(operator).wants(task_id)
    except OperatorRefused as error:
        say(f"warning: {error}; drawing among items below the first overlap")
        return None


def _seed(desk: Desk, task_id: TaskId) -> bytes:
    creation = desk.system.task_escrow.creation(task_id, desk.system.first_block)
    if creation is None:
        raise DeploymentUnknown(
            f"the node shows no event that created task {task_id}: use another node"
        )
    return creation.place.block_hash


def _row(item: ItemIndex, content: Item) -> dict[str, Any]:
    shown = content.content
    return {
        "item": item,
        "id": content.id,
        "text": None if isinstance(shown, Image) else shown.text,
        "image": shown.image if isinstance(shown, Image) else None,
    }


def _remark(document: TaskDocument, worker: Address, eligible: int) -> None:
    say(f"{document.title}: {document.instructions}")
    say(f"answer one of: {', '.join(document.answer.labels)}")
    if document.error_limit is not None:
        limit = write_bps(document.error_limit)
        say(f"error limit {limit}: if audits do not keep to it, only audited answers are paid")
    say(f"{eligible} items are open to {worker}")


def _write(file: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write a row for each item with an empty answer; refuse to overwrite answers."""
    with file.open("x", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows({**row, "answer": ""} for row in rows)
