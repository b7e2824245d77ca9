"""Speak to a gateway (`dao_api`) over HTTP."""

from collections.abc import Mapping
from typing import Any

import httpx

from dao_client.canonical import from_canonical
from dao_client.documents import (
    Acceptance,
    SubmissionRequest,
    build_request,
    parse_acceptance,
)
from dao_client.errors import GatewayRefused
from dao_client.types import TaskId
from dao_client.unreachable import UNREACHABLE

SUCCESS = range(200, 300)
FINAL = frozenset(range(400, 500)) - {408, 425, 429}
"""What a gateway refuses for good; the three left out ask for another attempt."""


class GatewayClient:
    """A gateway behind an HTTP address."""

    def __init__(
        self, url: str, *, timeout: float = 60.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.url = url.rstrip("/")
        self._client = httpx.Client(timeout=timeout, transport=transport)

    def submit(self, request: SubmissionRequest) -> Acceptance:
        """Hand a signed submission in; the same one again gets the same receipt."""
        path = f"/tasks/{request.submission.task_id}/submissions"
        return parse_acceptance(self._ask("POST", path, build_request(request)))

    def reveal(self, task_id: TaskId, answers: bytes) -> Any:  # noqa: ANN401
        """Open a submission: hand in the block of its answers document, once that is due."""
        return self._ask("POST", f"/tasks/{task_id}/openings", from_canonical(answers))

    def health(self) -> Any:  # noqa: ANN401
        """Return how the gateway is."""
        return self._ask("GET", "/health")

    def submission(self, task_id: TaskId, submission_hash: bytes) -> Any:  # noqa: ANN401
        """Return how far a submission got."""
        return self._ask("GET", f"/tasks/{task_id}/submissions/0x{submission_hash.hex()}")

    def get(self, path: str) -> Any:  # noqa: ANN401
        """Return what the gateway answers at a path."""
        return self._ask("GET", path)

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _ask(self, method: str, path: str, body: Any = None) -> Any:  # noqa: ANN401
        try:
            response = self._client.request(method, self.url + path, json=body)
        except UNREACHABLE as error:
            raise GatewayRefused(
                f"the gateway at {self.url} does not answer ({error or type(error).__name__}): "
                "try again, or submit without it by --force-inclusion"
            ) from error
        if response.status_code not in SUCCESS:
            problem = _problem(response)
            raise GatewayRefused(
                _words(self.url, response, problem),
                is_final=bool(problem) and response.status_code in FINAL,
            )
        return _json(self.url, response)


def _problem(response: httpx.Response) -> Mapping[str, Any]:
    """Read a problem document (RFC 9457); it is empty if something else is at the address."""
    try:
        problem = response.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def _words(url: str, response: httpx.Response, problem: Mapping[str, Any]) -> str:
    if not problem:
        return f"{url} answered HTTP {response.status_code}: is there a gateway at this address?"
    parts = [str(problem[key]) for key in ("title", "detail") if problem.get(key)]
    return f"the gateway at {url} refused (HTTP {response.status_code}): {': '.join(parts)}"


def _json(url: str, response: httpx.Response) -> Any:  # noqa: ANN401
    try:
        return response.json()
    except ValueError as error:
        raise GatewayRefused(
            f"the gateway at {url} answered something that is no JSON: is the address right?"
        ) from error
