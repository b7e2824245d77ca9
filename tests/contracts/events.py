"""What a contract logged."""

from typing import Any

from boa.contracts.vyper.vyper_contract import VyperContract


def last_events(contract: VyperContract) -> list[tuple[str, dict[str, Any]]]:
    """Return name and fields of each event of the contract itself in the last call to it."""
    return [
        (type(event).__name__, {name: getattr(event, name) for name in event._fields[1:]})
        for event in contract.get_logs(strict=False)
        if getattr(event, "address", None) == contract.address
    ]
