"""Ask an operator's server what a task needs; nothing that it says is part of a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from dao_client.errors import OperatorRefused
from dao_client.types import Bps, ItemIndex, TaskId
from dao_client.unreachable import UNREACHABLE


@dataclass(frozen=True, slots=True)
class NeededAudits:
    """The share of a task's items to audit now, and those items, as of a block."""

    as_of_block: int
    rate: Bps
    items: tuple[ItemIndex, ...]


class OperatorClient:
    """An operator behind an HTTP address."""

    def __init__(
        self, url: str, *, timeout: float = 60.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.url = url.rstrip("/")
        self._client = httpx.Client(timeout=timeout, transport=transport)

    def wants(self, task_id: TaskId) -> Mapping[ItemIndex, int]:
        """Return how many answers items still want, by what is on chain; the others want none."""
        found = self._ask(f"/tasks/{task_id}/wants")
        try:
            return {ItemIndex(int(item)): int(more) for item, more in found["wants"].items()}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise self._strange(error) from error

    def needed_audits(self, task_id: TaskId) -> NeededAudits:
        """Return what jurors should audit of a task now."""
        found = self._ask(f"/tasks/{task_id}/audits")
        try:
            items = tuple(ItemIndex(int(item)) for item in found["items"])
            return NeededAudits(int(found["as_of_block"]), Bps(int(found["rate_bps"])), items)
        except (KeyError, TypeError, ValueError) as error:
            raise self._strange(error) from error

    def _ask(self, path: str) -> Any:  # noqa: ANN401
        try:
            response = self._client.get(self.url + path)
        except UNREACHABLE as error:
            raise OperatorRefused(
                f"the operator at {self.url} does not answer ({error or type(error).__name__}): "
                "try another one with --operator, or none"
            ) from error
        try:
            found = response.json()
        except ValueError as error:
            raise self._strange(error) from error
        if not response.is_success:
            detail = found.get("detail") if isinstance(found, dict) else found
            raise OperatorRefused(
                f"the operator at {self.url} refused (HTTP {response.status_code}): {detail}"
            )
        return found

    def _strange(self, error: Exception) -> OperatorRefused:
        return OperatorRefused(
            f"the server at {self.url} does not answer as operators do ({error!r}): is the address "
            "right?"
        )
