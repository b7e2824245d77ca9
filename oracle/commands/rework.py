"""`tessera rework`: more answers where a task's labels are not good enough."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from dao_client.amounts import format_amount
from dao_client.cli.desk import Desk, with_store
from dao_client.cli.options import TaskArgument
from dao_client.cli.output import progress
from dao_client.cli.task_view import check_phase
from dao_client.documents import Image, Item, TaskDocument
from dao_client.errors import MalformedDocument, TransactionRefused
from dao_client.governance.units import parse_bps
from dao_client.payloads import read_items
from dao_client.types import EVERYTHING_BPS, Bps, ItemIndex, Phase, Task, TaskId
from dao_client.worker import read_task
from ipfs_store import Store, read_file
from oracle.chain import SystemChain
from oracle.explain import recount
from oracle.judging import Judged
from oracle.rework import items_to_ask

HEAD = """\
# The items of task {task_id} of which neither audits nor gold say the label{doubt}.
# Change what you like, then: tessera task create {name}
"""


@with_store
def rework(
    desk: Desk,
    task: TaskArgument,
    file: Annotated[Path, typer.Argument(help="Task file to write.")],
    below: Annotated[
        str | None,
        typer.Option(metavar="SHARE", help="Only items whose label is less sure, e.g. 90%."),
    ] = None,
) -> None:
    """Write a task file that asks the uncertain items of a task again. Needs no key.

    For a task that its audits did not deliver these are all items of which neither audits nor gold
    say the label; of any other say what is uncertain with --below. The file keeps ids, price and
    clocks, so that labels of both tasks go together by id; `tessera task create` publishes it, and
    `tessera task refund` returns what the first one did not pay.
    """
    task_id, bound = TaskId(task), None if below is None else _share(below)
    check_phase(desk.system, task_id, Phase.FINAL, "its labels are final")
    with progress(f"computing task {task} again"):
        found = recount(SystemChain(desk.system), desk.store, task_id)
    _check_need(task_id, found.judged, bound)
    wanted = items_to_ask(found, bound)
    if not wanted:
        raise TransactionRefused(
            f"every label of task {task} is known or at least as sure as {below}: there is nothing "
            "to ask again",
            "nothing to rework",
        )
    doubt = "" if below is None else f", and whose label is less sure than {below}"
    with progress(f"Writing {file}"):
        _write(desk, found.evidence.rules.task, file, wanted, doubt)
    desk.show(
        {
            "task_id": task,
            "delivered": found.judged.is_delivered,
            "items": len(wanted),
            "of": found.evidence.rules.item_count,
            "file": str(file),
        }
    )


def _share(text: str) -> Bps:
    bound = parse_bps(text)
    if not 0 < bound <= EVERYTHING_BPS:
        raise MalformedDocument(f"--below is {text}: it must be above 0 % and at most 100 %")
    return Bps(bound)


def _check_need(task_id: TaskId, judged: Judged, below: Bps | None) -> None:
    errors, audited = judged.errors
    if below is None and judged.is_delivered:
        raise TransactionRefused(
            f"task {task_id} was delivered: {errors} of {audited} known labels were wrong; to ask "
            "again where labels are uncertain, say what is: --below 90%",
            "task was delivered",
        )


def _write(desk: Desk, task: Task, file: Path, wanted: Sequence[ItemIndex], doubt: str) -> None:
    """Write the file last: where it stands, its images do too."""
    document = read_task(desk.system, desk.store, task.task_id)
    every = read_items(desk.store, document)
    content = _terms(desk, task, document)
    images = file.with_name(f"{file.stem}-images")
    try:
        content["items"] = [_item(desk.store, images, item, every[item]) for item in wanted]
        written = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(HEAD.format(task_id=task.task_id, doubt=doubt, name=file.name) + written)
    except OSError as error:
        raise MalformedDocument(f"{error.filename} cannot be written: {error.strerror}") from error


def _terms(desk: Desk, task: Task, document: TaskDocument) -> dict[str, Any]:
    """Return a task's terms as its file would have them; the budget is left to `task create`.

    `task` is of a block before its end: the escrow forgets the price of an ended one.
    """
    decimals = desk.system.token(task.token).decimals()
    created = desk.system.task_escrow.creation(task.task_id, desk.system.first_block)
    assert created is not None
    begun = desk.system.chain.block(created.place.block_number).timestamp
    lasting = {
        "submit": task.submit_deadline - begun,
        "reveal": task.reveal_deadline - task.submit_deadline,
        "verdict": task.verdict_deadline - task.reveal_deadline,
    }
    return {
        "title": document.title,
        "instructions": document.instructions,
        "labels": list(document.answer.labels),
        "overlap": document.overlap,
        **_optional(document),
        "price": format_amount(task.price, decimals),
        "seat_size": format_amount(document.seat_size, decimals),
        "token": str(task.token),
        "gateway": str(task.gateway),
        **{phase: f"{seconds}s" for phase, seconds in lasting.items()},
        "method": document.method.name,
    }


def _optional(document: TaskDocument) -> Mapping[str, Any]:
    terms: dict[str, Any] = {}
    if document.overlap_most > document.overlap:
        terms["overlap_most"] = document.overlap_most
    if document.has_entry:
        terms["entry"] = True
    if document.error_limit is not None:
        terms["error_limit"] = f"{document.error_limit} bps"
    return terms


def _item(store: Store, images: Path, place: ItemIndex, item: Item) -> dict[str, str]:
    if not isinstance(item.content, Image):
        return {"id": item.id, "text": item.content.text}
    images.mkdir(exist_ok=True)
    image = images / str(place)
    with image.open("wb") as stream:
        stream.writelines(read_file(store, item.content.image))
    return {"id": item.id, "image": f"{images.name}/{image.name}"}
