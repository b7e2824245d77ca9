"""Show other operators what this one signed, and everybody what tasks need; take nothing in.

GET /verdicts/{chain_id}/{task_id}   the signed verdict
GET /tasks/{task_id}/wants           items that still want answers, and how many
GET /tasks/{task_id}/audits          how many of the items to audit now, and which

The last two are numbers from sealed answers that this operator opens for itself: see `needs` for
what they tell and what they do not.
"""

import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

import uvicorn
from fastapi import FastAPI, HTTPException, Response

from dao_client.canonical import to_canonical
from dao_client.errors import ChainUnreachable, RpcRefused
from dao_client.messages import Domain
from dao_client.types import Json, TaskId
from ipfs_store import IpfsStoreError

from .errors import (
    AggregationRefused,
    EvidenceMissing,
    NotDue,
    SettingsRefused,
    SnapshotRefused,
    StillComputing,
    VerdictRefused,
)
from .needs import Needs
from .signatures import Signatures, to_json

START_SECONDS = 15
JSON = "application/json"
Found = TypeVar("Found")

STATUS_OF: dict[type[Exception], HTTPStatus] = {
    SnapshotRefused: HTTPStatus.NOT_FOUND,
    NotDue: HTTPStatus.CONFLICT,
    VerdictRefused: HTTPStatus.CONFLICT,
    AggregationRefused: HTTPStatus.CONFLICT,
    StillComputing: HTTPStatus.SERVICE_UNAVAILABLE,
    EvidenceMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    ChainUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    RpcRefused: HTTPStatus.SERVICE_UNAVAILABLE,
    IpfsStoreError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""What is worth asking again is 503; the text of the error is the reply's detail."""


def create_app(signatures: Signatures, domain: Domain, needs: Needs | None = None) -> FastAPI:
    """Build the app over the signatures on disk; without `needs` it speaks of verdicts alone."""
    app = FastAPI(title="Tessera operator", openapi_url=None)

    @app.get("/verdicts/{chain_id}/{task_id}")
    def signed_verdict(chain_id: int, task_id: int) -> Response:
        """Return this operator's signed verdict for a task."""
        signed = signatures.latest(TaskId(task_id)) if chain_id == domain.chain_id else None
        if signed is None:
            raise HTTPException(404, f"no verdict signed for task {task_id} on chain {chain_id}")
        return _canonical(to_json(signed))

    if needs is not None:
        _add_needs(app, needs)
    return app


def _add_needs(app: FastAPI, needs: Needs) -> None:
    @app.get("/tasks/{task_id}/wants")
    def wants(task_id: int) -> Response:
        """Return how many answers each item still wants."""
        found = _found(needs.wants, task_id)
        return _canonical(
            {
                "task_id": found.task_id,
                "as_of_block": found.block.number,
                "wants": {str(item): more for item, more in found.of_item.items()},
            }
        )

    @app.get("/tasks/{task_id}/audits")
    def audits(task_id: int) -> Response:
        """Return the share of the items to audit now, and those items."""
        found = _found(needs.audits, task_id)
        return _canonical(
            {
                "task_id": found.task_id,
                "as_of_block": found.block.number,
                "rate_bps": found.rate,
                "items": list(found.items),
            }
        )


def _found(question: Callable[[TaskId], Found], task_id: int) -> Found:
    try:
        return question(TaskId(task_id))
    except tuple(STATUS_OF) as error:
        status = next(code for kind, code in STATUS_OF.items() if isinstance(error, kind))
        raise HTTPException(status, str(error)) from error


def _canonical(content: Json) -> Response:
    return Response(to_canonical(content), media_type=JSON)


class Server:
    """The app on a thread of its own."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        config = uvicorn.Config(app, host=host, port=port, log_level="warning", lifespan="off")
        self._address = f"{host}:{port}"
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="operator server", daemon=True)

    def start(self) -> None:
        """Listen; raise when the address is taken."""
        self._thread.start()
        waited = threading.Event()
        for _ in range(START_SECONDS * 20):
            if self._server.started:
                return
            if not self._thread.is_alive():
                break
            waited.wait(0.05)
        raise SettingsRefused(
            f"cannot listen on {self._address}: choose another TESSERA_ORACLE_LISTEN"
        )

    def stop(self) -> None:
        """Stop listening."""
        self._server.should_exit = True
        self._thread.join(START_SECONDS)

    def _run(self) -> None:
        try:
            self._server.run()
        except SystemExit:  # what uvicorn raises when the address is taken; `start` reports it
            return
