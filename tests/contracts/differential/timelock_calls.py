"""The calls of random operations: they note, throw, pay, come back and change the rules."""

from typing import Any

from hypothesis import strategies as st

from tests.contracts.conftest import account_of
from tests.contracts.differential.playing import calldata
from tests.contracts.differential.timelock_sides import Sides
from tests.contracts.timelock.operations import (
    ADMIN_ROLE,
    CANCELLER_ROLE,
    EXECUTOR_ROLE,
    NOTHING,
    PROPOSER_ROLE,
    Operation,
)

ROLES = [PROPOSER_ROLE, EXECUTOR_ROLE, CANCELLER_ROLE, ADMIN_ROLE, b"\x11" * 32]
ZERO = "0x" + "00" * 20
SHAPES = ["note", "note", "call back", "call back", "throw", "pay", "delay", "grant", "revoke"]
SHAPES += ["renounce", "cancel", "other code"]

numbers = st.integers(0, 9)
places = st.integers(0, 255)
# who is meant to act, more often than the others
senders = numbers.map(
    lambda number: {6: "executor", 7: "admin", 8: "stranger", 9: "target"}.get(number, "governor")
)
thrown = st.sampled_from(
    [b"", b"\x01", calldata("Error(string)", "escrow: not yet"), b"\xab" * 31, b"\xcd" * 900]
)
shapes = st.tuples(st.sampled_from(SHAPES), numbers, places, thrown)


def account_at(sides: Sides, place: int) -> str:
    """Pick somebody; never the admin, who mends what other calls break."""
    cast = sides.cast
    accounts = [cast.governor, cast.executor, cast.stranger, sides.target, ZERO, sides.timelock]
    return accounts[place % len(accounts)]


def operation_of(sides: Sides, made: list[Any], known: list[Operation], place: int) -> Operation:
    """Make an operation, in the short form half of the times that one call allows it."""
    follows = place % 5 == 0 and known
    return Operation(
        tuple(_call(sides, known, *shape) for shape in made),
        predecessor=known[-1].id if follows else NOTHING,
        salt=bytes([place % 3]) * 32,
        is_batch=len(made) != 1 or place % 2 == 0,
    )


def _call(
    sides: Sides, known: list[Operation], shape: str, number: int, place: int, data: bytes
) -> tuple[str, int, bytes]:
    """Make one call of an operation."""
    timelock, target = sides.timelock, sides.target
    role, account = ROLES[number % len(ROLES)], account_at(sides, place)
    cancelled = known[place % len(known)].id if known else NOTHING
    delay = sides.delays[number % len(sides.delays)]
    return {
        "note": (target, number % 3, calldata("note(uint256)", number)),
        "throw": (target, 0, calldata("throw(bytes)", data)),
        "pay": (account_of("payee"), number, data),
        "call back": (target, number % 2, calldata("call_back()")),
        "delay": (timelock, 0, calldata("updateDelay(uint256)", delay)),
        "grant": (timelock, 0, calldata("grantRole(bytes32,address)", role, account)),
        "revoke": (timelock, 0, calldata("revokeRole(bytes32,address)", role, account)),
        "renounce": (timelock, 0, calldata("renounceRole(bytes32,address)", role, timelock)),
        "cancel": (timelock, 0, calldata("cancel(bytes32)", cancelled)),
        "other code": (timelock, 0, data[:3]),
    }[shape]
