"""`tessera answer`: hand in answers from a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import format_amount
from dao_client.cli.answer_file import read_answers
from dao_client.cli.desk import Desk, with_store_and_wallet
from dao_client.cli.handing_in import hand_in, open_gateway, send_kept
from dao_client.cli.options import GatewayUrl, KeptAnswers, TaskArgument
from dao_client.cli.output import say
from dao_client.cli.task_view import check_phase
from dao_client.contracts.parameters import ParameterId
from dao_client.costs import most_payout
from dao_client.deployment import System
from dao_client.documents import SubmissionRequest, TaskDocument
from dao_client.errors import MalformedDocument, TransactionRefused
from dao_client.keeping import gateway_of, read_kept
from dao_client.least_answers import least_answers
from dao_client.types import Phase, TaskId
from dao_client.worker import build_submission, read_task


@with_store_and_wallet
def answer(
    desk: Desk,
    task_id: TaskArgument,
    file: Annotated[
        Path | None, typer.Argument(help="JSON or CSV with an answer for each item.")
    ] = None,
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
    resend: Annotated[
        Path | None, typer.Option(help="Hand in what an earlier call kept, after a lost reply.")
    ] = None,
    gateway: GatewayUrl = None,
    kept: KeptAnswers = None,
) -> None:
    """Sign the answers in FILE, seal them to the operators, and hand them in.

    They are kept in a file of yours first: with it you can reveal them when no operator does, and
    send them again (--resend) when no reply came: the same submission gets the same receipt.

    \b
    CSV   columns item,answer (item counts from 0) or id,answer (the requester's own names)
    JSON  an object {"0": "cat", "1": "dog"}, or a list of records with the columns of the CSV
    """
    task = TaskId(task_id)
    if resend is not None:
        desk.show(_send_again(desk, task, resend, gateway, is_forced=force_inclusion))
        return
    if file is None:
        raise MalformedDocument("no answers: name the FILE, or what is kept with --resend")
    _check_open(desk.system, task)
    document = read_task(desk.system, desk.store, task)
    answers = read_answers(file, desk.store, document)
    sealed = build_submission(
        desk.system,
        desk.sender.signer,
        task,
        document,
        answers,
        keys={} if reveal_alone else None,
        assignment_id=assignment,
    )
    client = None if force_inclusion else open_gateway(gateway)
    remark_few(len(answers), document.item_count)
    remark_budget(desk.system, task, document)
    if client is None:
        check_force(desk.system, document, sealed.request)
    desk.show(hand_in(desk, client, sealed, keep, kept))


def _check_open(system: System, task_id: TaskId) -> None:
    what = f"jurors use `tessera audit answer {task_id}`, workers' answers are taken"
    check_phase(system, task_id, Phase.OPEN, what)


def _send_again(
    desk: Desk, task_id: TaskId, file: Path, gateway: str | None, *, is_forced: bool
) -> dict[str, Any]:
    """Hand in what is kept, audits too; a gateway that took it in time gives its receipt late."""
    found = read_kept(file)
    submission = found.request.submission
    if submission.task_id != task_id:
        raise MalformedDocument(f"{file} holds answers to task {submission.task_id}, not {task_id}")
    if not is_forced:
        return send_kept(desk, open_gateway(gateway or gateway_of(file)), found, file)
    if submission.worker != desk.sender.address:
        raise MalformedDocument(
            f"{file} holds answers of {submission.worker}, the wallet is {desk.sender.address}: "
            "the contract takes answers from their worker only"
        )
    _check_open(desk.system, task_id)
    check_force(desk.system, read_task(desk.system, desk.store, task_id), found.request)
    return send_kept(desk, None, found, file)


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


def check_force(system: System, task: TaskDocument, request: SubmissionRequest) -> None:
    """Refuse what was forced before; warn of a seat that is missing and can still be taken.

    A task with entry asks for none.
    """
    submission = request.submission
    for earlier in system.task_escrow.forced(submission.task_id, system.first_block):
        given = (earlier.worker, earlier.assignment_id)
        if given == (submission.worker, submission.assignment_id):
            raise TransactionRefused(
                f"{submission.worker} forced assignment {submission.assignment_id} in block "
                f"{earlier.place.block_number}: its first answers count, nothing was sent",
                "forced before",
            )
    if task.has_entry:
        return
    coin = system.token(system.task_escrow.task(submission.task_id).token)
    stake = system.staking.stake_of(coin.address, submission.worker)
    if stake < task.seat_size:
        say(
            f"warning: {submission.worker} has {format_amount(stake, coin.decimals())} "
            f"{coin.symbol()} staked, a seat needs "
            f"{format_amount(task.seat_size, coin.decimals())}: operators leave the answers out "
            f"unless you run `tessera stake deposit AMOUNT --token {coin.address}` in time"
        )
