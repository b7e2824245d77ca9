"""Random calls to both timelocks; whatever comes of one must come of the other."""

from typing import Any

from hypothesis import event, note, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.contracts.differential.playing import Outcome, calldata
from tests.contracts.differential.timelock_calls import (
    ROLES,
    ZERO,
    account_at,
    numbers,
    operation_of,
    places,
    senders,
    shapes,
)
from tests.contracts.differential.timelock_sides import Sides
from tests.contracts.timelock.operations import DAY, GRACE_SECONDS, MIN_DELAY, Operation

READERS = ["getTimestamp", "getOperationState", "isOperation", "isOperationPending"]
READERS += ["isOperationReady", "isOperationDone"]
ROLE = "(bytes32,address)"
# seconds after an operation became ready
MOMENTS = [0, 0, 0, 1, -1, GRACE_SECONDS, GRACE_SECONDS + 1]


class TimelockMachine(RuleBasedStateMachine):
    """Keeps the operations that were tried; the two sides keep the rest."""

    referee = "ReferenceTimelock"
    has_grace = False
    delays = (2 * DAY, 3 * DAY, 30 * DAY)

    def __init__(self) -> None:
        super().__init__()
        self.sides = Sides(self.referee, self.delays)
        self.operations: list[Operation] = []

    @rule(made=st.lists(shapes, max_size=3), sender=senders, place=places, delay=numbers)
    def schedule(self, made: list[Any], sender: str, place: int, delay: int) -> None:
        """Schedule something new."""
        self.operations.append(operation_of(self.sides, made, self.operations, place))
        self._schedule(self.operations[-1], sender, delay - 1)

    @rule(
        made=st.lists(shapes, min_size=1, max_size=3),
        place=places,
        armed=st.sampled_from(["execute", "cancel", "schedule", "other", "other"]),
    )
    def live(self, made: list[Any], place: int, armed: str) -> None:
        """Take an operation from its beginning to its end, with a target that comes back."""
        for role in ROLES[:3]:
            self._play(f"grantRole{ROLE}", role, self.sides.cast.governor, sender="admin")
            self._play(f"grantRole{ROLE}", role, self.sides.target, sender="admin")
        others = self.operations[-1:]
        self.schedule(made, "governor", place, 1)
        operation = self.operations[-1]
        self._arm([operation, *others][armed == "other" and bool(others)], armed)
        self._wait_for(operation, 0)
        self._execute(operation, "governor", place % 10)

    @precondition(lambda self: self.operations)
    @rule(place=places, sender=senders, value=numbers)
    def execute(self, place: int, sender: str, value: int) -> None:
        """Execute something, most often in time."""
        operation = self._pick(place)
        if place % 4:
            self._wait_for(operation, place)
        self._execute(operation, sender, value)

    @precondition(lambda self: self.operations)
    @rule(place=places, sender=senders, is_forgotten=st.booleans())
    def meddle(self, place: int, sender: str, is_forgotten: bool) -> None:
        """Cancel something, or schedule it again, whatever became of it."""
        operation = self._pick(place)
        if is_forgotten:
            outcome = self._play("cancel(bytes32)", operation.id, sender=sender)
            event(f"cancel: {kind_of(outcome)}")
        else:
            self._schedule(operation, sender, place % 4 - 1)
        self._compare(operation)

    @precondition(lambda self: any(each.is_batch for each in self.operations))
    @rule(column=st.integers(0, 2), extra=st.booleans(), is_execution=st.booleans())
    def break_lengths(self, column: int, extra: bool, is_execution: bool) -> None:
        """Schedule or execute calls some of which lack a part."""
        operation = next(each for each in self.operations[::-1] if each.is_batch)
        terms = operation.terms
        empty = (ZERO, 0, b"")[column]
        terms[column] = [*terms[column], empty] if extra else terms[column][1:]
        more = () if is_execution else (MIN_DELAY,)
        function = operation.execute if is_execution else operation.schedule
        self._play(function, *terms, *more, sender="governor")

    @rule(
        kind=st.sampled_from(["grantRole", "revokeRole", "renounceRole"]),
        role=st.sampled_from(ROLES),
        place=places,
        sender=st.sampled_from(["admin", "admin", "governor", "stranger"]),
    )
    def change_role(self, kind: str, role: bytes, place: int, sender: str) -> None:
        """Give, take or give up a role."""
        account = account_at(self.sides, place)
        self._play(kind + ROLE, role, account, sender=sender)
        assert self.sides.play(f"hasRole{ROLE}", role, account).succeeded

    @rule(
        days=st.sampled_from([0, 1, 2, 10, 14, 40]),
        sender=senders,
        data=st.sampled_from([b"", b"\x00", b"\x12\x34\x56\x78"]),
        value=numbers,
    )
    def idle(self, days: int, sender: str, data: bytes, value: int) -> None:
        """Let time pass, send ether or nonsense, and try to change the delay directly."""
        self._travel_to(self.sides.now + days * DAY + 1)
        self._play("updateDelay(uint256)", days * DAY, sender=sender)
        self.sides.send(data, self.sides.cast.stranger, value)

    @invariant()
    def same_balances(self) -> None:
        """Ether went the same ways."""
        cast = self.sides.cast
        self.sides.balances(self.sides.timelock, self.sides.target, cast.governor, cast.stranger)

    def teardown(self) -> None:
        """Compare everything once more."""
        for operation in self.operations:
            self._compare(operation)
        for role in ROLES:
            self.sides.play("getRoleAdmin(bytes32)", role)
            for place in range(6):
                self.sides.play(f"hasRole{ROLE}", role, account_at(self.sides, place))

    def _schedule(self, operation: Operation, sender: str, delay: int) -> None:
        """Wait `delay` seconds longer than must be."""
        least = self.sides.play("getMinDelay()").values("uint256")
        outcome = self._play(operation.schedule, *operation.terms, least + delay, sender=sender)
        event(f"schedule: {kind_of(outcome)}")
        self._compare(operation)

    def _execute(self, operation: Operation, sender: str, value: int) -> None:
        value = 0 if sender in ("admin", "target") else value
        outcome = self._play(operation.execute, *operation.terms, sender=sender, value=value)
        event(f"execute: {kind_of(outcome)}")
        self._compare(operation)

    def _arm(self, operation: Operation, kind: str) -> None:
        """Let the target come back with a call about an operation, when it is called next."""
        call = {
            "cancel": calldata("cancel(bytes32)", operation.id),
            "schedule": calldata(operation.schedule, *operation.terms, 3 * DAY),
        }.get(kind, operation.execution)
        terms = {"to": self.sides.target, "sender": self.sides.cast.stranger}
        self.sides.play("arm(address,bytes)", self.sides.timelock, call, **terms)

    def _compare(self, operation: Operation) -> None:
        for reader in READERS:
            self.sides.play(f"{reader}(bytes32)", operation.id)
        hashed = operation.execute.replace("execute", "hashOperation")
        assert self.sides.play(hashed, *operation.terms).values("bytes32") == operation.id

    def _play(self, function: str, *args: Any, sender: str, value: int = 0) -> Outcome:
        note(f"{function} {args} by {sender} with {value}")
        sides = self.sides
        account = sides.target if sender == "target" else getattr(sides.cast, sender)
        return sides.play(function, *args, sender=account, value=value)

    def _pick(self, place: int) -> Operation:
        return self.operations[-1 - place % min(len(self.operations), 4)]

    def _wait_for(self, operation: Operation, place: int) -> None:
        """Go to about the moment at which it becomes ready, or loses that again."""
        timestamp = self.sides.play("getTimestamp(bytes32)", operation.id).values("uint256")
        if timestamp > 1:
            self._travel_to(max(self.sides.now, timestamp + MOMENTS[place % len(MOMENTS)]))

    def _travel_to(self, moment: int) -> None:
        """Never pass a grace where the referee knows none."""
        if not self.has_grace:
            stamps = (
                self.sides.play("getTimestamp(bytes32)", each.id).values("uint256")
                for each in self.operations
            )
            moment = min([moment, *(stamp + GRACE_SECONDS for stamp in stamps if stamp > 1)])
        self.sides.travel_to(moment)


class BoundedTimelockMachine(TimelockMachine):
    """The same against OpenZeppelin's with the grace and the bounds of the delay."""

    referee = "BoundedTimelock"
    has_grace = True
    delays = (0, 2 * DAY - 1, 2 * DAY, 5 * DAY, 30 * DAY, 30 * DAY + 1, 2**256 - 1)


def kind_of(outcome: Outcome) -> str:
    """Say roughly what came of a call, for Hypothesis' statistics."""
    return "works" if outcome.succeeded else outcome.returned[:4].hex() or "no reason"
