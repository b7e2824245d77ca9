"""updateDelay and the constructor: the least delay stays within 2 and 30 days."""

import pytest
from boa import BoaError

from tests.contracts.deploying import deploy
from tests.contracts.differential.playing import calldata
from tests.contracts.events import last_events
from tests.contracts.timelock.operations import (
    ADMIN_ROLE,
    CANCELLER_ROLE,
    DAY,
    EXECUTOR_ROLE,
    MIN_DELAY,
    PROPOSER_ROLE,
    Operation,
    check_refused,
    error,
)

pytestmark = pytest.mark.chain

TOO_SHORT, TOO_LONG = 2 * DAY - 1, 30 * DAY + 1


@pytest.fixture
def change_to(timelock, make_ready):
    """Let an operation be ready that changes the delay."""

    def change(delay: int) -> Operation:
        call = (timelock.address, 0, calldata("updateDelay(uint256)", delay))
        return make_ready(Operation((call,)))

    return change


@pytest.mark.parametrize("delay", [2 * DAY, 30 * DAY])
def test_update_delay__by_an_operation__holds_for_the_next(timelock, change_to, executor, delay):
    operation = change_to(delay)

    timelock.executeBatch(*operation.terms, sender=executor)

    change = ("MinDelayChange", {"oldDuration": MIN_DELAY, "newDuration": delay})
    assert last_events(timelock)[0] == change
    assert timelock.getMinDelay() == delay


@pytest.mark.parametrize("role", ["proposer", "executor", "admin", "stranger"])
def test_update_delay__by_others__is_refused(timelock, request, role, facts):
    account = request.getfixturevalue(role)

    reason = error("TimelockUnauthorizedCaller(address)", account)
    check_refused(timelock, reason, facts, "updateDelay(uint256)", 3 * DAY, sender=account)


@pytest.mark.parametrize(
    ("delay", "text"),
    [
        (0, "timelock: delay too short"),
        (TOO_SHORT, "timelock: delay too short"),
        (TOO_LONG, "timelock: delay too long"),
        (2**256 - 1, "timelock: delay too long"),
    ],
)
def test_update_delay__out_of_bounds__is_refused(timelock, change_to, executor, facts, delay, text):
    operation = change_to(delay)

    call = (operation.execute, *operation.terms)
    check_refused(timelock, error("Error(string)", text), facts, *call, sender=executor)


@pytest.mark.parametrize(
    ("delay", "text"),
    [(TOO_SHORT, "timelock: delay too short"), (TOO_LONG, "timelock: delay too long")],
)
def test_deploy__delay_out_of_bounds__is_refused(proposer, executor, admin, delay, text):
    with pytest.raises(BoaError) as caught:
        deploy("Timelock", delay, [proposer], [executor], admin)

    assert caught.value.stack_trace.last_frame.pretty_vm_reason == text


def test_deploy__with_an_admin__gives_out_the_roles(timelock, proposer, executor, admin):
    holders = [(ADMIN_ROLE, timelock.address), (ADMIN_ROLE, admin)]
    holders += [(PROPOSER_ROLE, proposer), (CANCELLER_ROLE, proposer), (EXECUTOR_ROLE, executor)]

    granted = [fields for name, fields in last_events(timelock) if name == "RoleGranted"]
    assert [(fields["role"], fields["account"]) for fields in granted] == holders
    change = ("MinDelayChange", {"oldDuration": 0, "newDuration": MIN_DELAY})
    assert last_events(timelock)[-1] == change
    assert all(timelock.hasRole(role, account) for role, account in holders)


def test_deploy__without_an_admin__is_its_own_alone(proposer, executor):
    zero = "0x" + "00" * 20

    timelock = deploy("Timelock", 30 * DAY, [proposer], [executor], zero)

    assert len(last_events(timelock)) == 5
    assert timelock.hasRole(ADMIN_ROLE, timelock.address)
    assert not timelock.hasRole(ADMIN_ROLE, zero)
