"""See the contracts as they stood at a past block: what `latest` means is changed, nothing else."""

from collections.abc import Sequence
from typing import Any

from dao_client.chain import Chain
from dao_client.deployment import System
from dao_client.rpc import Request, Rpc


class PastRpc:
    """A node whose latest state is that of one block."""

    def __init__(self, rpc: Rpc, block: int) -> None:
        self.url = rpc.url
        self._rpc = rpc
        self._tag = hex(block)

    def call(self, method: str, *params: Any) -> Any:  # noqa: ANN401
        """Answer one call."""
        return self._rpc.call(method, *self._moved(params))

    def batch(self, requests: Sequence[Request]) -> list[Any]:
        """Answer many calls."""
        return self._rpc.batch([(method, self._moved(params)) for method, params in requests])

    def _moved(self, params: Sequence[Any]) -> list[Any]:
        return [self._tag if each == "latest" else each for each in params]


def system_at(system: System, block: int) -> System:
    """Return the same contracts at a past block."""
    return System.connect(Chain(PastRpc(system.chain.rpc, block)), system.deployment)
