"""How the tests change parameters, and the counter that stands in for TaskEscrow."""

from boa.contracts.vyper.vyper_contract import VyperContract

from tests.system import DAY, PARAMETER_IDS

PAUSE = 14 * DAY
SOMEBODY = "0x" + "11" * 20
COUNTER = """
# pragma version 0.4.3
task_count: public(uint256)


@external
def create(tasks: uint256):
    self.task_count += tasks
"""


def set_value(parameters: VyperContract, name: str, value: int) -> None:
    """Change a parameter by its name, as the Timelock."""
    parameters.set_parameter(PARAMETER_IDS[name], value, sender=parameters.timelock())


def value_of(parameters: VyperContract, name: str, task: int | None = None) -> int:
    """Return what a task keeps, or what a new one would get."""
    place = PARAMETER_IDS[name]
    if task is None:
        return int(parameters.value_of(place))
    return int(parameters.value_for_task(place, task))
