"""Read the calls of any proposal back: contract, function, named arguments with their units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dao_client.amounts import format_amount
from dao_client.contracts.parameters import ParameterId
from dao_client.governance.book import Book
from dao_client.governance.types import Action
from dao_client.governance.units import (
    TES_DECIMALS,
    write_bps,
    write_parameter,
    write_seconds,
)
from dao_client.moments import write_moment
from dao_client.types import Address

COIN_DECIMALS = 18
AMOUNTS = ("amount", "_amount")
LENGTHS = frozenset({"setVotingDelay", "setVotingPeriod", "setLateQuorumVoteExtension"})


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its value, and as people read it."""

    name: str
    value: Any
    shown: str


@dataclass(frozen=True, slots=True)
class DecodedCall:
    """One call of a proposal, understood; `function` is none where no ABI of ours knows it."""

    action: Action
    contract: str | None
    function: str | None
    arguments: tuple[Argument, ...] = ()

    @property
    def values(self) -> tuple[Any, ...]:
        """The arguments as Python values."""
        return tuple(each.value for each in self.arguments)

    def shown(self, book: Book) -> str:
        """Write the call in one line."""
        target = self.contract or self.action.target
        if self.function is None:
            what = f"call {target} with 0x{self.action.data.hex()}"
        else:
            inside = ", ".join(f"{each.name} = {each.shown}" for each in self.arguments)
            what = f"{target}.{self.function}({inside})"
        coin = format_amount(self.action.value, COIN_DECIMALS)
        return f"{what} and send {coin} coin" if self.action.value else what

    @property
    def parameter(self) -> ParameterId | None:
        """Which parameter it sets, none for any other call."""
        if (self.contract, self.function) != ("Parameters", "set_parameter"):
            return None
        known = {int(each) for each in ParameterId}
        return ParameterId(self.values[0]) if self.values[0] in known else None


def decode_action(book: Book, action: Action) -> DecodedCall:
    """Understand one call; what no ABI of ours knows stays bytes."""
    name, abi = book.name(action.target), book.abi(action.target)
    found = abi.decode_call(action.data) if abi else None
    if found is None:
        return DecodedCall(action, name, None)
    entry, values = found
    named = dict(zip((each["name"] for each in entry["inputs"]), values, strict=True))
    arguments = tuple(
        Argument(key, value, _shown(book, entry["name"], key, named))
        for key, value in named.items()
    )
    return DecodedCall(action, name, entry["name"], arguments)


def _shown(book: Book, function: str, key: str, named: Mapping[str, Any]) -> str:
    """Write an argument in the unit that its name, its function or its neighbours give it."""
    value = named[key]
    if function == "set_parameter" and set(named) == {"id", "new_value"}:
        return _parameter(key, named)
    if isinstance(value, str):
        return book.shown(Address(value)) if value.startswith("0x") else value
    if isinstance(value, int) and not isinstance(value, bool):
        return _number(book, function, key, value, named)
    return written(value)


def _number(book: Book, function: str, key: str, value: int, named: Mapping[str, Any]) -> str:
    if key in AMOUNTS and "token" in named:
        coin = book.coin(Address(named["token"]))
        return f"{format_amount(value, coin.decimals)} {coin.symbol}"
    if function == "set_emission_rate" and "token" in named and key != "token":
        coin = book.coin(Address(named["token"]))
        return f"{format_amount(value * 10**coin.decimals, 18 + TES_DECIMALS)} TES/{coin.symbol}"
    if key.endswith("_at"):
        return write_moment(value) if value else "when executed"
    if key.endswith("_seconds") or function in {*LENGTHS, "updateDelay"}:
        return write_seconds(value)
    if function == "setProposalThreshold":
        return write_bps(value)
    return f"{value} %" if function == "updateQuorumNumerator" else str(value)


def _parameter(key: str, named: Mapping[str, Any]) -> str:
    known = {int(each): each for each in ParameterId}
    parameter = known.get(named["id"])
    if parameter is None:
        return str(named[key])
    return parameter.name.lower() if key == "id" else write_parameter(parameter, named[key])


def written(value: object) -> str:
    """Write bytes as hex, lists in brackets, yes and no."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(written, value))}]"
    return str(value)
