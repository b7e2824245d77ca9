"""A node, store or database that does not answer: a problem that says so, and no detail of ours."""

import pytest
from sqlalchemy.exc import OperationalError

from dao_api.app import create_app
from dao_api.context import build_context
from dao_api.submissions.service import ReceiptTerms
from dao_client.errors import ChainUnreachable
from ipfs_store import StoreUnreachable
from tests.dao_api.fakes import FakeView
from tests.dao_api.http import AppClient
from tests.dao_api.world import DOMAIN, GATEWAY, VERDICT_DOMAIN, Work, World

pytestmark = pytest.mark.unit


class DeadView(FakeView):
    def clock(self) -> int:
        raise ChainUnreachable("the node at http://node does not answer")

    def task(self, task_id: int) -> None:
        raise ChainUnreachable("the node at http://node does not answer")


class DeadStore:
    def put_block(self, data: bytes) -> str:
        raise StoreUnreachable("kubo", "refused", "start it")

    get_block = has = pin = put_block


def dead_sessions() -> None:
    raise OperationalError("SELECT 1", {}, Exception("secret password"))


def ask(world: World, method: str, path: str, **changes: object) -> tuple[int, dict]:
    context = world.context
    parts = {"view": world.view, "store": world.store, "sessions": world.sessions, **changes}
    terms = ReceiptTerms(GATEWAY, DOMAIN, 30, lambda: 0.0)
    fixed = {"terms": terms, "verdict_domain": VERDICT_DOMAIN, "lag": context.lag}
    client = AppClient(create_app(build_context(**parts, **fixed)))
    body = Work().body() if method == "POST" else None
    response = client.request(method, path, json=body)
    return response.status_code, response.json()


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/tasks/1/submissions"), ("GET", "/tasks/1/verdict")]
)
def test_node_down__any_request__is_chain_unreachable(world: World, method: str, path: str) -> None:
    status, problem = ask(world, method, path, view=DeadView())

    assert (status, problem["type"]) == (503, "urn:tessera:problem:chain-unreachable")


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/tasks/1/submissions"), ("GET", "/tasks/1/items")]
)
def test_store_down__any_request__is_store_unreachable(
    world: World, method: str, path: str
) -> None:
    status, problem = ask(world, method, path, store=DeadStore())

    assert (status, problem["type"]) == (503, "urn:tessera:problem:store-unreachable")


def test_database_down__any_request__says_nothing_of_the_database(world: World) -> None:
    status, problem = ask(world, "GET", "/tasks", sessions=dead_sessions)

    assert (status, problem["type"]) == (503, "urn:tessera:problem:database-unreachable")
    assert "secret" not in str(problem)


def test_fault_of_ours__any_request__says_nothing_of_its_cause(world: World) -> None:
    status, problem = ask(world, "GET", "/tasks", sessions=lambda: 1 / 0)

    assert (status, problem["type"]) == (500, "urn:tessera:problem:server-failed")
    assert "division" not in str(problem)


def test_health__all_there__is_ok(world: World) -> None:
    status, health = ask(world, "GET", "/health")

    assert status == 200
    assert (health["status"], health["clock"], health["lag"]) == ("ok", world.view.now, 0)


def test_health__node_down__is_unwell_and_says_why(world: World) -> None:
    status, health = ask(world, "GET", "/health", view=DeadView())

    assert (status, health["status"], health["store"]) == (503, "unwell", "ok")
    assert health["chain"] == "the node at http://node does not answer"


def test_health__store_down__is_unwell(world: World) -> None:
    status, health = ask(world, "GET", "/health", store=DeadStore())

    assert (status, health["chain"]) == (503, "ok")
    assert "start it" in health["store"]


def test_health__database_down__is_unwell(world: World) -> None:
    status, health = ask(world, "GET", "/health", sessions=dead_sessions)

    assert status == 503
    assert health["database"] == "the database does not answer"
