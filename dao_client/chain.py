"""Read one EVM chain through its node. Whoever needs the time asks the chain: `clock`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeAlias

from eth_utils.address import to_checksum_address

from dao_client.errors import ChainUnreachable, RpcRefused
from dao_client.rpc import HttpRpc, Request, Rpc
from dao_client.types import Address, BlockNumber, Digest, Timestamp, Wei

BlockTag: TypeAlias = "int | Literal['latest', 'pending', 'finalized', 'safe', 'earliest']"
Topics: TypeAlias = "Sequence[bytes | Sequence[bytes] | None]"

LOG_PAGE = 10_000
"""Blocks in one `eth_getLogs`; halved when a node finds it too much."""
RECEIPT_UNREADY = -32700
"""What Ganache answers when it stumbles over a receipt whose block it is still writing."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block's place in the chain and in time."""

    number: BlockNumber
    hash: Digest
    timestamp: Timestamp
    base_fee: Wei


@dataclass(frozen=True, slots=True)
class Log:
    """An event as the node keeps it."""

    address: Address
    topics: tuple[bytes, ...]
    data: bytes
    block_number: BlockNumber
    block_hash: Digest
    log_index: int
    transaction_hash: Digest


@dataclass(frozen=True, slots=True)
class Mined:
    """A transaction that is in a block (the chain calls this a receipt)."""

    transaction_hash: Digest
    block_number: BlockNumber
    gas_used: int
    gas_price: Wei
    is_success: bool
    contract: Address | None
    logs: tuple[Log, ...]


class Chain:
    """One chain behind one node."""

    def __init__(self, rpc: Rpc) -> None:
        self.rpc = rpc
        self.chain_id = int(rpc.call("eth_chainId"), 16)

    @classmethod
    def connect(cls, url: str, *, timeout: float = 60.0) -> Self:
        """Reach the node at `url`; raise `ChainUnreachable` when it does not answer."""
        return cls(HttpRpc(url, timeout=timeout))

    def block(self, tag: BlockTag = "latest") -> Block:
        """Return the block at a number or tag."""
        found = self.rpc.call("eth_getBlockByNumber", _tag(tag), False)
        if found is None:
            raise ChainUnreachable(f"{self.rpc.url} has no block {tag!r}: is it still syncing?")
        return _block(found)

    def blocks(self, numbers: Sequence[int]) -> list[Block]:
        """Return many blocks by their numbers, in few requests."""
        requests: list[Request] = [
            ("eth_getBlockByNumber", [_tag(number), False]) for number in numbers
        ]
        return [_block(found) for found in self._all(requests)]

    def clock(self) -> Timestamp:
        """Return the timestamp of the latest block: the only clock that contracts know."""
        return self.block().timestamp

    def finalized(self) -> Block:
        """Return the latest block that cannot be taken back."""
        return self.block("finalized")

    def first_block_at(self, timestamp: int, last: Block | None = None) -> Block | None:
        """Return the first block at or after `timestamp`, none when `last` (latest) is before."""
        high = last or self.block()
        if high.timestamp < timestamp:
            return None
        low = -1
        while high.number - low > 1:
            middle = self.block((low + high.number) // 2)
            if middle.timestamp >= timestamp:
                high = middle
            else:
                low = middle.number
        return high

    def call(
        self,
        to: Address,
        data: bytes,
        block: BlockTag = "latest",
        *,
        sender: Address | None = None,
        gas: int | None = None,
    ) -> bytes:
        """Run a view call and return what it answers, as bytes; raise `RpcRefused` on a revert.

        Without them, each node chooses its own sender and limit of gas.
        """
        fields = _call(to, data)
        if sender is not None:
            fields["from"] = sender
        if gas is not None:
            fields["gas"] = hex(gas)
        return _bytes(self.rpc.call("eth_call", fields, _tag(block)))

    def call_many(
        self, calls: Sequence[tuple[Address, bytes]], block: BlockTag = "latest"
    ) -> list[bytes]:
        """Run many view calls in few requests, all at one block."""
        requests: list[Request] = [
            ("eth_call", [_call(to, data), _tag(block)]) for to, data in calls
        ]
        return [_bytes(answer) for answer in self._all(requests)]

    def code(self, address: Address, block: BlockTag = "latest") -> bytes:
        """Return the code of a contract, empty for a plain wallet."""
        return _bytes(self.rpc.call("eth_getCode", address, _tag(block)))

    def balance(self, address: Address, block: BlockTag = "latest") -> Wei:
        """Return how much of the chain's own coin an account holds."""
        return Wei(int(self.rpc.call("eth_getBalance", address, _tag(block)), 16))

    def nonce(self, address: Address, block: BlockTag = "latest") -> int:
        """Return how many transactions of an account are in the chain."""
        return int(self.rpc.call("eth_getTransactionCount", address, _tag(block)), 16)

    def mined(self, transaction_hash: bytes) -> Mined | None:
        """Return what became of a transaction, none while it is not in a block."""
        return self.mined_many([transaction_hash])[0]

    def mined_many(self, hashes: Sequence[bytes]) -> list[Mined | None]:
        """Return what became of many transactions, in few requests."""
        requests: list[Request] = [
            ("eth_getTransactionReceipt", ["0x" + each.hex()]) for each in hashes
        ]
        return [_mined_or_none(answer) for answer in self.rpc.batch(requests)]

    def logs(
        self,
        addresses: Sequence[Address],
        topics: Topics = (),
        first: int = 0,
        last: int | None = None,
    ) -> Iterator[Log]:
        """Yield the events of contracts from block `first` to `last` (latest), in chain order."""
        end = self.block().number if last is None else last
        step = LOG_PAGE
        while first <= end:
            until = min(first + step - 1, end)
            try:
                page = self.rpc.call("eth_getLogs", _filter(addresses, topics, first, until))
            except RpcRefused:
                if until == first:
                    raise
                step = max(1, (until - first + 1) // 2)
                continue
            yield from sorted(map(_log, page), key=lambda log: (log.block_number, log.log_index))
            first = until + 1

    def _all(self, requests: Sequence[Request]) -> list[Any]:
        answers = self.rpc.batch(requests)
        for answer in answers:
            if isinstance(answer, RpcRefused):
                raise answer
        return answers


def _mined_or_none(answer: Any) -> Mined | None:  # noqa: ANN401
    if isinstance(answer, RpcRefused):
        if answer.code != RECEIPT_UNREADY:
            raise answer
        return None
    return _mined(answer) if answer else None


def _tag(block: BlockTag) -> str:
    return hex(block) if isinstance(block, int) else block


def _call(to: Address, data: bytes) -> dict[str, str]:
    return {"to": to, "data": "0x" + data.hex()}


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def _block(found: dict[str, Any]) -> Block:
    return Block(
        number=BlockNumber(int(found["number"], 16)),
        hash=Digest(_bytes(found["hash"])),
        timestamp=Timestamp(int(found["timestamp"], 16)),
        base_fee=Wei(int(found.get("baseFeePerGas") or "0x0", 16)),
    )


def _filter(
    addresses: Sequence[Address], topics: Topics, first: int, last: int
) -> dict[str, object]:
    return {
        "address": list(addresses),
        "topics": [_topic(topic) for topic in topics],
        "fromBlock": hex(first),
        "toBlock": hex(last),
    }


def _topic(topic: bytes | Sequence[bytes] | None) -> str | list[str] | None:
    if topic is None:
        return None
    if isinstance(topic, bytes):
        return "0x" + topic.hex()
    return ["0x" + each.hex() for each in topic]


def _log(found: dict[str, Any]) -> Log:
    return Log(
        address=Address(to_checksum_address(found["address"])),
        topics=tuple(_bytes(topic) for topic in found["topics"]),
        data=_bytes(found["data"]),
        block_number=BlockNumber(int(found["blockNumber"], 16)),
        block_hash=Digest(_bytes(found["blockHash"])),
        log_index=int(found["logIndex"], 16),
        transaction_hash=Digest(_bytes(found["transactionHash"])),
    )


def _mined(found: dict[str, Any]) -> Mined:
    contract = found.get("contractAddress")
    return Mined(
        transaction_hash=Digest(_bytes(found["transactionHash"])),
        block_number=BlockNumber(int(found["blockNumber"], 16)),
        gas_used=int(found["gasUsed"], 16),
        gas_price=Wei(int(found.get("effectiveGasPrice") or "0x0", 16)),
        is_success=int(found["status"], 16) == 1,
        contract=Address(to_checksum_address(contract)) if contract else None,
        logs=tuple(_log(log) for log in found["logs"]),
    )
