"""`tessera reveal`: publish the answers inside a sealed submission."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.cli.desk import Desk, with_store
from dao_client.cli.failures import EXPECTED
from dao_client.cli.options import LOCAL_STORE, GatewayUrl, KeptAnswers, TaskArgument
from dao_client.cli.output import progress, say
from dao_client.cli.task_view import warn_if_late
from dao_client.errors import GatewayRefused, MalformedDocument
from dao_client.gateway import GatewayClient
from dao_client.keeping import find_kept, folder_of, gateway_of, read_kept
from dao_client.revealing import reveal as reveal_one
from dao_client.types import TaskId
from dao_client.worker import SealedAnswers
from ipfs_store import Cid

REVEALED, FAILED = "revealed", "failed"


@with_store
def reveal(
    desk: Desk,
    task_id: TaskArgument,
    file: Annotated[
        Path | None,
        typer.Option(help="What `tessera answer` kept; all it kept for the task if left out."),
    ] = None,
    to_store: Annotated[
        bool, typer.Option("--to-store", help="Into your store, whatever gateway took them.")
    ] = False,
    gateway: GatewayUrl = None,
    kept: KeptAnswers = None,
) -> None:
    """Open your own sealed answers, from the opening deadline on; needs no key.

    Operators open what is sealed to them. Run this when you sealed to nobody (--reveal-alone), or
    when no operator did it: between `reveal_from` and `reveal_by` of `tessera task show`, audits
    from the audit deadline on. Answers go to --gateway, or else to the gateway that took them, or
    without one to the store: it must be one that operators can read.
    """
    task = TaskId(task_id)
    files = [file] if file else _files(desk, task, kept)
    with progress(f"Revealing {len(files)} submissions"):
        rows = [_row(desk, task, each, _gateway(each, gateway, to_store)) for each in files]
    desk.show(rows if desk.as_json else [_for_people(row) for row in rows])
    _remark(desk, task, rows)
    if any(row["outcome"] == FAILED for row in rows):
        raise typer.Exit(1)


def _files(desk: Desk, task_id: TaskId, kept: Path | None) -> list[Path]:
    folder = folder_of(desk.system, kept or default_folder())
    found = list(find_kept(folder, task_id))
    if not found:
        raise MalformedDocument(
            f"{folder} holds no answers to task {task_id}: name the file with --file"
        )
    return found


def _gateway(path: Path, named: str | None, is_for_store: bool) -> str | None:
    """Return where answers go, none for the store; a file that cannot be read says so later."""
    if is_for_store:
        return None
    with suppress(MalformedDocument):
        return named or gateway_of(path)
    return None


def _row(desk: Desk, task_id: TaskId, path: Path, gateway: str | None) -> dict[str, Any]:
    """Reveal one file and tell what came of it: one that does not serve keeps none from opening."""
    row: dict[str, Any] = {
        "task_id": task_id,
        "outcome": FAILED,
        "worker": None,
        "assignment_id": None,
        "document": None,
        "put_into": None,
        "file": str(path),
        "error": None,
    }
    try:
        found = read_kept(path)
        submission = found.request.submission
        row |= {"worker": submission.worker, "assignment_id": str(submission.assignment_id)}
        _check_task(path, submission.task_id, task_id)
        document = _reveal(desk, found, gateway)
    except EXPECTED as error:
        say(f"error: {path.name}: {error}")
        return row | {"error": str(error)}
    return row | {"outcome": REVEALED, "document": document, "put_into": gateway or _place_of(desk)}


def _check_task(path: Path, found: TaskId, wanted: TaskId) -> None:
    if found != wanted:
        raise MalformedDocument(f"{path} holds answers to task {found}, not {wanted}")


def _reveal(desk: Desk, found: SealedAnswers, gateway: str | None) -> Cid:
    if gateway is None:
        return reveal_one(desk.system, desk.store, found)
    try:
        return reveal_one(desk.system, GatewayClient(gateway), found)
    except GatewayRefused as error:
        raise GatewayRefused(
            f"{error}; with --to-store they go into your store, which must be one that operators "
            "can read"
        ) from error


def _place_of(desk: Desk) -> str:
    """Name the store; a relative folder says little to who looks for it later."""
    url = desk.store_url
    return f"folder:{Path(url.removeprefix('folder:')).resolve()}" if url == LOCAL_STORE else url


def _for_people(row: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what stands on stderr."""
    return {name: value for name, value in row.items() if name != "error"}


def _remark(desk: Desk, task_id: TaskId, rows: list[dict[str, Any]]) -> None:
    """Say what may be wrong with answers that are out."""
    places = {row["put_into"] for row in rows if row["outcome"] == REVEALED}
    if not places:
        return
    local = _place_of(desk)
    if desk.store_url == LOCAL_STORE and local in places:
        say(
            f"warning: the answers are in {local} on this machine: unless operators read that "
            "folder, nothing is revealed; name a gateway with --gateway or a store with --store"
        )
    warn_if_late(desk.system, task_id, "answers")


def default_folder() -> Path:
    """Return where answers are kept unless the environment says otherwise."""
    return Path(typer.get_app_dir("tessera")) / "answers"
