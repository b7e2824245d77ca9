"""What is anchored too late counts for nobody: answers left over go first, and never later."""

import pytest
from structlog.testing import capture_logs

from tests.dao_api.anchoring.conftest import Anchoring
from tests.dao_api.world import (
    AUDIT_DEADLINE,
    OPENING_DEADLINE,
    OPERATOR,
    SUBMIT_DEADLINE,
    Work,
)

pytestmark = pytest.mark.unit

AUDIT = Work(worker=OPERATOR, items=(4,), deadline=AUDIT_DEADLINE)


def anchored_at(anchoring: Anchoring, now: int) -> list[int]:
    """Let the loop look once at a time; return the assignments under anchors."""
    anchoring.world.view.now = now
    anchoring.loop.step()
    batches = anchoring.batches()
    return [row.assignment_id for batch in batches for row in anchoring.members(batch.id)]


@pytest.mark.parametrize(
    ("now", "anchored"),
    [
        (SUBMIT_DEADLINE - 1, []),
        (SUBMIT_DEADLINE, [77]),
        (OPENING_DEADLINE - 1, [77]),
        (OPENING_DEADLINE, []),
    ],
)
def test_step__answers_of_the_last_second__go_at_once_or_never(
    anchoring: Anchoring, now: int, anchored: list[int]
) -> None:
    anchoring.world.view.now = SUBMIT_DEADLINE - 1
    assert anchoring.world.post(Work().body()).status_code == 201

    assert anchored_at(anchoring, now) == anchored


@pytest.mark.parametrize(
    ("now", "anchored"),
    [
        (OPENING_DEADLINE + 29, []),
        (OPENING_DEADLINE + 30, [77]),
        (AUDIT_DEADLINE - 1, [77]),
        (AUDIT_DEADLINE, []),
    ],
)
def test_step__audit__is_anchored_before_audits_are_opened_or_never(
    anchoring: Anchoring, now: int, anchored: list[int]
) -> None:
    anchoring.world.view.now = OPENING_DEADLINE
    anchoring.world.view.operators.add(OPERATOR.address)
    assert anchoring.world.post(AUDIT.body()).status_code == 201

    assert anchored_at(anchoring, now) == anchored


def test_step__answers_too_late_and_audits__anchors_the_audits_alone_and_says_so_once(
    due: Anchoring,
) -> None:
    world = due.world
    world.view.now = OPENING_DEADLINE
    world.view.operators.add(OPERATOR.address)
    assert world.post(Work(worker=OPERATOR, items=(4,), assignment_id=5).body()).status_code == 409
    audit = Work(worker=OPERATOR, items=(4,), assignment_id=5, deadline=AUDIT_DEADLINE)
    assert world.post(audit.body()).status_code == 201

    with capture_logs() as logs:
        assert anchored_at(due, OPENING_DEADLINE + 30) == [5]
        due.index(due.batches()[0])
        due.loop.step()

    late = [each for each in logs if each["event"] == "too late to anchor"]
    assert [(each["task_id"], each["submissions"]) for each in late] == [(1, 2)]
