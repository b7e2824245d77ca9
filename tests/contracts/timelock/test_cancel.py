"""cancel: cancellers alone, and only what is still to come."""

import boa
import pytest

from tests.contracts.differential.playing import play
from tests.contracts.events import last_events
from tests.contracts.timelock.operations import (
    CANCELLER_ROLE,
    GRACE_SECONDS,
    MIN_DELAY,
    READY,
    UNSET,
    WAITING,
    check_refused,
    unauthorized,
    unexpected_state,
)

pytestmark = pytest.mark.chain

CANCEL = "cancel(bytes32)"


@pytest.mark.parametrize("seconds", [0, MIN_DELAY, MIN_DELAY + GRACE_SECONDS])
def test_cancel__waiting_or_ready__is_forgotten(timelock, scheduled, proposer, seconds):
    boa.env.time_travel(seconds=seconds)

    timelock.cancel(scheduled.id, sender=proposer)

    assert last_events(timelock) == [("Cancelled", {"id": scheduled.id})]
    assert timelock.getOperationState(scheduled.id) == UNSET
    assert timelock.getTimestamp(scheduled.id) == 0


def test_cancel__scheduled_anew__waits_again(timelock, scheduled, proposer):
    timelock.cancel(scheduled.id, sender=proposer)

    play(timelock, scheduled.schedule, *scheduled.terms, MIN_DELAY, sender=proposer)

    assert timelock.getOperationState(scheduled.id) == WAITING


@pytest.mark.parametrize("role", ["executor", "stranger", "admin"])
def test_cancel__by_others__is_refused(timelock, scheduled, request, role, facts):
    account = request.getfixturevalue(role)

    reason = unauthorized(account, CANCELLER_ROLE)
    check_refused(timelock, reason, facts, CANCEL, scheduled.id, sender=account)


def test_cancel__unknown__is_refused(timelock, operation, proposer, facts):
    reason = unexpected_state(operation, WAITING, READY)

    check_refused(timelock, reason, facts, CANCEL, operation.id, sender=proposer)


def test_cancel__done__is_refused(timelock, ready, proposer, executor, facts):
    play(timelock, ready.execute, *ready.terms, sender=executor)

    reason = unexpected_state(ready, WAITING, READY)
    check_refused(timelock, reason, facts, CANCEL, ready.id, sender=proposer)


def test_cancel__after_the_grace__is_refused(timelock, ready, proposer, facts):
    boa.env.time_travel(seconds=GRACE_SECONDS + 1)

    reason = unexpected_state(ready, WAITING, READY)
    check_refused(timelock, reason, facts, CANCEL, ready.id, sender=proposer)


def test_execute__after_cancel__is_refused(timelock, ready, proposer, executor, facts):
    timelock.cancel(ready.id, sender=proposer)

    reason = unexpected_state(ready, READY)
    check_refused(timelock, reason, facts, ready.execute, *ready.terms, sender=executor)
