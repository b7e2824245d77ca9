"""Give commands the options that all share, as one object: contracts, store, wallet, printing.

`@with_desk` puts --rpc, --deployment and --json behind a command's own options; `@with_wallet` also
--keystore and --account, `@with_store` also --store, `@with_store_and_wallet` all of them. The
command's first parameter is the `Desk` made from them.
"""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from dao_client.amounts import format_amount
from dao_client.chain import Chain, Mined
from dao_client.cli.connection import open_signer
from dao_client.cli.options import (
    LOCAL_RPC,
    LOCAL_STORE,
    Account,
    AsJson,
    DeploymentFile,
    Keystore,
    Rpc,
    StoreUrl,
)
from dao_client.cli.output import progress, show
from dao_client.contracts import Call
from dao_client.deployment import Deployment, System
from dao_client.governance.book import Book
from dao_client.governance.units import TES_DECIMALS, write_votes
from dao_client.transactions import Sender
from dao_client.types import Address
from ipfs_store import Store, open_store

Own = ParamSpec("Own")
Record = Mapping[str, Any]

DEPLOYMENTS = Path("deployments")

_OPTIONS: Mapping[str, tuple[Any, Any]] = {
    "rpc": (Rpc, LOCAL_RPC),
    "deployment": (DeploymentFile, None),
    "store_url": (StoreUrl, LOCAL_STORE),
    "keystore": (Keystore, None),
    "account": (Account, None),
    "as_json": (AsJson, False),
}
"""In the order in which the help lists them."""
_CHAIN = {"rpc", "deployment", "as_json"}
_STORE = {"store_url"}
_WALLET = {"keystore", "account"}


@dataclass
class Desk:
    """Where a command works; nothing is opened before it is used."""

    rpc: str
    deployment: Path | None
    as_json: bool
    keystore: Path | None = None
    account: str | None = None
    store_url: str = LOCAL_STORE

    @cached_property
    def chain(self) -> Chain:
        """The node."""
        return Chain.connect(self.rpc)

    @property
    def deployment_file(self) -> Path:
        """The chosen deployment file, or the one that is named after the chain."""
        return self.deployment or DEPLOYMENTS / f"{self.chain.chain_id}.json"

    @cached_property
    def system(self) -> System:
        """The contracts."""
        return System.connect(self.chain, Deployment.load(self.deployment_file))

    @cached_property
    def store(self) -> Store:
        """Where payloads and documents are."""
        return open_store(self.store_url)

    @cached_property
    def sender(self) -> Sender:
        """The wallet; its password may be asked for, so open it outside of `progress`."""
        return Sender(self.chain, open_signer(self.chain, self.keystore, self.account))

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
        sender = self.sender
        for call in calls:
            with progress(f"Sending {call.name}"):
                mined = sender.send(call)
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
    return _with(command, _CHAIN)


def with_wallet(command: Callable[Concatenate[Desk, Own], None]) -> Callable[..., None]:
    """Give a command that sends its options."""
    return _with(command, _CHAIN | _WALLET)


def with_store(command: Callable[Concatenate[Desk, Own], None]) -> Callable[..., None]:
    """Give a command that reads from the store too its options."""
    return _with(command, _CHAIN | _STORE)


def with_store_and_wallet(command: Callable[Concatenate[Desk, Own], None]) -> Callable[..., None]:
    """Give a command that sends, and needs the store, its options."""
    return _with(command, _CHAIN | _STORE | _WALLET)


def _with(
    command: Callable[Concatenate[Desk, Own], None], names: Collection[str]
) -> Callable[..., None]:
    options = {name: option for name, option in _OPTIONS.items() if name in names}

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
