"""schedule and scheduleBatch: proposers alone, never below the least delay, never twice."""

import boa
import pytest

from tests.contracts.differential.playing import play
from tests.contracts.events import last_events
from tests.contracts.timelock.operations import (
    DONE,
    GRACE_SECONDS,
    MIN_DELAY,
    NOTHING,
    PROPOSER_ROLE,
    READY,
    UNSET,
    WAITING,
    Operation,
    check_refused,
    error,
    unauthorized,
    unexpected_state,
)

pytestmark = pytest.mark.chain

INVALID_LENGTH = "TimelockInvalidOperationLength(uint256,uint256,uint256)"


def test_schedule__by_the_proposer__waits(timelock, operation, proposer):
    name = "scheduleBatch" if operation.is_batch else "schedule"
    getattr(timelock, name)(*operation.terms, MIN_DELAY, sender=proposer)

    *calls, salt = last_events(timelock)
    assert salt == ("CallSalt", {"id": operation.id, "salt": operation.salt})
    assert calls == [
        (
            "CallScheduled",
            {
                "id": operation.id,
                "index": index,
                "target": target,
                "value": value,
                "data": data,
                "predecessor": NOTHING,
                "delay": MIN_DELAY,
            },
        )
        for index, (target, value, data) in enumerate(operation.calls)
    ]
    assert timelock.getTimestamp(operation.id) == boa.env.timestamp + MIN_DELAY
    assert timelock.getOperationState(operation.id) == WAITING


def test_schedule__without_salt__logs_the_calls_alone(timelock, target, proposer):
    timelock.schedule(target, 0, b"", NOTHING, NOTHING, MIN_DELAY, sender=proposer)

    assert [name for name, _ in last_events(timelock)] == ["CallScheduled"]


@pytest.mark.parametrize("role", ["executor", "stranger", "admin"])
def test_schedule__by_others__is_refused(timelock, operation, request, role, facts):
    account = request.getfixturevalue(role)
    reason = unauthorized(account, PROPOSER_ROLE)
    call = (operation.schedule, *operation.terms, MIN_DELAY)

    check_refused(timelock, reason, facts, *call, sender=account)


def test_schedule__second_time__is_refused(timelock, scheduled, proposer, facts):
    call = (scheduled.schedule, *scheduled.terms, MIN_DELAY)

    check_refused(timelock, unexpected_state(scheduled, UNSET), facts, *call, sender=proposer)


def test_schedule__what_is_done__is_refused(timelock, ready, proposer, executor, facts):
    play(timelock, ready.execute, *ready.terms, sender=executor)
    boa.env.time_travel(seconds=2 * GRACE_SECONDS)

    call = (ready.schedule, *ready.terms, MIN_DELAY)
    check_refused(timelock, unexpected_state(ready, UNSET), facts, *call, sender=proposer)
    assert timelock.getOperationState(ready.id) == DONE


def test_schedule__one_second_short__is_refused(timelock, operation, proposer, facts):
    delay = MIN_DELAY - 1
    reason = error("TimelockInsufficientDelay(uint256,uint256)", delay, MIN_DELAY)
    call = (operation.schedule, *operation.terms, delay)

    check_refused(timelock, reason, facts, *call, sender=proposer)


def test_schedule__delay_past_all_time__is_refused(timelock, operation, proposer, facts):
    call = (operation.schedule, *operation.terms, 2**256 - 1)

    check_refused(timelock, b"", facts, *call, sender=proposer)


def test_schedule__in_the_last_second_of_the_grace__is_refused(timelock, ready, proposer, facts):
    boa.env.time_travel(seconds=GRACE_SECONDS)

    call = (ready.schedule, *ready.terms, MIN_DELAY)
    check_refused(timelock, unexpected_state(ready, UNSET), facts, *call, sender=proposer)
    assert timelock.getOperationState(ready.id) == READY


def test_schedule__after_the_grace__waits_anew(timelock, ready, proposer):
    boa.env.time_travel(seconds=GRACE_SECONDS + 1)

    outcome = play(timelock, ready.schedule, *ready.terms, MIN_DELAY, sender=proposer)

    assert outcome.succeeded
    assert timelock.getOperationState(ready.id) == WAITING


@pytest.mark.parametrize("column", [0, 1, 2])
def test_schedule_batch__incomplete_call__is_refused(timelock, target, proposer, facts, column):
    operation = Operation(((target.address, 0, b""),) * 2)
    terms = operation.terms
    terms[column] = terms[column][:1]
    targets, values, payloads = (len(terms[place]) for place in range(3))

    reason = error(INVALID_LENGTH, targets, payloads, values)
    call = (operation.schedule, *terms, MIN_DELAY)
    check_refused(timelock, reason, facts, *call, sender=proposer)


def test_schedule_batch__without_calls__waits(timelock, proposer):
    nothing = Operation(())

    outcome = play(timelock, nothing.schedule, *nothing.terms, MIN_DELAY, sender=proposer)

    assert (outcome.succeeded, outcome.logs) == (True, ())
    assert timelock.getOperationState(nothing.id) == WAITING


def test_schedule_batch__as_much_as_fits__is_executed(timelock, proposer, executor):
    full = Operation(((proposer, 0, b"\xff" * 1024),) * 8)

    assert play(timelock, full.schedule, *full.terms, MIN_DELAY, sender=proposer).succeeded
    boa.env.time_travel(seconds=MIN_DELAY)
    assert play(timelock, full.execute, *full.terms, sender=executor).succeeded


@pytest.mark.parametrize(("count", "size"), [(9, 0), (1, 1025)])
def test_schedule_batch__more_than_fits__is_refused(timelock, proposer, facts, count, size):
    operation = Operation(((proposer, 0, b"\xff" * size),) * count)
    call = (operation.schedule, *operation.terms, MIN_DELAY)

    check_refused(timelock, b"", facts, *call, sender=proposer)
    assert timelock.getOperationState(operation.id) == UNSET
