"""The gateway's client, with a transport in memory."""

import httpx
import pytest

from dao_client.errors import GatewayRefused
from dao_client.gateway import GatewayClient

pytestmark = pytest.mark.unit


def client(respond) -> GatewayClient:
    return GatewayClient("http://gateway.example/", transport=httpx.MockTransport(respond))


def test_get__answer__is_returned() -> None:
    seen: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200, json={"status": "ok"})

    assert client(respond).health() == {"status": "ok"}
    assert seen == ["http://gateway.example/health"]


def test_get__problem__says_title_and_detail() -> None:
    problem = {"title": "Late", "detail": "task 1 took answers until 5", "status": 409}

    with pytest.raises(GatewayRefused, match=r"\(HTTP 409\): Late: task 1 took answers until 5"):
        client(lambda _: httpx.Response(409, json=problem)).get("/tasks/1")


def test_get__error_without_a_problem__says_the_status() -> None:
    with pytest.raises(GatewayRefused, match="answered HTTP 502"):
        client(lambda _: httpx.Response(502, text="<html>")).get("/tasks/1")


def test_get__no_json__asks_for_the_address() -> None:
    with pytest.raises(GatewayRefused, match="no JSON: is the address right"):
        client(lambda _: httpx.Response(200, text="<html>")).get("/tasks/1")


def test_get__no_connection__points_to_forced_inclusion() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(GatewayRefused, match="--force-inclusion"):
        client(refuse).get("/tasks/1")


@pytest.mark.parametrize(
    ("status", "body", "is_final"),
    [
        (403, {"title": "No seat"}, True),
        (409, {"title": "Late"}, True),
        (408, {"title": "Slow"}, False),
        (429, {"title": "Too many"}, False),
        (503, {"title": "Store"}, False),
        (404, None, False),
    ],
)
def test_get__refusal__is_final_in_the_gateways_own_words_only(status, body, is_final) -> None:
    """A proxy between says 4xx too, and knows nothing of what the gateway holds."""
    response = httpx.Response(status, json=body) if body else httpx.Response(status, text="<html>")

    with pytest.raises(GatewayRefused) as refusal:
        client(lambda _: response).get("/tasks/1")

    assert refusal.value.is_final is is_final
