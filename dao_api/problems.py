"""Render every error as application/problem+json (RFC 9457), and document them for OpenAPI."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from dao_api import errors
from dao_api.errors import Problem
from dao_client.errors import ChainUnreachable, MalformedDocument, TesseraError
from ipfs_store import IpfsStoreError, StoreFull, StoreUnreachable

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:tessera:problem:"
ALWAYS: tuple[type[Problem], ...] = (errors.ServerFailed,)
_log = structlog.get_logger()


def install_problems(app: FastAPI) -> None:
    """Make `app` answer every error with a problem document."""
    for kind in (
        Problem,
        RequestValidationError,
        HTTPException,
        TesseraError,
        IpfsStoreError,
        OperationalError,
        Exception,
    ):
        app.add_exception_handler(kind, render)


async def render(request: Request, error: Exception) -> JSONResponse:
    """Answer `error` with its problem document."""
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("request failed", path=request.url.path, problem=problem.slug, cause=repr(error))
    content = problem_document(problem, request.url.path)
    return JSONResponse(content, problem.status, media_type=MEDIA_TYPE)


def problem_document(problem: Problem, instance: str) -> dict[str, object]:
    """Write the members that RFC 9457 names."""
    return {
        "type": TYPE_PREFIX + problem.slug,
        "title": problem.title,
        "status": int(problem.status),
        "detail": str(problem),
        "instance": instance,
    }


def problem_of(error: Exception) -> Problem:
    """Say which refusal an error is; what is not known here is a fault of ours."""
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return errors.MalformedRequest(_first_fault(error))
        case HTTPException():
            return _of_status(error)
        case ChainUnreachable():
            return errors.ChainUnreachable(str(error))
        case StoreUnreachable() | StoreFull():
            return errors.StoreUnreachable(str(error))
        case IpfsStoreError() | MalformedDocument():
            return errors.PayloadRefused(str(error))
        case OperationalError():
            return errors.DatabaseUnreachable("the database does not answer; try again later")
        case _:
            return errors.ServerFailed("the gateway failed; its log has the cause")


def refusals(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Document the refusals of a route, one OpenAPI response for each status."""
    by_status: dict[int, list[type[Problem]]] = {}
    for kind in (*kinds, *ALWAYS):
        by_status.setdefault(int(kind.status), []).append(kind)
    return {status: _response(listed) for status, listed in by_status.items()}


def _response(kinds: list[type[Problem]]) -> dict[str, Any]:
    slugs = [kind.slug for kind in kinds]
    return {
        "description": "; ".join(f"{kind.slug}: {kind.title}" for kind in kinds),
        "content": {MEDIA_TYPE: {"schema": _schema(slugs)}},
    }


def _schema(slugs: list[str]) -> Mapping[str, object]:
    text = {"type": "string"}
    return {
        "type": "object",
        "title": "Problem",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "enum": [TYPE_PREFIX + slug for slug in slugs]},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "instance": text,
        },
    }


def _first_fault(error: RequestValidationError) -> str:
    fault = error.errors()[0]
    place = ".".join(str(part) for part in fault["loc"])
    return f"{place}: {fault['msg']}"


def _of_status(error: HTTPException) -> Problem:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return errors.RouteUnknown("no such page; GET /openapi.json lists them")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return errors.MethodUnknown("no such method here; GET /openapi.json lists them")
    return errors.MalformedRequest(str(error.detail))
