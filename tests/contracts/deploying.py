"""Compile contracts for the EVM version under test and deploy them on titanoboa's chain."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import boa
from boa.contracts.vyper.vyper_contract import VyperContract, VyperDeployer
from eth._utils.address import generate_contract_address
from eth_utils import to_canonical_address, to_checksum_address

CONTRACTS = Path(__file__).parent.parent.parent / "contracts"
# TESSERA_EVM=shanghai runs the same tests on what Ganache gets.
EVM_VERSION = os.environ.get("TESSERA_EVM", "cancun")


@cache
def deployer_of(name: str) -> VyperDeployer:
    """Compile `contracts/<name>.vy`."""
    path = CONTRACTS / f"{name}.vy"
    return boa.load_partial(str(path), compiler_args={"evm_version": EVM_VERSION})


def deploy(name: str, *args: Any) -> VyperContract:
    """Deploy `contracts/<name>.vy` from the current sender."""
    return deployer_of(name).deploy(*args)


def predict_addresses(count: int) -> list[str]:
    """Return where the next `count` deployments of the current sender will be."""
    sender = to_canonical_address(boa.env.eoa)
    nonce = boa.env.evm.vm.state.get_nonce(sender)
    return [
        to_checksum_address(generate_contract_address(sender, nonce + offset))
        for offset in range(count)
    ]
