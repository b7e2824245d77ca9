"""Say what the indexer needs from a chain, and get it from a node."""

from collections.abc import Sequence
from typing import Protocol

from dao_client.chain import Chain
from dao_client.contracts.contract import Contract
from dao_client.contracts.events import (
    Event,
    SubmissionsAnchored,
    TaskCreated,
    VerdictPosted,
)

FOLLOWED: tuple[type[Event], ...] = (TaskCreated, SubmissionsAnchored, VerdictPosted)


class EventSource(Protocol):
    """A chain's blocks and the events of the contracts that are followed."""

    def head(self) -> int:
        """Return the number of the latest block."""
        ...

    def block_hash(self, number: int) -> bytes | None:
        """Return the hash of a block, none when the chain has no such block (any more)."""
        ...

    def events(self, first: int, last: int) -> Sequence[Event]:
        """Return every event from block `first` to `last`, in chain order."""
        ...


class NodeSource:
    """Events of some contracts, read through a node."""

    def __init__(self, chain: Chain, contracts: Sequence[Contract]) -> None:
        self._chain = chain
        self._addresses = [contract.address for contract in contracts]
        self._kinds = {
            (contract.address, contract.abi.topic(kind.__name__)): (contract, kind)
            for contract in contracts
            for kind in FOLLOWED
            if ("event", kind.__name__) in contract.abi.entries
        }

    def head(self) -> int:
        """Return the number of the latest block."""
        return self._chain.block().number

    def block_hash(self, number: int) -> bytes | None:
        """Return the hash of a block, none above the head."""
        return self._chain.block(number).hash if number <= self.head() else None

    def events(self, first: int, last: int) -> Sequence[Event]:
        """Return every event that is followed, decoded."""
        topics = [topic for _, topic in self._kinds]
        found = []
        for log in self._chain.logs(self._addresses, [topics], first, last):
            followed = self._kinds.get((log.address, log.topics[0]))
            if followed is not None:
                contract, kind = followed
                found.append(contract.event(kind, log))
        return found
