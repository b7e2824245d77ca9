"""What a task keeps, against a Python twin that writes everything down when a task is created."""

from dataclasses import astuple, dataclass, field

import boa
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.contracts.parameters.changes import PAUSE, set_value, value_of
from tests.system import METHOD, OTHER_METHOD, PARAMETER_IDS, ParameterValues

pytestmark = pytest.mark.chain

NAMES = list(PARAMETER_IDS)
METHODS = (METHOD, OTHER_METHOD, (1).to_bytes(32, "big"))
STEPS = st.one_of(
    st.tuples(st.just("create"), st.integers(1, 2**24)),
    st.tuples(st.just("create"), st.just(1)),
    st.tuples(st.just("change"), st.integers(0, 20)),
    st.tuples(st.just("change"), st.integers(0, 6)),
    st.tuples(st.just("switch"), st.integers(0, 2)),
)


@dataclass
class Twin:
    """What is in force, and what was when the first and last task of a group was created."""

    values: list[int]
    methods: set[bytes]
    count: int = 0
    kept: dict[int, tuple[tuple[int, ...], frozenset[bytes]]] = field(default_factory=dict)

    def create(self, tasks: int) -> None:
        for task in (self.count + 1, self.count + tasks):
            self.kept[task] = tuple(self.values), frozenset(self.methods)
        self.count += tasks


@given(steps=st.lists(STEPS, max_size=40))
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_value_for_task__any_history__is_what_the_twin_wrote_down(parameters, tasks, steps):
    timelock = parameters.timelock()
    twin = Twin(list(astuple(ParameterValues())), {METHOD})
    with boa.env.anchor():
        for step, number in steps:
            if step == "create":
                tasks.create(number)
                twin.create(number)
            elif step == "change":
                twin.values[number] = moved(parameters, number, twin.values[number])
                boa.env.time_travel(seconds=PAUSE)
                parameters.set_parameter(number, twin.values[number], sender=timelock)
            else:
                method = METHODS[number]
                switch(parameters, method, is_allowed=method in twin.methods)
                twin.methods ^= {method}
        check(parameters, twin)


def moved(parameters, place: int, old: int) -> int:
    """Return the next value: one down, or one up where that would leave the bounds."""
    return old - 1 if old > parameters.parameter(place).least else old + 1


def switch(parameters, method: bytes, *, is_allowed: bool) -> None:
    """Take a method off the list, or put it there."""
    change = parameters.forbid_method if is_allowed else parameters.allow_method
    change(method, sender=parameters.timelock())


def check(parameters, twin: Twin) -> None:
    """Compare every task at the edge of a group, and one yet to come."""
    kept = twin.kept | {twin.count + 1: (tuple(twin.values), frozenset(twin.methods))}
    for task, (values, methods) in kept.items():
        words = [parameters.rules_for_task(word, task) for word in range(3)]
        seen = [word >> 32 * place & 0xFFFFFFFF for word in words for place in range(7)]
        assert tuple(seen) == values
        allowed = {each for each in METHODS if parameters.is_method_allowed(each, task)}
        assert allowed == methods


def test_value_for_task__created_before_and_after_in_one_block__keep_their_own(parameters, tasks):
    tasks.create(1)
    set_value(parameters, "protocol_fee_bps", 250)
    tasks.create(1)

    fees = [value_of(parameters, "protocol_fee_bps", task) for task in (1, 2)]

    assert fees == [200, 250]


def test_value_for_task__two_changes_between_two_tasks__is_the_last(parameters, tasks):
    tasks.create(1)
    set_value(parameters, "protocol_fee_bps", 250)
    set_value(parameters, "grace_seconds", 80_000)
    boa.env.time_travel(seconds=PAUSE)
    set_value(parameters, "protocol_fee_bps", 300)
    tasks.create(1)

    seen = [
        [value_of(parameters, name, task) for name in ("protocol_fee_bps", "grace_seconds")]
        for task in (1, 2)
    ]

    assert seen == [[200, 86_400], [300, 80_000]]


def test_value_for_task__before_the_first_task__is_the_first_value(parameters, tasks):
    set_value(parameters, "protocol_fee_bps", 250)

    assert value_of(parameters, "protocol_fee_bps", 0) == 200
    assert value_of(parameters, "protocol_fee_bps", 1) == 250
