"""force_submission: a worker whom the gateway ignores."""

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import DAY, EVIDENCE, ROOT, ZERO, pass_submit_deadline

pytestmark = pytest.mark.chain


def test_force_submission__open_task__is_marked_and_logged(escrow, task, honest_worker):
    escrow.force_submission(task, 3, ROOT, EVIDENCE, sender=honest_worker)

    fields = {
        "task_id": task,
        "worker": honest_worker,
        "assignment_id": 3,
        "commitments_root": ROOT,
        "payload": EVIDENCE,
    }
    assert last_events(escrow) == [("SubmissionForced", fields)]
    assert escrow.task_of(task).has_forced


def test_force_submission__again__is_logged_again(escrow, task, honest_worker, lazy_worker):
    escrow.force_submission(task, 3, ROOT, EVIDENCE, sender=honest_worker)
    before = escrow.task_of(task)

    escrow.force_submission(task, 4, ROOT, EVIDENCE, sender=lazy_worker)

    assert last_events(escrow)[0][1]["worker"] == lazy_worker
    assert escrow.task_of(task) == before


def test_force_submission__last_second__is_taken(escrow, task, honest_worker):
    boa.env.time_travel(seconds=DAY - 1)

    escrow.force_submission(task, 3, ROOT, EVIDENCE, sender=honest_worker)

    assert escrow.task_of(task).has_forced


def test_force_submission__after_the_deadline__is_refused(escrow, task, honest_worker, books):
    pass_submit_deadline()

    with refused("escrow: submissions are over", books):
        escrow.force_submission(task, 3, ROOT, EVIDENCE, sender=honest_worker)


def test_force_submission__unknown_task__is_refused(escrow, task, honest_worker, books):
    with refused("escrow: unknown task", books):
        escrow.force_submission(task + 1, 3, ROOT, EVIDENCE, sender=honest_worker)


def test_force_submission__cancelled_task__is_refused(
    escrow, task, requester, honest_worker, books
):
    escrow.cancel_task(task, sender=requester)

    with refused("escrow: task is over", books):
        escrow.force_submission(task, 3, ROOT, EVIDENCE, sender=honest_worker)


def test_force_submission__zero_root__is_refused(escrow, task, honest_worker, books):
    with refused("escrow: zero root", books):
        escrow.force_submission(task, 3, ZERO, EVIDENCE, sender=honest_worker)
