"""A worker who hands in one submission after the other, whatever happens to the gateway."""

import threading
from collections.abc import Sequence

from dao_client.documents import Acceptance, SubmissionRequest
from dao_client.errors import GatewayRefused
from dao_client.gateway import GatewayClient


class Stream:
    """Hands in one submission after the other until it is told to stop; keeps its receipts."""

    def __init__(self, url: str, requests: Sequence[SubmissionRequest]) -> None:
        self.receipts: dict[bytes, Acceptance] = {}
        self.sent: list[SubmissionRequest] = []
        self._requests = iter(requests)
        self._url = url

    def run(self, stopping: threading.Event) -> None:
        client = GatewayClient(self._url, timeout=10)
        while not stopping.is_set() and (request := next(self._requests, None)) is not None:
            self.sent.append(request)
            self.hand_in(client, request)
        client.close()

    def hand_in(self, client: GatewayClient, request: SubmissionRequest) -> bool:
        """Hand in one submission and tell whether there is a receipt for it."""
        try:
            acceptance = client.submit(request)
        except GatewayRefused:
            return False  # no receipt, so no promise
        self.receipts[acceptance.receipt.submission_hash] = acceptance
        return True
