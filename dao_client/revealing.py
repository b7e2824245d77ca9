"""Reveal sealed answers: publish what is inside, no earlier than everybody else is bound."""

from dao_client.canonical import digest_of
from dao_client.deployment import System
from dao_client.errors import SealRefused
from dao_client.gateway import GatewayClient
from dao_client.moments import write_moment
from dao_client.types import Task, Timestamp
from dao_client.windows import Windows
from dao_client.worker import SealedAnswers
from ipfs_store import Cid, Store, cid_from_digest


def check_due(task: Task, signed_until: int, clock: Timestamp) -> None:
    """Refuse to reveal while a gateway can still anchor the same answers for others."""
    due = Windows.of(task).opens_at(signed_until)
    if clock < due:
        raise SealRefused(
            f"such answers of task {task.task_id} are anchored until {write_moment(due)}, it is "
            f"{write_moment(clock)}: revealed now, everybody could copy yours; run this again then"
        )


def reveal(system: System, target: GatewayClient | Store, kept: SealedAnswers) -> Cid:
    """Give the answers document to a gateway, or to a store that operators can read."""
    submission = kept.request.submission
    task = system.task_escrow.task(submission.task_id)
    check_due(task, submission.deadline, system.chain.clock())
    if isinstance(target, GatewayClient):
        target.reveal(task.task_id, kept.answers)
        return cid_from_digest(digest_of(kept.answers))
    return target.put_block(kept.answers)
