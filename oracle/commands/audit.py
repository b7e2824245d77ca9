"""`tessera audit`: what jurors do."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.audit_rates import MOST_RATE_BPS
from dao_client.cli.answer_file import read_answers
from dao_client.cli.desk import Desk, with_store, with_store_and_wallet
from dao_client.cli.handing_in import hand_in, open_gateway
from dao_client.cli.options import GatewayUrl, KeptAnswers, OperatorUrl, TaskArgument
from dao_client.cli.output import progress, say, show
from dao_client.documents import TaskDocument
from dao_client.errors import OperatorRefused, TesseraError, TransactionRefused
from dao_client.moments import write_moment
from dao_client.operator_client import OperatorClient
from dao_client.payloads import read_items
from dao_client.types import Address, Bps, ItemIndex, Json, Task, TaskId, Timestamp
from dao_client.windows import Windows
from dao_client.worker import build_submission, read_task
from ipfs_store import IpfsStoreError
from oracle.audit_desk import (
    AuditState,
    DrawnItem,
    drawn_items,
    items_by_rate,
    read_drawn,
    state_of,
)
from oracle.chain import SystemChain
from oracle.commands.audit_view import draw_record, item_row, seat_row, state_record
from oracle.types import Draw

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Audit the tasks that you were drawn for."
)

AllRates = Annotated[
    bool,
    typer.Option(
        "--all-rates", help="Also items that count and pay only if the first audits do not suffice."
    ),
]


@app.command("list")
@with_store_and_wallet
def list_audits(desk: Desk) -> None:
    """List the tasks whose audits are open and for which your wallet was drawn."""
    juror = desk.sender.address
    with progress("Reading the draws"):
        rows = [row for task in _open_tasks(desk) if (row := _listed(desk, task, juror))]
    desk.show(rows)


@app.command()
@with_store_and_wallet
def items(
    desk: Desk,
    task_id: TaskArgument,
    all_rates: AllRates = False,
    operator: OperatorUrl = None,
) -> None:
    """Show your items of a task with what they ask; an image by its CID (`tessera store get`).

    They are those of the first rate, or of the higher one that an operator asks for: it sees the
    audits that are sealed to it, and says when the crowd does badly by them.
    """
    juror = desk.sender.address
    task, document = _read(desk, task_id)
    with progress(f"Drawing the audits of task {task_id}"):
        draw = _draw(desk, task, document)
        rate = MOST_RATE_BPS if all_rates else _rate(operator, task, draw)
        mine = _mine(draw, document, juror, rate)
        texts = read_items(desk.store, document)
    _remark(document)
    desk.show([item_row(each, texts[each.item]) for each in mine])


@app.command()
@with_store_and_wallet
def answer(
    desk: Desk,
    task_id: TaskArgument,
    file: Annotated[Path, typer.Argument(help="As for `tessera answer`: item,answer or id,answer")],
    keep: Annotated[
        Path | None, typer.Option(help="File to keep the answers in until you are paid.")
    ] = None,
    gateway: GatewayUrl = None,
    kept: KeptAnswers = None,
) -> None:
    """Sign your audits in FILE, seal them to the operators, and hand them in.

    An audit that equals the label of its jury earns the task's price. It is sealed as workers'
    answers are and opened after the audits, by operators or by your `tessera reveal`.
    """
    task, document = _read(desk, task_id)
    answers = read_answers(file, desk.store, document)
    juror = desk.sender.address
    with progress(f"Drawing the audits of task {task_id}"):
        check_audits(task, _draw(desk, task, document), document, juror, answers)
    sealed = build_submission(desk.system, desk.sender.signer, task.task_id, document, answers)
    desk.show(hand_in(desk, open_gateway(gateway), sealed, keep, kept))


@app.command("show")
@with_store
def show_audits(desk: Desk, task_id: TaskArgument) -> None:
    """Show what the beacon drew for a task: rates, items and jurors. Needs no key."""
    task, document = _read(desk, task_id)
    with progress(f"Drawing the audits of task {task_id}"):
        drawn = read_drawn(SystemChain(desk.system), desk.store, task, document.seat_size)
    clock = desk.system.chain.clock()
    record = state_record(task, clock, is_drawn=drawn is not None)
    if drawn is None:
        desk.show(record | {"items": []} if desk.as_json else record)
        return
    found = drawn_items(drawn.draw, document.item_count)
    record |= draw_record(drawn, found)
    rows = [seat_row(each) for each in found]
    if desk.as_json:
        show(record | {"items": rows}, as_json=True)
        return
    show(record, as_json=False)
    show(rows, as_json=False)


def check_audits(
    task: Task,
    draw: Draw,
    document: TaskDocument,
    juror: Address,
    answers: Mapping[ItemIndex, Json],
) -> None:
    """Refuse answers to items that others were drawn for: operators would not count them."""
    mine = {each.item for each in drawn_items(draw, document.item_count, juror)}
    strange = sorted(set(answers) - mine)
    if strange:
        raise TransactionRefused(
            f"{juror} was not drawn for item {', '.join(map(str, strange[:5]))} of task "
            f"{task.task_id}: answer those of `tessera audit items {task.task_id}`",
            "juror was not drawn",
        )


def _read(desk: Desk, task_id: int) -> tuple[Task, TaskDocument]:
    task = desk.system.task_escrow.task(TaskId(task_id))
    return task, read_task(desk.system, desk.store, task.task_id)


def _open_tasks(desk: Desk) -> Sequence[Task]:
    escrow, clock = desk.system.task_escrow, desk.system.chain.clock()
    tasks = escrow.tasks([TaskId(number) for number in range(1, escrow.task_count() + 1)])
    return [task for task in tasks if _is_open(task, clock)]


def _is_open(task: Task, clock: Timestamp) -> bool:
    windows = Windows.of(task)
    in_time = windows.takes_audits(clock) and clock < windows.audits_until
    return in_time and not task.is_cancelled


def _listed(desk: Desk, task: Task, juror: Address) -> dict[str, Any] | None:
    """Return a line of the list; a task that cannot be drawn does not hide the others.

    Anybody may create a task, with any document or none.
    """
    try:
        document = read_task(desk.system, desk.store, task.task_id)
        drawn = read_drawn(SystemChain(desk.system), desk.store, task, document.seat_size)
    except (TesseraError, IpfsStoreError) as error:
        say(f"warning: the audits of task {task.task_id} cannot be drawn: {error}")
        return None
    if drawn is None:
        say(f"task {task.task_id}: {AuditState.WAITING}, ask again in some minutes")
        return None
    counts = items_by_rate(drawn.draw, drawn_items(drawn.draw, document.item_count, juror))
    first, *later = counts.values()
    if not first + sum(later):
        return None
    return {
        "task_id": task.task_id,
        "title": document.title,
        "items": first,
        "items_if_needed": sum(later),
        "pay_each": desk.amount(task.token, task.price),
        "answer_by": Windows.of(task).audits_until,
    }


def _draw(desk: Desk, task: Task, document: TaskDocument) -> Draw:
    """Return the draw of a task whose audits are open; refuse any other time."""
    drawn = read_drawn(SystemChain(desk.system), desk.store, task, document.seat_size)
    state = state_of(task, desk.system.chain.clock(), is_drawn=drawn is not None)
    if drawn is None or state is not AuditState.AUDITING:
        windows = Windows.of(task)
        raise TransactionRefused(
            f"task {task.task_id} takes no audits: {state}; they are handed in from "
            f"{write_moment(windows.opening_deadline)} until {write_moment(windows.audits_until)}, "
            f"see `tessera audit show {task.task_id}`",
            "no audits now",
        )
    return drawn.draw


def _rate(operator: str | None, task: Task, draw: Draw) -> Bps:
    """Ask the operator how much to audit; the first rate is what counts without one."""
    if operator is None:
        return draw.rate
    try:
        return max(draw.rate, OperatorClient(operator).needed_audits(task.task_id).rate)
    except OperatorRefused as error:
        say(f"warning: {error}; showing the items of the first rate")
        return draw.rate


def _mine(draw: Draw, document: TaskDocument, juror: Address, rate: Bps) -> list[DrawnItem]:
    found = drawn_items(draw, document.item_count, juror)
    return [each for each in found if each.rate <= rate]


def _remark(document: TaskDocument) -> None:
    say(f"{document.title}: {document.instructions}")
    say(f"answer one of: {', '.join(document.answer.labels)}")
