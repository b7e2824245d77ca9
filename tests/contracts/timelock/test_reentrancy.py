"""Calls may come back while their operation is executed; none of them makes it happen twice."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.differential.playing import calldata, play
from tests.contracts.timelock.operations import (
    CANCELLER_ROLE,
    DONE,
    EXECUTOR_ROLE,
    MIN_DELAY,
    PROPOSER_ROLE,
    READY,
    Operation,
    check_refused,
    unexpected_state,
)

pytestmark = pytest.mark.chain

CALL_BACK = calldata("call_back()")


@pytest.fixture
def trusted_target(timelock, target, admin):
    """A target that has every role but the admin's."""
    for role in (PROPOSER_ROLE, EXECUTOR_ROLE, CANCELLER_ROLE):
        timelock.grantRole(role, target, sender=admin)
    return target


@pytest.fixture
def returning(trusted_target, make_ready):
    """A ready operation that calls back first and then takes note."""
    first = (trusted_target.address, 0, CALL_BACK)
    second = (trusted_target.address, 0, calldata("note(uint256)", 1))
    return make_ready(Operation((first, second)))


def test_execute__executed_by_its_own_call__is_refused(
    timelock, trusted_target, returning, executor, facts
):
    trusted_target.arm(timelock, returning.execution)

    call = (returning.execute, *returning.terms)
    check_refused(timelock, unexpected_state(returning, READY), facts, *call, sender=executor)
    assert timelock.getOperationState(returning.id) == READY


def test_execute__cancelled_by_its_own_call__is_refused(
    timelock, trusted_target, returning, executor, facts
):
    trusted_target.arm(timelock, calldata("cancel(bytes32)", returning.id))

    call = (returning.execute, *returning.terms)
    check_refused(timelock, unexpected_state(returning, READY), facts, *call, sender=executor)
    assert timelock.getOperationState(returning.id) == READY


def test_execute__cancelled_and_scheduled_by_its_own_calls__is_refused(
    timelock, trusted_target, make_ready, executor, admin, facts
):
    other = deploy("mocks/CallTarget")
    timelock.grantRole(PROPOSER_ROLE, other, sender=admin)
    calls = (trusted_target.address, 0, CALL_BACK), (other.address, 0, CALL_BACK)
    operation = make_ready(Operation(calls))
    trusted_target.arm(timelock, calldata("cancel(bytes32)", operation.id))
    other.arm(timelock, calldata(operation.schedule, *operation.terms, MIN_DELAY))

    call = (operation.execute, *operation.terms)
    check_refused(timelock, unexpected_state(operation, READY), facts, *call, sender=executor)
    assert timelock.getOperationState(operation.id) == READY


def test_execute__another_operation_from_within__makes_both(
    timelock, trusted_target, returning, ready, executor
):
    trusted_target.arm(timelock, ready.execution)

    assert play(timelock, returning.execute, *returning.terms, sender=executor).succeeded
    assert timelock.getOperationState(returning.id) == DONE
    assert timelock.getOperationState(ready.id) == DONE


def test_execute__two_that_execute_each_other__are_refused(
    timelock, trusted_target, returning, make_ready, executor, admin, facts
):
    other = deploy("mocks/CallTarget")
    timelock.grantRole(EXECUTOR_ROLE, other, sender=admin)
    second = make_ready(Operation(((other.address, 0, CALL_BACK),)))
    trusted_target.arm(timelock, second.execution)
    other.arm(timelock, returning.execution)

    call = (returning.execute, *returning.terms)
    check_refused(timelock, unexpected_state(returning, READY), facts, *call, sender=executor)
    assert timelock.getOperationState(second.id) == READY


def test_execute__state_asked_for_from_within__is_ready(
    timelock, trusted_target, returning, executor
):
    trusted_target.arm(timelock, calldata("isOperationReady(bytes32)", returning.id))

    assert play(timelock, returning.execute, *returning.terms, sender=executor).succeeded


@pytest.mark.parametrize("is_batch", [False, True])
def test_execute__calls_on_the_timelock_itself__work(timelock, make_ready, executor, is_batch):
    change = (timelock.address, 0, calldata("updateDelay(uint256)", 2 * MIN_DELAY))
    operation = make_ready(Operation((change,), is_batch=is_batch))

    assert play(timelock, operation.execute, *operation.terms, sender=executor).succeeded
    assert timelock.getMinDelay() == 2 * MIN_DELAY


def test_execute__ether_sent_back_from_within__arrives(
    timelock, trusted_target, make_ready, executor
):
    boa.env.set_balance(timelock.address, 3)
    operation = make_ready(Operation(((timelock.address, 3, b""),)))

    assert play(timelock, operation.execute, *operation.terms, sender=executor).succeeded
    assert boa.env.get_balance(timelock.address) == 3
