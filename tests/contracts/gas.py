"""Measure what a transaction costs, to the unit of gas, as a receipt would say."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boa
from boa.contracts.vyper.vyper_contract import VyperContract
from boa.environment import Env

# Fixed, because addresses are calldata, and a zero byte of it is cheaper.
DEPLOYER = "0x" + "de" * 20
BASE = 21_000
ZERO_BYTE, OTHER_BYTE = 4, 16
REFUND_QUOTIENT = 5


@contextmanager
def own_chain() -> Iterator[None]:
    """Use a chain apart: its slots are committed, which titanoboa's snapshots could not undo."""
    with boa.swap_env(Env()), boa.env.prank(DEPLOYER):
        yield


def transaction_gas(contract: VyperContract, function: str, *args: Any, sender: str) -> int:
    """Send one transaction on an own chain and return its `gasUsed`."""
    boa.env.evm.vm.state.lock_changes()
    boa.env.reset_gas_used()
    method = getattr(contract, function)
    data = method.prepare_calldata(*args)
    method(*args, sender=sender)
    computation = contract._computation
    used = BASE + sum(OTHER_BYTE if byte else ZERO_BYTE for byte in data)
    used += computation.get_gas_used()
    return int(used - min(computation.get_gas_refund(), used // REFUND_QUOTIENT))
