"""GET /health."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from dao_api.context import Gateway
from dao_api.database import Sessions
from dao_api.health.schemas import HealthOut
from dao_api.problems import refusals
from dao_client.errors import TesseraError
from ipfs_store import IpfsStoreError

router = APIRouter(tags=["health"])
OK = "ok"
PROBE = b"tessera gateway: is the store there?"
UNWELL: dict[int | str, dict[str, Any]] = {
    503: {"model": HealthOut, "description": "A part that is needed does not answer"}
}


@router.get("/health", responses={**UNWELL, **refusals()})
def show_health(gateway: Gateway, response: Response) -> HealthOut:
    """Tell whether chain, store and database answer, and how far behind the index is."""
    clock, chain = _try(gateway.view.clock)
    _, store = _try(lambda: gateway.store.get_block(gateway.store.put_block(PROBE)))
    _, database = _try(lambda: _ask(gateway.sessions))
    lag, _ = _try(gateway.lag)
    parts = (chain, store, database)
    if any(part != OK for part in parts):
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    status = OK if all(part == OK for part in parts) else "unwell"
    return HealthOut(
        status=status, chain=chain, store=store, database=database, clock=clock, lag=lag
    )


def _ask(sessions: Sessions) -> int | None:
    with sessions() as session:
        return session.scalar(select(1))


def _try(question: Callable[[], Any]) -> tuple[Any, str]:
    """Return the answer and `ok`, or nothing and what is wrong."""
    try:
        return question(), OK
    except (TesseraError, IpfsStoreError) as error:
        return None, str(error)
    except SQLAlchemyError:  # its text may hold the address with a password
        return None, "the database does not answer"
