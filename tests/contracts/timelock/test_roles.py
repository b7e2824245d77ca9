"""grantRole, revokeRole, renounceRole: the admin's role alone gives and takes."""

import pytest

from tests.contracts.differential.playing import calldata, play
from tests.contracts.events import last_events
from tests.contracts.timelock.operations import (
    ADMIN_ROLE,
    CANCELLER_ROLE,
    EXECUTOR_ROLE,
    PROPOSER_ROLE,
    Operation,
    check_refused,
    error,
    unauthorized,
)

pytestmark = pytest.mark.chain

GRANT, REVOKE = "grantRole(bytes32,address)", "revokeRole(bytes32,address)"
RENOUNCE = "renounceRole(bytes32,address)"


def test_grant_role__by_the_admin__is_logged_once(timelock, admin, stranger):
    timelock.grantRole(PROPOSER_ROLE, stranger, sender=admin)

    fields = {"role": PROPOSER_ROLE, "account": stranger, "sender": admin}
    assert last_events(timelock) == [("RoleGranted", fields)]
    assert timelock.hasRole(PROPOSER_ROLE, stranger)

    timelock.grantRole(PROPOSER_ROLE, stranger, sender=admin)
    assert last_events(timelock) == []


def test_revoke_role__by_the_admin__is_logged_once(timelock, admin, proposer):
    timelock.revokeRole(CANCELLER_ROLE, proposer, sender=admin)

    fields = {"role": CANCELLER_ROLE, "account": proposer, "sender": admin}
    assert last_events(timelock) == [("RoleRevoked", fields)]
    assert not timelock.hasRole(CANCELLER_ROLE, proposer)

    timelock.revokeRole(CANCELLER_ROLE, proposer, sender=admin)
    assert last_events(timelock) == []


@pytest.mark.parametrize("function", [GRANT, REVOKE])
@pytest.mark.parametrize("role", [ADMIN_ROLE, PROPOSER_ROLE, b"\x01" * 32])
@pytest.mark.parametrize("who", ["proposer", "executor", "stranger"])
def test_grant_and_revoke__by_others__are_refused(timelock, request, function, role, who, facts):
    account = request.getfixturevalue(who)

    reason = unauthorized(account, ADMIN_ROLE)
    check_refused(timelock, reason, facts, function, role, account, sender=account)


def test_grant_role__by_an_operation__works(timelock, make_ready, executor, stranger):
    call = (timelock.address, 0, calldata(GRANT, EXECUTOR_ROLE, stranger))
    operation = make_ready(Operation((call,)))

    assert play(timelock, operation.execute, *operation.terms, sender=executor).succeeded
    assert timelock.hasRole(EXECUTOR_ROLE, stranger)


def test_renounce_role__own__is_gone(timelock, proposer):
    timelock.renounceRole(PROPOSER_ROLE, proposer, sender=proposer)

    fields = {"role": PROPOSER_ROLE, "account": proposer, "sender": proposer}
    assert last_events(timelock) == [("RoleRevoked", fields)]
    assert not timelock.hasRole(PROPOSER_ROLE, proposer)


def test_renounce_role__one_never_had__changes_nothing(timelock, stranger, facts):
    before = facts()

    timelock.renounceRole(PROPOSER_ROLE, stranger, sender=stranger)

    assert last_events(timelock) == []
    assert facts() == before


def test_renounce_role__of_another__is_refused(timelock, proposer, admin, facts):
    reason = error("AccessControlBadConfirmation()")

    check_refused(timelock, reason, facts, RENOUNCE, PROPOSER_ROLE, proposer, sender=admin)


def test_grant_role__by_an_admin_who_left__is_refused(timelock, admin, stranger, facts):
    timelock.renounceRole(ADMIN_ROLE, admin, sender=admin)

    reason = unauthorized(admin, ADMIN_ROLE)
    check_refused(timelock, reason, facts, GRANT, PROPOSER_ROLE, stranger, sender=admin)


def test_role_admin__of_any_role__is_the_admin_role(timelock):
    for role in (ADMIN_ROLE, PROPOSER_ROLE, EXECUTOR_ROLE, CANCELLER_ROLE, b"\x01" * 32):
        assert timelock.getRoleAdmin(role) == ADMIN_ROLE
