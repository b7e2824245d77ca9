"""Speak JSON-RPC 2.0 to a node: one call, or many in one request."""

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import httpx

from dao_client.errors import ChainUnreachable, RpcRefused
from dao_client.unreachable import UNREACHABLE

BATCH = 200
"""Calls in one HTTP request: nodes limit what they take."""

SIMULATIONS = frozenset({"eth_call", "eth_estimateGas"})
QUICK = frozenset({"eth_chainId", "eth_maxPriorityFeePerGas"})
FEW = 20
"""A request with at most so many calls, a simulation among them, is asked again at times."""
PATIENCE_SECONDS = (5.0, 10.0)
"""Ganache sometimes never answers `eth_estimateGas` while others send; asked again, it does."""

Request = tuple[str, list[Any]]


class Rpc(Protocol):
    """Where calls to a node go."""

    @property
    def url(self) -> str:
        """The node's address, for messages."""

    def call(self, method: str, *params: Any) -> Any:  # noqa: ANN401
        """Answer one call; raise `RpcRefused` when the node answers with an error."""

    def batch(self, requests: Sequence[Request]) -> list[Any]:
        """Answer many calls in order; an error takes the place of its answer."""


class HttpRpc:
    """A node behind an HTTP address."""

    def __init__(
        self, url: str, *, timeout: float = 60.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.url = url
        self._timeout = timeout
        self._client = httpx.Client(timeout=timeout, transport=transport)
        self._ids = itertools.count(1)

    def call(self, method: str, *params: Any) -> Any:  # noqa: ANN401
        """Answer one call."""
        request = self._request((method, list(params)))
        reply = self._post(request)
        if not isinstance(reply, dict):
            raise ChainUnreachable(f"{self.url} answered {method} with something that is no reply")
        return _result(reply, method)

    def batch(self, requests: Sequence[Request]) -> list[Any]:
        """Answer many calls; each place holds the result or an `RpcRefused`."""
        return [
            answer
            for first in range(0, len(requests), BATCH)
            for answer in self._chunk(requests[first : first + BATCH])
        ]

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _request(self, request: Request) -> dict[str, Any]:
        return {
            "jsonrpc": "2.0",
            "id": next(self._ids),
            "method": request[0],
            "params": request[1],
        }

    def _chunk(self, requests: Sequence[Request]) -> Iterator[Any]:
        sent = [self._request(request) for request in requests]
        replies = self._post(sent)
        if not isinstance(replies, list):
            raise ChainUnreachable(f"{self.url} does not answer batches: {replies!r}"[:300])
        by_id = {reply.get("id"): reply for reply in replies}
        for request in sent:
            reply = by_id.get(request["id"])
            if reply is None:
                raise ChainUnreachable(f"{self.url} left {request['method']} of a batch unanswered")
            yield _outcome(reply, request["method"])

    def _ask(self, body: Any) -> httpx.Response:  # noqa: ANN401
        """Ask once; a simulation that stays unanswered is asked again, on another connection."""
        for seconds in PATIENCE_SECONDS if _is_repeated(body) else ():
            with contextlib.suppress(httpx.ReadTimeout):
                return self._client.post(self.url, json=body, timeout=min(seconds, self._timeout))
        return self._client.post(self.url, json=body)

    def _post(self, body: Any) -> Any:  # noqa: ANN401
        try:
            response = self._ask(body)
        except UNREACHABLE as error:
            raise ChainUnreachable(
                f"the node at {self.url} does not answer ({error or type(error).__name__}): "
                "is it running, and is the address right?"
            ) from error
        try:
            return response.json()
        except ValueError as error:
            raise ChainUnreachable(
                f"the node at {self.url} answered HTTP {response.status_code} without JSON"
            ) from error


def _is_repeated(body: Any) -> bool:  # noqa: ANN401
    """Tell whether the calls of a request change nothing and are quick for a node in health."""
    methods = [call["method"] for call in (body if isinstance(body, list) else [body])]
    reads = all(each in SIMULATIONS or "_get" in each or each in QUICK for each in methods)
    return reads and len(methods) <= FEW and not SIMULATIONS.isdisjoint(methods)


def _result(reply: dict[str, Any], method: str) -> Any:  # noqa: ANN401
    outcome = _outcome(reply, method)
    if isinstance(outcome, RpcRefused):
        raise outcome
    return outcome


def _outcome(reply: dict[str, Any], method: str) -> Any:  # noqa: ANN401
    error = reply.get("error")
    if error is None:
        return reply.get("result")
    return RpcRefused(
        method, int(error.get("code", 0)), str(error.get("message", "")), error.get("data")
    )
