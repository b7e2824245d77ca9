"""The document that clients are built from: every route, and every refusal where it happens."""

import inspect

import pytest

from dao_api import errors
from dao_api.errors import Problem
from tests.dao_api.world import World

pytestmark = pytest.mark.unit

ROUTES = {
    ("/tasks", "get"),
    ("/tasks/{task_id}", "get"),
    ("/tasks/{task_id}/items", "get"),
    ("/tasks/{task_id}/items/counts", "get"),
    ("/tasks/{task_id}/submissions", "get"),
    ("/tasks/{task_id}/submissions", "post"),
    ("/tasks/{task_id}/submissions/{submission_hash}", "get"),
    ("/tasks/{task_id}/openings", "post"),
    ("/tasks/{task_id}/verdict", "get"),
    ("/tasks/{task_id}/payouts", "get"),
    ("/tasks/{task_id}/payouts/{worker}", "get"),
    ("/health", "get"),
}
NOT_OF_A_ROUTE = {"route-unknown", "method-unknown"}
MEDIA_TYPE = "application/problem+json"


def documented(operation: dict) -> set[str]:
    """The problem types that an operation lists."""
    return {
        name.removeprefix("urn:tessera:problem:")
        for response in operation["responses"].values()
        if MEDIA_TYPE in response.get("content", {})
        for name in response["content"][MEDIA_TYPE]["schema"]["properties"]["type"]["enum"]
    }


def test_openapi__routes__are_all_there(world: World) -> None:
    paths = world.http.get("/openapi.json").json()["paths"]

    assert {(path, method) for path, found in paths.items() for method in found} == ROUTES


def test_openapi__refusals__are_all_documented(world: World) -> None:
    paths = world.http.get("/openapi.json").json()["paths"]
    known = {
        kind.slug
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, Problem)
    }

    found = {slug for path in paths.values() for each in path.values() for slug in documented(each)}

    assert found == known - NOT_OF_A_ROUTE


def test_openapi__post_submission__lists_every_refusal_of_a_submission(world: World) -> None:
    paths = world.http.get("/openapi.json").json()["paths"]

    operation = paths["/tasks/{task_id}/submissions"]["post"]

    assert {"200", "201", "403", "404", "409", "413", "422", "502", "503"} <= set(
        operation["responses"]
    )
    assert {"seat-missing", "signature-refused", "foreign-gateway"} <= documented(operation)


def test_openapi__malformed_requests__are_problems_not_the_frameworks_own(world: World) -> None:
    document = world.http.get("/openapi.json").json()

    assert "HTTPValidationError" not in document["components"]["schemas"]


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [("GET", "/nowhere", 404, "route-unknown"), ("DELETE", "/tasks", 405, "method-unknown")],
)
def test_problems__no_such_route__is_a_problem_document(
    world: World, method: str, path: str, status: int, slug: str
) -> None:
    response = world.http.request(method, path)

    assert (response.status_code, response.json()["type"]) == (
        status,
        f"urn:tessera:problem:{slug}",
    )
    assert response.headers["content-type"] == MEDIA_TYPE


def test_errors__tree_in_the_docstring__names_every_class() -> None:
    named = errors.__doc__ or ""

    missing = [
        name
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, Exception) and name not in named
    ]

    assert missing == []
