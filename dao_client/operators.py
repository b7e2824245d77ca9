"""Who decides now: the active operators, and the keys to which answers for them are sealed."""

from collections.abc import Mapping

from dao_client.contracts.events import OperatorRegistered
from dao_client.deployment import System
from dao_client.errors import SealRefused
from dao_client.types import Address, Wei

MOST_BOXES = 64
"""Boxes in a sealed document; beyond that, operators with more stake come first."""


def active_operators(system: System, block: int | None = None) -> Mapping[Address, Wei]:
    """Return the stakes of all operators that count for the quorum, now or at a block."""
    oracle = system.verdict_oracle
    events = oracle.contract.events(OperatorRegistered, first=system.first_block, last=block)
    names = sorted({event.operator for event in events})
    known = oracle.operators(names, "latest" if block is None else block)
    return {
        account: operator.stake
        for account, operator in known.items()
        if operator.stake and not operator.retired_at
    }


def keys_to_seal_to(system: System) -> Mapping[Address, bytes]:
    """Return the sealing keys of the active operators; raise `SealRefused` when there is none."""
    stakes = active_operators(system)
    keys = system.verdict_oracle.sealing_keys(sorted(stakes))
    if not keys:
        raise SealRefused(
            f"none of the {len(stakes)} active operators has a sealing key on chain, so nobody "
            "could open your answers: wait for one (`tessera operator seal-key`), or hand in with "
            "--reveal-alone and run `tessera reveal` yourself from the opening deadline on "
            "(`reveal_from` and `reveal_by` of `tessera task show`)"
        )
    first = sorted(keys, key=lambda account: (-stakes[account], account))[:MOST_BOXES]
    return {account: keys[account] for account in sorted(first)}
