"""Hand in sealed answers from the command line, and once more what may have got lost on the way."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dao_client.cli.desk import Desk
from dao_client.cli.output import progress, say
from dao_client.cli.reveal import default_folder
from dao_client.cli.task_view import opening_times
from dao_client.documents import SubmissionRequest, parse_answers, parse_sealed
from dao_client.errors import ChainUnreachable, GatewayRefused, TransactionLost
from dao_client.gateway import GatewayClient
from dao_client.keeping import folder_of, keep_answers, name_of
from dao_client.moments import write_moment
from dao_client.types import TaskId
from dao_client.worker import SealedAnswers, force, submit


def open_gateway(url: str | None) -> GatewayClient:
    """Return the gateway at an address; refuse none."""
    if url is None:
        raise GatewayRefused(
            "no gateway: name its address with --gateway or TESSERA_GATEWAY, or go around it with "
            "--force-inclusion"
        )
    return GatewayClient(url)


def hand_in(
    desk: Desk,
    gateway: GatewayClient | None,
    sealed: SealedAnswers,
    keep: Path | None,
    kept: Path | None,
) -> dict[str, Any]:
    """Keep sealed answers, in a file or a folder, then hand them in; return what came of it.

    The file stays even if the gateway says that it took nothing: one that lies and anchors them all
    the same would have their worker slashed for answers that nobody can open any more.
    """
    file = keep or folder_of(desk.system, kept or default_folder()) / name_of(sealed)
    keep_answers(file, sealed, gateway.url if gateway else None)
    say(f"your answers are kept in {file}")
    return send_kept(desk, gateway, sealed, file)


def send_kept(
    desk: Desk, gateway: GatewayClient | None, sealed: SealedAnswers, file: Path
) -> dict[str, Any]:
    """Hand in what is kept in a file, the first time or again; return what came of it."""
    answers, task_id = len(parse_answers(sealed.answers).answers), sealed.request.submission.task_id
    with _telling_of(task_id, file, gateway), progress(f"Handing in {answers} answers"):
        outcome = _hand_in(desk, gateway, sealed.request)
    return _record(desk, sealed, answers, file) | outcome


@contextmanager
def _telling_of(task_id: TaskId, file: Path, gateway: GatewayClient | None) -> Iterator[None]:
    """Name the way out where nobody knows what became of answers: the same ones once more.

    Signed again they would be others, which gateway and contract refuse beside the first.
    """
    again = f"tessera answer {task_id} --resend {shlex.quote(str(file))}"
    advice = f"if they are in is not known: send the same ones by `{again}`"
    try:
        yield
    except GatewayRefused as error:
        if error.is_final:
            raise
        raise GatewayRefused(f"{error}; {advice}") from error
    except (ChainUnreachable, TransactionLost, KeyboardInterrupt):
        say(advice if gateway else f"{advice}, with --force-inclusion")
        raise


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


def _record(desk: Desk, sealed: SealedAnswers, answers: int, file: Path) -> dict[str, Any]:
    submission = sealed.request.submission
    boxes = len(parse_sealed(sealed.request.sealed).boxes)
    return {
        "task_id": submission.task_id,
        "worker": submission.worker,
        "assignment_id": str(submission.assignment_id),
        "answers": answers,
        "commitments_root": "0x" + submission.commitments_root.hex(),
        "sealed_to": boxes,
        "kept_in": str(file),
        **({} if boxes else _own_duty(desk, submission.task_id)),
    }


def _own_duty(desk: Desk, task_id: TaskId) -> dict[str, Any]:
    """Tell a worker who sealed to nobody when to come back: answers that stay shut are slashed."""
    times = opening_times(desk.system.task_escrow.task(task_id))
    say(
        f"nobody else can open these: run `tessera reveal {task_id}` from "
        f"{write_moment(times['reveal_from'])} until {write_moment(times['reveal_by'])}"
    )
    return times
