"""`tessera reveal`: publish the answers inside a sealed submission."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.cli.desk import Desk, with_store
from dao_client.cli.options import GatewayUrl, KeptAnswers, TaskArgument
from dao_client.cli.output import progress
from dao_client.errors import MalformedDocument
from dao_client.gateway import GatewayClient
from dao_client.keeping import find_kept, folder_of, read_kept
from dao_client.revealing import reveal as reveal_one
from dao_client.types import TaskId
from ipfs_store import Store


@with_store
def reveal(
    desk: Desk,
    task_id: TaskArgument,
    file: Annotated[
        Path | None,
        typer.Option(help="What `tessera answer` kept; all it kept for the task if left out."),
    ] = None,
    gateway: GatewayUrl = None,
    kept: KeptAnswers = None,
) -> None:
    """Open your own sealed answers, once the task takes no more; needs no key.

    Operators open what is sealed to them. Run this when you sealed to nobody (--reveal-alone), or
    when no operator did it. The answers go to the gateway, or without one to the store: it must be
    one that operators can read.
    """
    files = [file] if file else _files(desk, TaskId(task_id), kept)
    target: GatewayClient | Store = GatewayClient(gateway) if gateway else desk.store
    with progress(f"Revealing {len(files)} submissions"):
        rows = [_reveal_file(desk, target, TaskId(task_id), path) for path in files]
    desk.show(rows)


def _files(desk: Desk, task_id: TaskId, kept: Path | None) -> list[Path]:
    folder = folder_of(desk.system, kept or default_folder())
    found = list(find_kept(folder, task_id))
    if not found:
        raise MalformedDocument(
            f"{folder} holds no answers to task {task_id}: name the file with --file"
        )
    return found


def _reveal_file(
    desk: Desk, target: GatewayClient | Store, task_id: TaskId, path: Path
) -> dict[str, Any]:
    found = read_kept(path)
    submission = found.request.submission
    if submission.task_id != task_id:
        raise MalformedDocument(f"{path} holds answers to task {submission.task_id}, not {task_id}")
    return {
        "task_id": task_id,
        "worker": submission.worker,
        "assignment_id": str(submission.assignment_id),
        "document": reveal_one(desk.system, target, found),
        "file": str(path),
    }


def default_folder() -> Path:
    """Return where answers are kept unless the environment says otherwise."""
    return Path(typer.get_app_dir("tessera")) / "answers"
