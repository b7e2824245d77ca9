"""`tessera answer`: hand in answers from a file."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import format_amount
from dao_client.cli.desk import Desk, with_store_and_wallet
from dao_client.cli.options import GatewayUrl, KeptAnswers, TaskArgument
from dao_client.cli.output import progress, say
from dao_client.cli.reveal import default_folder
from dao_client.contracts.parameters import ParameterId
from dao_client.costs import most_payout
from dao_client.deployment import System
from dao_client.documents import SubmissionRequest, TaskDocument, parse_sealed
from dao_client.errors import GatewayRefused, MalformedDocument, TransactionRefused
from dao_client.gateway import GatewayClient
from dao_client.keeping import folder_of, keep_answers, name_of
from dao_client.least_answers import least_answers
from dao_client.payloads import read_items
from dao_client.types import ItemIndex, Json, TaskId
from dao_client.worker import SealedAnswers, build_submission, force, read_task, submit
from ipfs_store import Store


@with_store_and_wallet
def answer(
    desk: Desk,
    task_id: TaskArgument,
    file: Annotated[Path, typer.Argument(help="JSON or CSV with an answer for each item.")],
    force_inclusion: Annotated[
        bool, typer.Option("--force-inclusion", help="Go around the gateway, to the contract.")
    ] = False,
    assignment: Annotated[
        int | None, typer.Option(help="Id of the assignment; named after its items if left out.")
    ] = None,
    reveal_alone: Annotated[
        bool,
        typer.Option("--reveal-alone", help="Seal to no operator; run `tessera reveal` in time."),
    ] = False,
    keep: Annotated[
        Path | None, typer.Option(help="File to keep the answers in until you are paid.")
    ] = None,
    gateway: GatewayUrl = None,
    kept: KeptAnswers = None,
) -> None:
    """Sign the answers in FILE, seal them to the operators, and hand them in.

    They are kept in a file of yours first: with it you can reveal them when no operator does.

    \b
    CSV   columns item,answer (item counts from 0) or id,answer (the requester's own names)
    JSON  an object {"0": "cat", "1": "dog"}, or a list of records with the columns of the CSV
    """
    task = read_task(desk.system, desk.store, TaskId(task_id))
    answers = read_answers(file, desk.store, task)
    sealed = build_submission(
        desk.system,
        desk.sender.signer,
        TaskId(task_id),
        task,
        answers,
        keys={} if reveal_alone else None,
        assignment_id=assignment,
    )
    client = None if force_inclusion else open_gateway(gateway)
    remark_few(len(answers), task.item_count)
    remark_budget(desk.system, TaskId(task_id), task)
    if client is None:
        check_force(desk.system, task, sealed.request)
    desk.show(hand_in(desk, client, sealed, len(answers), keep, kept))


def hand_in(
    desk: Desk,
    gateway: GatewayClient | None,
    sealed: SealedAnswers,
    answers: int,
    keep: Path | None,
    kept: Path | None,
) -> dict[str, Any]:
    """Keep sealed answers, in a file or a folder, then hand them in; return what came of it."""
    file = keep or folder_of(desk.system, kept or default_folder()) / name_of(sealed)
    keep_answers(file, sealed)
    say(f"your answers are kept in {file}")
    with progress(f"Handing in {answers} answers"):
        outcome = _hand_in(desk, gateway, sealed.request)
    return {**_handed_in(sealed, answers, file), **outcome}


def remark_few(answers: int, items: int) -> None:
    """Say what few answers do to pay; they may be a part of more, so nothing is refused."""
    least = least_answers(items)
    if answers < least:
        say(
            f"note: pay in this task is measured over at least {least} answers, less the audited "
            f"ones in your history: newcomers who give {answers} in all earn less for each"
        )


def remark_budget(system: System, task_id: TaskId, document: TaskDocument) -> None:
    """Say when a task asks for more answers than it can pay; audits are paid from the same money.

    The escrow takes any budget of one price or more, and anybody may top it up: nothing is refused.
    """
    task = system.task_escrow.task(task_id)
    fee_bps = system.parameters.value_for_task(ParameterId.PROTOCOL_FEE_BPS, task_id)
    payable = most_payout(task.claimable, fee_bps)
    asked = document.item_count * document.most_answers
    if payable < asked * task.price:  # an ended task has no price: others refuse it
        say(
            f"warning: this task's budget pays {payable // task.price} of up to {asked} answers; "
            "if more come, everybody gets the same share, jurors too, while slashes stay whole"
        )


def open_gateway(url: str | None) -> GatewayClient:
    """Return the gateway at an address; refuse none."""
    if url is None:
        raise GatewayRefused(
            "no gateway: name its address with --gateway or TESSERA_GATEWAY, or go around it with "
            "--force-inclusion"
        )
    return GatewayClient(url)


def _hand_in(
    desk: Desk, gateway: GatewayClient | None, request: SubmissionRequest
) -> dict[str, Any]:
    """Go to the gateway, or without one to the contract; return what there is to show for it."""
    if gateway is None:
        mined = force(desk.system, desk.sender, desk.store, request)
        return {"transaction": "0x" + mined.transaction_hash.hex()}
    acceptance = submit(desk.system, gateway, request)
    return {
        "submission_hash": "0x" + acceptance.receipt.submission_hash.hex(),
        "received_at": acceptance.receipt.received_at,
        "anchor_by": acceptance.receipt.anchor_by,
        "receipt_signature": "0x" + acceptance.receipt_signature.hex(),
    }


def check_force(system: System, task: TaskDocument, request: SubmissionRequest) -> None:
    """Refuse what was forced before; warn of a seat that is missing and can still be taken."""
    submission = request.submission
    for earlier in system.task_escrow.forced(submission.task_id, system.first_block):
        given = (earlier.worker, earlier.assignment_id)
        if given == (submission.worker, submission.assignment_id):
            raise TransactionRefused(
                f"{submission.worker} forced assignment {submission.assignment_id} in block "
                f"{earlier.place.block_number}: its first answers count, nothing was sent",
                "forced before",
            )
    coin = system.token(system.task_escrow.task(submission.task_id).token)
    stake = system.staking.stake_of(coin.address, submission.worker)
    if stake < task.seat_size:
        say(
            f"warning: {submission.worker} has {format_amount(stake, coin.decimals())} "
            f"{coin.symbol()} staked, a seat needs "
            f"{format_amount(task.seat_size, coin.decimals())}: operators leave the answers out "
            f"unless you run `tessera stake deposit AMOUNT --token {coin.address}` in time"
        )


def read_answers(path: Path, store: Store, task: TaskDocument) -> dict[ItemIndex, Json]:
    """Read answers by item index; ids are looked up in the task's items."""
    rows = list(_rows(path))
    if rows and not {"item", "id"} & set(rows[0]):
        raise MalformedDocument(
            f"{path} has the columns {', '.join(map(str, rows[0]))}: item,answer (items count from "
            "0) or id,answer (the requester's names) are needed, with commas"
        )
    places: Mapping[str, int] = {}
    if any("id" in row and "item" not in row for row in rows):
        places = {item.id: index for index, item in enumerate(read_items(store, task))}
    found: dict[ItemIndex, Json] = {}
    for number, row in enumerate(rows):
        index = _index(path, number, row, places)
        if index in found:
            raise MalformedDocument(f"{path}: item {index} is answered twice: keep one row")
        found[index] = _value(path, number, row)
    return found


def _rows(path: Path) -> Iterable[Mapping[str, Any]]:
    try:
        text = path.read_text("utf-8-sig")
        if path.suffix.lower() != ".json":
            return list(csv.DictReader(io.StringIO(text)))
        content = json.loads(text)
    except OSError as error:
        raise MalformedDocument(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, csv.Error) as error:
        raise MalformedDocument(f"{path} is malformed: {error}") from error
    if isinstance(content, dict):
        return [{"item": key, "answer": value} for key, value in content.items()]
    if isinstance(content, list) and all(isinstance(row, dict) for row in content):
        return content
    raise MalformedDocument(f"{path} must hold an object or a list of records, see --help")


def _index(path: Path, number: int, row: Mapping[str, Any], places: Mapping[str, int]) -> ItemIndex:
    if "item" in row:
        text = str(row["item"]).strip()
        if text.isdigit():
            return ItemIndex(int(text))
        raise MalformedDocument(f"{path}: item {text!r} of row {number} is no whole number")
    name = str(row.get("id"))
    if name not in places:
        raise MalformedDocument(f"{path}: the task has no item with the id {name!r} (row {number})")
    return ItemIndex(places[name])


def _value(path: Path, number: int, row: Mapping[str, Any]) -> Json:
    if row.get("answer") is None:
        raise MalformedDocument(f"{path}: row {number} has no answer: {dict(row)!r}")
    value: Json = row["answer"]
    return value


def _handed_in(sealed: SealedAnswers, answers: int, kept: Path) -> dict[str, Any]:
    submission = sealed.request.submission
    return {
        "task_id": submission.task_id,
        "worker": submission.worker,
        "assignment_id": str(submission.assignment_id),
        "answers": answers,
        "commitments_root": "0x" + submission.commitments_root.hex(),
        "sealed_to": len(parse_sealed(sealed.request.sealed).boxes),
        "kept_in": str(kept),
    }
