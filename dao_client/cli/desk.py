"""Give commands the options that all share, as one object: contracts, wallet, and how to print.

`@with_desk` puts --rpc, --deployment and --json behind a command's own options; `@with_wallet` also
--keystore and --account. The command's first parameter is the `Desk` made from them.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from dao_client.amounts import format_amount
from dao_client.chain import Mined
from dao_client.cli.connection import open_sender, open_system
from dao_client.cli.options import LOCAL_RPC, Account, AsJson, DeploymentFile, Keystore, Rpc
from dao_client.cli.output import progress, show
from dao_client.contracts import Call
from dao_client.deployment import System
from dao_client.governance.book import Book
from dao_client.governance.units import TES_DECIMALS, write_votes
from dao_client.transactions import Sender
from dao_client.types import Address

Own = ParamSpec("Own")
Record = Mapping[str, Any]

_READING: Mapping[str, tuple[Any, Any]] = {
    "rpc": (Rpc, LOCAL_RPC),
    "deployment": (DeploymentFile, None),
    "as_json": (AsJson, False),
}
_SENDING: Mapping[str, tuple[Any, Any]] = {
    "rpc": (Rpc, LOCAL_RPC),
    "deployment": (DeploymentFile, None),
    "keystore": (Keystore, None),
    "account": (Account, None),
    "as_json": (AsJson, False),
}


@dataclass
class Desk:
    """Where a command works; nothing is opened before it is used."""

    rpc: str
    deployment: Path | None
    as_json: bool
    keystore: Path | None = None
    account: str | None = None

    @cached_property
    def system(self) -> System:
        """The contracts."""
        return open_system(self.rpc, self.deployment)

    @cached_property
    def sender(self) -> Sender:
        """The wallet."""
        return open_sender(self.system.chain, self.keystore, self.account)

    @cached_property
    def book(self) -> Book:
        """The names of contracts and tokens."""
        return Book.of(self.system)

    @property
    def has_wallet(self) -> bool:
        """Whether the options name a wallet."""
        return self.keystore is not None or self.account is not None

    def send(self, *calls: Call) -> Mined:
        """Send transactions one after the other and return the last."""
        for call in calls:
            with progress(f"Sending {call.name}"):
                mined = self.sender.send(call)
        return mined

    def votes(self, units: int) -> str:
        """Write power: the number for programs, votes for people."""
        return str(units) if self.as_json else write_votes(units)

    def tes(self, amount: int) -> str:
        """Write TES: wei for programs, tokens for people."""
        return str(amount) if self.as_json else f"{format_amount(amount, TES_DECIMALS)} TES"

    def amount(self, token: Address, amount: int) -> str:
        """Write an amount of any token: wei for programs, tokens for people."""
        if self.as_json:
            return str(amount)
        coin = self.book.coin(token)
        return f"{format_amount(amount, coin.decimals)} {coin.symbol}"

    def show(self, value: Record | Sequence[Record]) -> None:
        """Print a record, or a list of them."""
        show(value, as_json=self.as_json)


def with_desk(command: Callable[Concatenate[Desk, Own], None]) -> Callable[..., None]:
    """Give a command that reads its options."""
    return _with(command, _READING)


def with_wallet(command: Callable[Concatenate[Desk, Own], None]) -> Callable[..., None]:
    """Give a command that sends its options."""
    return _with(command, _SENDING)


def _with(
    command: Callable[Concatenate[Desk, Own], None], options: Mapping[str, tuple[Any, Any]]
) -> Callable[..., None]:
    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401
        desk = Desk(**{name: given.pop(name) for name in options})
        command(desk, **given)  # type: ignore[call-arg]

    signature = inspect.signature(command)
    own = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for each in list(signature.parameters.values())[1:]
    ]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in options.items()
    ]
    run.__signature__ = signature.replace(parameters=own + shared)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in own + shared}
    return run
