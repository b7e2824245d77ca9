"""Random machines of which every action really happens, and that count how often.

Swarm testing switches most of many rules off in each example, and a rule that finds nothing to do
is a step lost. So a machine has one rule, which tries its actions until one is done: in random
order, half of the time those first that were done least. The first ten examples of Hypothesis stop
after a few steps; they come on top.
"""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

SHORT_EXAMPLES = 10


class NothingToDo(Exception):
    """Nothing is in a state that the action needs."""


def action(**strategies: st.SearchStrategy[Any]) -> Callable[[Any], Any]:
    """Mark a method as something that can happen, with arguments drawn from `strategies`."""

    def mark(method: Any) -> Any:
        method.strategies = strategies
        return method

    return mark


class ActingMachine(RuleBasedStateMachine):
    """`done` counts over all examples: actions by name, and whatever else an action counts."""

    done: ClassVar[Counter[str]]

    def __init_subclass__(cls) -> None:
        cls.done = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.did: Counter[str] = Counter()  # in this example

    @classmethod
    def actions(cls) -> list[str]:
        return [name for name in dir(cls) if hasattr(getattr(cls, name), "strategies")]

    @rule(data=st.data())
    def act(self, data: Any) -> None:
        """Let something happen."""
        dice = Random(data.draw(st.integers(0, 2**64 - 1)))
        names = self.actions()
        names = dice.sample(names, len(names))
        for name in sorted(names, key=self.did.__getitem__) if dice.randrange(2) else names:
            method = getattr(self, name)
            arguments = data.draw(st.fixed_dictionaries(method.strategies))
            try:
                method(**arguments)
            except NothingToDo:
                continue
            self.done[name] += 1
            self.did[name] += 1
            return


def run_and_count(
    machine: type[ActingMachine], *also: str, least: int, examples: int, steps: int
) -> None:
    """Run a machine, the same examples each time; refuse a run that left something untried.

    Every action, and what `also` names, must have been done `least` times.
    """
    machine.done.clear()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SHORT_EXAMPLES + examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    names = (*machine.actions(), *also)
    rare = {name: machine.done[name] for name in names if machine.done[name] < least}
    assert not rare, f"done less than {least} times: {rare}"
