"""Operations of the Timelock as plain values, and what it throws, byte for byte."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from boa.contracts.vyper.vyper_contract import VyperContract
from eth_abi import encode
from eth_utils import keccak

from tests.contracts.differential.playing import calldata, play

DAY = 86_400
MIN_DELAY = 2 * DAY
GRACE_SECONDS = 14 * DAY
UNSET, WAITING, READY, DONE = range(4)
NOTHING = b"\x00" * 32

ADMIN_ROLE = NOTHING
PROPOSER_ROLE = keccak(text="PROPOSER_ROLE")
EXECUTOR_ROLE = keccak(text="EXECUTOR_ROLE")
CANCELLER_ROLE = keccak(text="CANCELLER_ROLE")

SINGLE = ["address", "uint256", "bytes", "bytes32", "bytes32"]
BATCH = ["address[]", "uint256[]", "bytes[]", "bytes32", "bytes32"]
FAILED_CALL = keccak(text="FailedCall()")[:4]


@dataclass(frozen=True)
class Operation:
    """Calls that wait together; `is_batch` says which functions schedule and execute them."""

    calls: tuple[tuple[str, int, bytes], ...]
    predecessor: bytes = NOTHING
    salt: bytes = NOTHING
    is_batch: bool = True

    @property
    def terms(self) -> list[Any]:
        """The arguments that make the id."""
        if not self.is_batch:
            ((target, value, payload),) = self.calls
            return [target, value, payload, self.predecessor, self.salt]
        columns = ([call[column] for call in self.calls] for column in range(3))
        return [*columns, self.predecessor, self.salt]

    @property
    def id(self) -> bytes:
        return keccak(encode(BATCH if self.is_batch else SINGLE, self.terms))

    @property
    def schedule(self) -> str:
        return f"{'scheduleBatch' if self.is_batch else 'schedule'}({self._types},uint256)"

    @property
    def execute(self) -> str:
        return f"{'executeBatch' if self.is_batch else 'execute'}({self._types})"

    @property
    def execution(self) -> bytes:
        """The call data of its execution."""
        return calldata(self.execute, *self.terms)

    @property
    def _types(self) -> str:
        return ",".join(BATCH if self.is_batch else SINGLE)


def error(signature: str, *args: Any) -> bytes:
    """Encode a custom error, or `Error(string)` and `Panic(uint256)`."""
    return calldata(signature, *args)


def unexpected_state(operation: Operation, *expected: int) -> bytes:
    """Encode what comes when an operation is in none of the expected states."""
    bits = sum(1 << state for state in expected).to_bytes(32, "big")
    signature = "TimelockUnexpectedOperationState(bytes32,bytes32)"
    return error(signature, operation.id, bits)


def unauthorized(account: str, role: bytes) -> bytes:
    return error("AccessControlUnauthorizedAccount(address,bytes32)", account, role)


Facts = Callable[[], object]


def check_refused(
    timelock: VyperContract,
    reason: bytes,
    facts: Facts,
    function: str,
    *args: Any,
    sender: str,
    value: int = 0,
) -> None:
    """Expect exactly these bytes, and `facts()` to be the same before and after."""
    before = facts()
    outcome = play(timelock, function, *args, sender=sender, value=value)
    assert (outcome.succeeded, outcome.returned) == (False, reason)
    assert facts() == before
