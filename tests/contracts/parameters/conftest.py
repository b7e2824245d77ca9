"""Parameters beside a counter of tasks, which is all that it asks of TaskEscrow."""

from collections.abc import Callable
from dataclasses import astuple

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.deploying import deploy
from tests.contracts.parameters.changes import COUNTER
from tests.system import METHOD, OTHER_METHOD, PARAMETER_IDS, ParameterValues

Books = Callable[[], object]


@pytest.fixture
def tasks() -> VyperContract:
    """A fake TaskEscrow without any task."""
    return boa.loads(COUNTER)


@pytest.fixture
def parameters(timelock: str, tasks: VyperContract) -> VyperContract:
    """The defaults and one method."""
    return deploy("Parameters", timelock, tasks, list(astuple(ParameterValues())), [METHOD])


@pytest.fixture
def books(parameters: VyperContract) -> Books:
    """Everything that a refused call could have changed."""

    def read() -> object:
        return (
            [parameters.parameter(place) for place in PARAMETER_IDS.values()],
            [[parameters.rules_for_task(word, task) for task in range(4)] for word in range(3)],
            [
                parameters.is_method_allowed(method, task)
                for method in (METHOD, OTHER_METHOD)
                for task in range(4)
            ],
        )

    return read
