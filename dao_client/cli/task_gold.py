"""Gold of a requester: read from a CSV, kept in a file of its own, opened by `open-gold`.

    id,answer
    photo-7,yes        # an id of the task's items, and one of its labels

Only the requester has the file until it is opened: without it the gold never counts.
"""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from dao_client.cli.desk import Desk, with_store
from dao_client.cli.options import KeptGold, TaskArgument
from dao_client.cli.output import progress, say
from dao_client.cli.task_view import warn_if_late
from dao_client.documents import GoldPromise
from dao_client.errors import MalformedDocument
from dao_client.gold import open_gold, promise_gold
from dao_client.keeping import write_new
from dao_client.types import ItemIndex, TaskId
from dao_client.worker import read_task
from ipfs_store import Cid


def register(app: typer.Typer) -> None:
    """Add the command to `tessera task`."""
    app.command("open-gold")(open_gold_of)


@with_store
def open_gold_of(
    desk: Desk,
    task_id: TaskArgument,
    file: Annotated[
        Path | None, typer.Option(help="What `tessera task create` kept, if it was moved.")
    ] = None,
    gold_in: KeptGold = None,
) -> None:
    """Publish the gold of a task, once its answers are opened; needs no key.

    Gold counts as audits do. The store must be one that operators can read.
    """
    task = read_task(desk.system, desk.store, TaskId(task_id))
    if task.gold is None:
        raise MalformedDocument(f"task {task_id} promised no gold: there is nothing to open")
    path = file or gold_file(gold_in, task.gold.document)
    try:
        document = path.read_bytes()
    except OSError as error:
        raise MalformedDocument(
            f"gold {path} cannot be read ({error.strerror}): name the file that `tessera task "
            "create` wrote with --file"
        ) from error
    with progress("Opening the gold"):
        cid = open_gold(desk.system, desk.store, TaskId(task_id), task.gold, document)
    warn_if_late(desk.system, TaskId(task_id), "gold")
    desk.show({"task_id": task_id, "gold": task.gold.count, "document": cid, "file": str(path)})


def read_gold_file(
    path: Path, item_ids: Sequence[str], labels: Sequence[str]
) -> dict[ItemIndex, str]:
    """Read true answers by item; refuse ids and labels that the task does not have."""
    found: dict[ItemIndex, str] = {}
    places = {name: ItemIndex(place) for place, name in enumerate(item_ids)}
    repeated = Counter(item_ids)
    for number, row in enumerate(_rows(path), start=1):
        name, answer = str(row["id"]), row["answer"]
        if repeated[name] != 1:
            raise MalformedDocument(
                f"{path}: row {number} is for item {name!r}, which the task has "
                f"{repeated[name]} times: once is needed"
            )
        if places[name] in found:
            raise MalformedDocument(f"{path}: item {name!r} stands twice: keep one row")
        if answer not in labels:
            raise MalformedDocument(
                f"{path}: row {number} has the answer {answer!r}: labels are {', '.join(labels)}"
            )
        found[places[name]] = answer
    return found


def keep_gold(folder: Path | None, answers: Mapping[ItemIndex, str]) -> GoldPromise | None:
    """Promise gold and keep the document behind it before anything else is done with it."""
    if not answers:
        return None
    promise, document = promise_gold(answers)
    path = gold_file(folder, promise.document)
    try:
        write_new(path, document)
    except OSError as error:
        raise MalformedDocument(
            f"the gold cannot be kept in {path} ({error.strerror}), so the task was not created: "
            "name another folder with --gold-in"
        ) from error
    say(f"your gold is kept in {path}: open it by `tessera task open-gold` after the answers")
    return promise


def gold_file(folder: Path | None, document: Cid) -> Path:
    """Return where the gold document of a task is kept."""
    return (folder or Path(typer.get_app_dir("tessera")) / "gold") / f"{document}.json"


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MalformedDocument(f"{path} cannot be read: {error}") from error
    if not rows or not {"id", "answer"} <= set(rows[0]):
        raise MalformedDocument(f"{path} must have the columns id,answer and at least one row")
    return rows
