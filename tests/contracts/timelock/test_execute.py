"""execute and executeBatch: executors alone, in time, once, all calls or none."""

import boa
import pytest

from tests.contracts.differential.playing import play
from tests.contracts.events import last_events
from tests.contracts.timelock.operations import (
    DONE,
    EXECUTOR_ROLE,
    FAILED_CALL,
    GRACE_SECONDS,
    MIN_DELAY,
    READY,
    Operation,
    check_refused,
    error,
    unauthorized,
    unexpected_state,
)

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20


def test_execute__ready__makes_the_calls(timelock, target, ready, executor):
    name = "executeBatch" if ready.is_batch else "execute"
    getattr(timelock, name)(*ready.terms, sender=executor)

    assert last_events(timelock) == [
        (
            "CallExecuted",
            {"id": ready.id, "index": index, "target": to, "value": value, "data": data},
        )
        for index, (to, value, data) in enumerate(ready.calls)
    ]
    noted = [log for log in timelock.get_logs() if log.address == target.address]
    assert [(log.sender, log.number) for log in noted] == [
        (timelock.address, number) for number in range(len(ready.calls))
    ]
    assert timelock.getOperationState(ready.id) == DONE
    assert timelock.getTimestamp(ready.id) == 1


def test_execute__one_second_early__is_refused(timelock, scheduled, executor, facts):
    boa.env.time_travel(seconds=MIN_DELAY - 1)

    reason = unexpected_state(scheduled, READY)
    check_refused(timelock, reason, facts, scheduled.execute, *scheduled.terms, sender=executor)


def test_execute__in_the_last_second_of_the_grace__works(timelock, ready, executor):
    boa.env.time_travel(seconds=GRACE_SECONDS)

    assert play(timelock, ready.execute, *ready.terms, sender=executor).succeeded


def test_execute__after_the_grace__is_refused(timelock, ready, executor, facts):
    boa.env.time_travel(seconds=GRACE_SECONDS + 1)

    reason = unexpected_state(ready, READY)
    check_refused(timelock, reason, facts, ready.execute, *ready.terms, sender=executor)


def test_execute__second_time__is_refused(timelock, ready, executor, facts):
    play(timelock, ready.execute, *ready.terms, sender=executor)

    reason = unexpected_state(ready, READY)
    check_refused(timelock, reason, facts, ready.execute, *ready.terms, sender=executor)


def test_execute__never_scheduled__is_refused(timelock, operation, executor, facts):
    reason = unexpected_state(operation, READY)

    check_refused(timelock, reason, facts, operation.execute, *operation.terms, sender=executor)


def test_execute__another_value__is_refused(timelock, target, make_ready, executor, facts):
    make_ready(Operation(((target.address, 0, b""),)))
    changed = Operation(((target.address, 1, b""),))

    reason = unexpected_state(changed, READY)
    check_refused(timelock, reason, facts, changed.execute, *changed.terms, sender=executor)


@pytest.mark.parametrize("role", ["proposer", "stranger", "admin"])
def test_execute__by_others__is_refused(timelock, ready, request, role, facts):
    account = request.getfixturevalue(role)

    reason = unauthorized(account, EXECUTOR_ROLE)
    check_refused(timelock, reason, facts, ready.execute, *ready.terms, sender=account)


def test_execute__open_role__is_for_everybody(timelock, ready, admin, stranger):
    timelock.grantRole(EXECUTOR_ROLE, ZERO, sender=admin)

    assert play(timelock, ready.execute, *ready.terms, sender=stranger).succeeded


@pytest.mark.parametrize("column", [0, 1, 2])
def test_execute_batch__incomplete_call__is_refused(timelock, target, executor, facts, column):
    operation = Operation(((target.address, 0, b""),) * 2)
    terms = operation.terms
    terms[column] = terms[column][:1]
    targets, values, payloads = (len(terms[place]) for place in range(3))

    signature = "TimelockInvalidOperationLength(uint256,uint256,uint256)"
    reason = error(signature, targets, payloads, values)
    check_refused(timelock, reason, facts, operation.execute, *terms, sender=executor)


def test_execute__predecessor_ready_only__is_refused(timelock, ready, make_ready, executor, facts):
    second = make_ready(Operation(ready.calls, predecessor=ready.id))

    reason = error("TimelockUnexecutedPredecessor(bytes32)", ready.id)
    check_refused(timelock, reason, facts, second.execute, *second.terms, sender=executor)


def test_execute__predecessor_done__works(timelock, ready, make_ready, executor):
    second = make_ready(Operation(ready.calls, predecessor=ready.id))
    play(timelock, ready.execute, *ready.terms, sender=executor)

    assert play(timelock, second.execute, *second.terms, sender=executor).succeeded


@pytest.mark.parametrize("data", [b"", b"\x12\x34\x56\x78"])
def test_execute__address_without_code__works(timelock, make_ready, executor, stranger, data):
    operation = make_ready(Operation(((stranger, 0, data),)))

    assert play(timelock, operation.execute, *operation.terms, sender=executor).succeeded


def test_execute__ether_that_came_along__is_sent_on(timelock, make_ready, executor, stranger):
    boa.env.set_balance(executor, 5)
    operation = make_ready(Operation(((stranger, 2, b""), (stranger, 3, b""))))

    call = (operation.execute, *operation.terms)
    assert play(timelock, *call, sender=executor, value=5).succeeded
    assert boa.env.get_balance(stranger) == 5
    assert boa.env.get_balance(timelock.address) == 0


def test_execute__more_ether_than_there_is__is_refused(
    timelock, make_ready, executor, stranger, facts
):
    boa.env.set_balance(timelock.address, 4)
    operation = make_ready(Operation(((stranger, 5, b""),)))

    call = (operation.execute, *operation.terms)
    check_refused(timelock, FAILED_CALL, facts, *call, sender=executor)
