"""The same random calls to our Governor and to OpenZeppelin's Governor 5.7 with seven extensions."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contracts.differential.governor_machine import CriticalMachine, NumberMachine

pytestmark = pytest.mark.chain

STEPS = settings(
    max_examples=10,
    stateful_step_count=20,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_governor__under_random_votes_on_numbers__does_as_openzeppelins() -> None:
    run_state_machine_as_test(NumberMachine, settings=STEPS)


def test_governor__under_random_votes_on_anything__does_as_openzeppelins() -> None:
    run_state_machine_as_test(CriticalMachine, settings=STEPS)
