"""Show other operators what this one signed; give nothing else away, take nothing in."""

import threading

import uvicorn
from fastapi import FastAPI, HTTPException, Response

from dao_client.canonical import to_canonical
from dao_client.messages import Domain
from dao_client.types import TaskId

from .errors import SettingsRefused
from .signatures import Signatures, to_json

START_SECONDS = 15


def create_app(signatures: Signatures, domain: Domain) -> FastAPI:
    """Build the app over the signatures on disk."""
    app = FastAPI(title="Tessera operator", openapi_url=None)

    @app.get("/verdicts/{chain_id}/{task_id}")
    def signed_verdict(chain_id: int, task_id: int) -> Response:
        """Return this operator's signed verdict for a task."""
        signed = signatures.latest(TaskId(task_id)) if chain_id == domain.chain_id else None
        if signed is None:
            raise HTTPException(404, f"no verdict signed for task {task_id} on chain {chain_id}")
        return Response(to_canonical(to_json(signed)), media_type="application/json")

    return app


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
