"""Know contracts and tokens by name: what a proposal names, and what its calls are shown as."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

from eth_utils.address import is_address, to_checksum_address

from dao_client.contracts.abi import Abi
from dao_client.deployment import System
from dao_client.errors import MalformedDocument
from dao_client.types import Address


@dataclass(frozen=True, slots=True)
class Coin:
    """A token as people write amounts of it."""

    address: Address
    symbol: str
    decimals: int


class Book:
    """The addresses of one deployment."""

    def __init__(
        self, contracts: Mapping[str, Address], read_coin: Callable[[Address], Coin]
    ) -> None:
        self.contracts = contracts
        self._names = {address: name for name, address in contracts.items()}
        self._read_coin = read_coin
        self._coins: dict[Address, Coin] = {}

    @classmethod
    def of(cls, system: System) -> Self:
        """Name every contract of a deployment."""

        def read_coin(address: Address) -> Coin:
            token = system.token(address)
            return Coin(address, token.symbol(), token.decimals())

        return cls(system.deployment.contracts, read_coin)

    def address(self, text: object) -> Address:
        """Return the address of a contract's name, or one that is written out."""
        written = str(text).strip()
        if written in self.contracts:
            return self.contracts[written]
        if is_address(written):
            return Address(to_checksum_address(written))
        raise MalformedDocument(
            f"{text!r} is no address and no contract: write 0x and 40 hex digits in quotes, or one "
            f"of {', '.join(self.contracts)}"
        )

    def name(self, address: Address) -> str | None:
        """Return a contract's name, none for a stranger."""
        return self._names.get(address)

    def shown(self, address: Address) -> str:
        """Return an address as people read it."""
        name = self.name(address)
        return f"{name} {address}" if name else address

    def abi(self, address: Address) -> Abi | None:
        """Return what a contract of ours understands."""
        name = self.name(address)
        return Abi.load(name) if name else None

    def token(self, text: object) -> Coin:
        """Find a token by `tes`, `payment_token` or its address."""
        names = {"tes": "WorkToken", "payment_token": "PaymentToken"}
        return self.coin(self.address(names.get(str(text).lower(), text)))

    def coin(self, address: Address) -> Coin:
        """Return a token's name and decimals, asked for once."""
        if address not in self._coins:
            self._coins[address] = self._read_coin(address)
        return self._coins[address]
