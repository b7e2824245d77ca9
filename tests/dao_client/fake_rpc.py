"""A node in memory: answers by method, keeps what was asked."""

from collections.abc import Callable, Sequence
from typing import Any

from dao_client.errors import RpcRefused
from dao_client.rpc import Request

Answer = Any | Callable[..., Any]


class FakeRpc:
    """Answer each method with a value, or with what a function makes of the parameters."""

    url = "fake:node"

    def __init__(self, **answers: Answer) -> None:
        self.answers: dict[str, Answer] = {"eth_chainId": "0x539", **answers}
        self.asked: list[Request] = []

    def call(self, method: str, *params: Any) -> Any:
        self.asked.append((method, list(params)))
        answer = self.answers[method]
        found = answer(*params) if callable(answer) else answer
        if isinstance(found, RpcRefused):
            raise found
        return found

    def batch(self, requests: Sequence[Request]) -> list[Any]:
        return [self._outcome(method, params) for method, params in requests]

    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]

    def _outcome(self, method: str, params: list[Any]) -> Any:
        try:
            return self.call(method, *params)
        except RpcRefused as error:
            return error


def block(number: int, timestamp: int, base_fee: int = 10**9) -> dict[str, str]:
    """Write a block as nodes do."""
    return {
        "number": hex(number),
        "hash": f"0x{number:064x}",
        "timestamp": hex(timestamp),
        "baseFeePerGas": hex(base_fee),
    }


def mined(transaction_hash: str, status: int = 1, number: int = 7) -> dict[str, Any]:
    """Write a transaction's receipt as nodes do."""
    return {
        "transactionHash": transaction_hash,
        "blockNumber": hex(number),
        "gasUsed": "0x5208",
        "effectiveGasPrice": "0x1",
        "status": hex(status),
        "contractAddress": None,
        "logs": [],
    }
