"""Join an ABI with an address on a chain: what every contract's own file is built on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from dao_client.chain import BlockTag, Chain, Log
from dao_client.contracts.abi import Abi
from dao_client.contracts.events import Event, Place
from dao_client.errors import MalformedMessage, RpcRefused, TransactionRefused
from dao_client.reverts import revert_reason
from dao_client.types import Address, Wei

NOTHING = Wei(0)

Found = TypeVar("Found", bound=Event)


@dataclass(frozen=True, slots=True)
class Call:
    """A transaction to be: to whom, with what, and how to name it when it is refused."""

    to: Address | None
    data: bytes = field(repr=False)
    name: str
    arguments: tuple[object, ...] = ()
    value: Wei = NOTHING

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(_short, self.arguments))})"


class Contract:
    """A contract at an address."""

    def __init__(self, chain: Chain, name: str, address: Address) -> None:
        self.chain = chain
        self.address = address
        self.abi = Abi.load(name)

    def write(self, function: str, *arguments: object) -> Call:
        """Return the transaction that calls `function`; a `Sender` sends it."""
        data = self.abi.encode_call(function, arguments)
        return Call(self.address, data, f"{self.abi.contract}.{function}", arguments)

    def read(self, function: str, *arguments: object, block: BlockTag = "latest") -> Any:  # noqa: ANN401
        """Return what a view function answers at a block."""
        return self.read_many(function, [arguments], block)[0]

    def read_many(
        self, function: str, rows: Sequence[Sequence[object]], block: BlockTag = "latest"
    ) -> list[Any]:
        """Return what a view function answers to many arguments, in few requests."""
        calls = [(self.address, self.abi.encode_call(function, row)) for row in rows]
        try:
            outputs = self.chain.call_many(calls, block)
        except RpcRefused as error:
            raise self._refused(function, rows, error) from error
        return [self._single(function, output) for output in outputs]

    def events(
        self, kind: type[Found], *, first: int = 0, last: int | None = None, **indexed: object
    ) -> Iterator[Found]:
        """Yield the events of one kind, in chain order, filtered by their indexed fields."""
        name = kind.__name__
        names = self.abi.indexed(name)
        if unknown := set(indexed) - set(names):
            raise MalformedMessage(f"{name} is not indexed by {', '.join(sorted(unknown))}")
        topics = [self.abi.topic(name)] + [
            self.abi.encode_topic(name, each, indexed[each]) if each in indexed else None
            for each in names
        ]
        for log in self.chain.logs([self.address], topics, first, last):
            yield self.event(kind, log)

    def event(self, kind: type[Found], log: Log) -> Found:
        """Decode one log as one kind of event."""
        fields = self.abi.decode_event(kind.__name__, log.topics, log.data)
        place = Place(log.block_number, log.block_hash, log.log_index, log.transaction_hash)
        return kind(place=place, **fields)

    def events_in(self, kind: type[Found], logs: Sequence[Log]) -> list[Found]:
        """Return the events of one kind among the logs of a transaction."""
        topic = self.abi.topic(kind.__name__)
        return [
            self.event(kind, log)
            for log in logs
            if log.address == self.address and log.topics[:1] == (topic,)
        ]

    def _single(self, function: str, output: bytes) -> Any:  # noqa: ANN401
        values = self.abi.decode_output(function, output)
        return values[0] if len(values) == 1 else values

    def _refused(
        self, function: str, rows: Sequence[Sequence[object]], error: RpcRefused
    ) -> TransactionRefused:
        reason = revert_reason(error)
        shown = ", ".join(map(_short, rows[0])) if len(rows) == 1 else f"{len(rows)} calls"
        return TransactionRefused(
            f"{self.abi.contract}.{function}({shown}) was refused: {reason}", reason
        )


def _short(value: object) -> str:
    """Show an argument so that a person can read the line."""
    if isinstance(value, bytes):
        return "0x" + (value.hex() if len(value) <= 32 else value[:32].hex() + "…")
    if isinstance(value, tuple | list):
        shown = [_short(each) for each in value[:8]] + (["…"] if len(value) > 8 else [])
        return f"({', '.join(shown)})"
    return str(value)
