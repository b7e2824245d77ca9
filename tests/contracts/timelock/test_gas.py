"""Gas of operations of one call of two words, exact, and never more than OpenZeppelin's."""

from collections.abc import Callable

import boa
import pytest
from eth_utils import keccak

from tests.contracts.deploying import EVM_VERSION, deploy
from tests.contracts.differential.playing import calldata, deploy_referee
from tests.contracts.gas import BASE, OTHER_BYTE, REFUND_QUOTIENT, ZERO_BYTE, own_chain
from tests.contracts.timelock.operations import MIN_DELAY, Operation

pytestmark = pytest.mark.chain

START = 1_900_000_000
GOVERNOR, WALLET, NOBODY = ("0x" + byte * 20 for byte in ("aa", "77", "00"))
TERMS = (MIN_DELAY, [GOVERNOR], [GOVERNOR], NOBODY)
NAMES = ("schedule", "execute", "schedule_batch", "execute_batch", "cancel")
GAS = {
    "cancun": (56_356, 38_665, 59_585, 42_091, 25_907),
    "shanghai": (56_629, 39_210, 59_858, 42_636, 25_908),
}


def operation_of(number: int, is_batch: bool) -> Operation:
    call = (WALLET, 0, calldata("set_parameter(uint256,uint256)", 2**255 + number, 2**255))
    return Operation((call,), salt=keccak(text="description"), is_batch=is_batch)


def costs_of(deployed: Callable[[], str]) -> dict[str, int]:
    """Return what each transaction costs on a new chain."""
    with own_chain():
        boa.env.timestamp = START
        timelock = deployed()
        single, batch = operation_of(0, is_batch=False), operation_of(0, is_batch=True)
        other = operation_of(1, is_batch=True)
        schedule = [
            gas_of(timelock, calldata(each.schedule, *each.terms, MIN_DELAY))
            for each in (single, batch, other)
        ]
        cancel = gas_of(timelock, calldata("cancel(bytes32)", other.id))
        boa.env.time_travel(seconds=MIN_DELAY)
        execute = [gas_of(timelock, each.execution) for each in (single, batch)]
    costs = (schedule[0], execute[0], schedule[1], execute[1], cancel)
    return dict(zip(NAMES, costs, strict=True))


def gas_of(timelock: str, data: bytes) -> int:
    """Send one transaction of the governor."""
    boa.env.evm.vm.state.lock_changes()
    computation = boa.env.execute_code(timelock, GOVERNOR, data=data)
    assert computation.is_success, computation.output
    used = BASE + sum(OTHER_BYTE if byte else ZERO_BYTE for byte in data)
    used += computation.get_gas_used()
    return int(used - min(computation.get_gas_refund(), used // REFUND_QUOTIENT))


def test_operations__of_one_call__cost_at_most_openzeppelins():
    ours = costs_of(lambda: str(deploy("Timelock", *TERMS).address))
    theirs = costs_of(lambda: deploy_referee("ReferenceTimelock", *TERMS))

    assert tuple(ours.values()) == GAS[EVM_VERSION]
    # the referee is compiled for cancun, where memory is copied in one step
    if EVM_VERSION == "cancun":
        assert {name: most for name, most in theirs.items() if ours[name] > most} == {}
