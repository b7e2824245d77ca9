"""Let every worker sign its answers and hand them in at the gateway, over HTTP."""

from collections.abc import Iterator

from dao_client.deployment import System
from dao_client.gateway import GatewayClient
from dao_client.types import ItemIndex, Json, TaskId
from dao_client.worker import Answers, build_submission, submit
from scripts.demo.clock import travel_to
from scripts.demo.crowd import Crowd, CrowdWorker
from scripts.demo.journal import Step
from scripts.demo.processes import Processes
from scripts.demo.wallets import Wallets

ANSWERS_AT_ONCE = 2_000
"""Answers in one assignment: its document must fit one block of 1 MiB."""
ANCHOR_TIMEOUT_SECONDS = 120.0


def hand_in(
    system: System,
    wallets: Wallets,
    gateway: GatewayClient,
    task_id: TaskId,
    crowd: Crowd,
    step: Step,
) -> None:
    """Build, sign and send every submission, and check the gateway's receipt for each."""
    total, submissions = len(crowd.workers), 0
    for done, (signer, worker) in enumerate(zip(wallets.workers, crowd.workers, strict=True)):
        for answers in _assignments(worker):
            submit(system, gateway, build_submission(system, signer, task_id, answers))
            submissions += 1
        step.advance(done + 1, total)
    step.outcome = f"{crowd.answer_count:,} answers in {submissions} signed submissions"


def await_anchors(
    system: System, processes: Processes, task_id: TaskId, answers: int, step: Step
) -> None:
    """Move to the submit deadline and wait until every answer is under an anchored root."""
    travel_to(system.chain, system.task_escrow.task(task_id).submit_deadline)

    def is_anchored() -> bool | None:
        anchored = system.task_escrow.task(task_id).anchored_answers
        step.advance(anchored, answers)
        return True if anchored >= answers else None

    processes.wait_until(is_anchored, "the anchor of the last answer", ANCHOR_TIMEOUT_SECONDS)
    anchors = system.task_escrow.task(task_id).anchors
    step.outcome = f"{answers:,} answers under {anchors} {'root' if anchors == 1 else 'roots'}"


def _assignments(worker: CrowdWorker) -> Iterator[Answers]:
    for first in range(0, len(worker.answers), ANSWERS_AT_ONCE):
        chunk = worker.answers[first : first + ANSWERS_AT_ONCE]
        answers: dict[ItemIndex, Json] = {ItemIndex(item): label for item, label in chunk}
        yield answers
