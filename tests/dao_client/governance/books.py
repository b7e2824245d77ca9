"""A deployment's names without a chain."""

import yaml
from eth_utils import to_checksum_address

from dao_client.governance.book import Book, Coin
from dao_client.types import Address

NAMES = (
    "WorkToken", "Staking", "TaskEscrow", "VerdictOracle", "Parameters", "Timelock", "Governor",
    "WorkerHouse", "Rewards", "Treasury", "PaymentToken", "InsurancePool", "EntryStake",
)  # fmt: skip
CONTRACTS = {
    name: Address(to_checksum_address(f"0x{place:040x}"))
    for name, place in zip(NAMES, range(17, 17 + len(NAMES)), strict=True)
}
STRANGER = Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")

CALL = f'call: {{contract: "{STRANGER}", function'
GRANT = "grant: {token: tes, to: Treasury, amount: 10, cliff: 90d, duration: 365d, starts"
"""Beginnings of changes in a proposal file."""


def coin(address: Address) -> Coin:
    """Six decimals for the payment token, eighteen for every other."""
    if address == CONTRACTS["PaymentToken"]:
        return Coin(address, "TEST", 6)
    return Coin(address, "TES", 18)


def book() -> Book:
    return Book(CONTRACTS, coin)


def proposal(change: str) -> dict[str, object]:
    return {"title": "Change it", "changes": [yaml.safe_load(change)]}
