"""Let every worker sign its answers and hand them in at the gateway, over HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from dao_client.deployment import System
from dao_client.gateway import GatewayClient
from dao_client.keys import LocalSigner
from dao_client.types import ItemIndex, Json, TaskId
from dao_client.worker import Answers, build_submission, submit
from scripts.demo.clock import travel_to
from scripts.demo.crowd import Crowd, CrowdWorker
from scripts.demo.journal import Step
from scripts.demo.processes import Processes

AT_ONCE = 2
"""Workers that sign and send at the same time: one signs while the gateway reads another."""
ANSWERS_AT_ONCE = 2_000
"""Answers in one assignment: its document must fit one block of 1 MiB."""
ANCHOR_TIMEOUT_SECONDS = 120.0


def hand_in(
    system: System,
    signers: Sequence[LocalSigner],
    gateway: GatewayClient,
    task_id: TaskId,
    crowd: Crowd,
    step: Step,
) -> None:
    """Build, sign and send every submission, and check the gateway's receipt for each."""
    work = [
        (signer, answers)
        for signer, worker in zip(signers, crowd.workers, strict=False)
        for answers in _assignments(worker)
    ]

    def hand_in_one(part: tuple[LocalSigner, Answers]) -> None:
        signer, answers = part
        submit(system, gateway, build_submission(system, signer, task_id, answers))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done, _ in enumerate(pool.map(hand_in_one, work), start=1):
            step.advance(done, len(work))
    step.outcome = f"{crowd.answer_count:,} answers in {len(work)} signed submissions"


def await_anchors(
    system: System, processes: Processes, expected: Mapping[TaskId, int], step: Step
) -> None:
    """Move to the last submit deadline and wait until all answers are under anchored roots."""
    escrow, total = system.task_escrow, sum(expected.values())
    travel_to(system.chain, max(escrow.task(task_id).submit_deadline for task_id in expected))

    def is_anchored() -> bool | None:
        anchored = sum(task.anchored_answers for task in escrow.tasks(list(expected)))
        step.advance(anchored, total)
        return True if anchored >= total else None

    processes.wait_until(is_anchored, "the anchor of the last answer", ANCHOR_TIMEOUT_SECONDS)
    anchors = sum(task.anchors for task in escrow.tasks(list(expected)))
    step.outcome = f"{total:,} answers under {anchors} {'root' if anchors == 1 else 'roots'}"


def _assignments(worker: CrowdWorker) -> Iterator[Answers]:
    for first in range(0, len(worker.answers), ANSWERS_AT_ONCE):
        chunk = worker.answers[first : first + ANSWERS_AT_ONCE]
        answers: dict[ItemIndex, Json] = {ItemIndex(item): label for item, label in chunk}
        yield answers
