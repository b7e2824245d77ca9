"""execute and executeBatch: what a target throws comes out, and everything is undone."""

import pytest

from tests.contracts.differential.playing import calldata
from tests.contracts.timelock.operations import (
    FAILED_CALL,
    READY,
    Operation,
    check_refused,
    error,
)

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20


@pytest.mark.parametrize("is_batch", [False, True])
@pytest.mark.parametrize(
    ("thrown", "passed_on"),
    [
        (b"", FAILED_CALL),
        (b"\x01", b"\x01"),
        (error("Error(string)", "escrow: not yet"), error("Error(string)", "escrow: not yet")),
        (error("Custom(uint256)", 7), error("Custom(uint256)", 7)),
        (b"\xab" * 1024, b"\xab" * 1024),
        (b"\xab" * 1025, b"\xab" * 1024),
    ],
    ids=["nothing", "byte", "text", "custom", "most", "more"],
)
def test_execute__target_throws__throws_the_same(
    timelock, target, make_ready, executor, facts, thrown, passed_on, is_batch
):
    target.arm(target, calldata("throw(bytes)", thrown))
    throws = (target.address, 0, calldata("call_back()"))
    operation = make_ready(Operation((throws,), is_batch=is_batch))

    call = (operation.execute, *operation.terms)
    check_refused(timelock, passed_on, facts, *call, sender=executor)
    assert timelock.getOperationState(operation.id) == READY


def test_execute_batch__last_call_throws__undoes_the_first(
    timelock, target, make_ready, executor, facts
):
    calls = (
        (target.address, 0, calldata("arm(address,bytes)", executor, b"")),
        (target.address, 0, calldata("throw(bytes)", b"no")),
    )
    operation = make_ready(Operation(calls))

    call = (operation.execute, *operation.terms)
    check_refused(timelock, b"no", facts, *call, sender=executor)
    assert target.target() == ZERO
