"""JSON-RPC over HTTP, with a transport in memory."""

import json

import httpx
import pytest

from dao_client.errors import ChainUnreachable, RpcRefused
from dao_client.rpc import BATCH, HttpRpc

pytestmark = pytest.mark.unit

URL = "http://node.example"


def rpc_with(respond) -> HttpRpc:
    return HttpRpc(URL, transport=httpx.MockTransport(respond))


def echo(request: httpx.Request) -> httpx.Response:
    """Answer each call with its first parameter, a batch in reverse order."""
    body = json.loads(request.content)
    if isinstance(body, dict):
        return httpx.Response(200, json={"id": body["id"], "result": body["params"][0]})
    replies = [{"id": each["id"], "result": each["params"][0]} for each in body]
    return httpx.Response(200, json=replies[::-1])


def test_call__answer__is_returned() -> None:
    assert rpc_with(echo).call("eth_echo", "0x2a") == "0x2a"


def test_call__error__is_raised_with_code_text_and_data() -> None:
    error = {"code": 3, "message": "execution reverted", "data": "0x08"}
    rpc = rpc_with(lambda _: httpx.Response(200, json={"id": 1, "error": error}))

    with pytest.raises(RpcRefused) as refused:
        rpc.call("eth_call")

    assert (refused.value.code, refused.value.error_data) == (3, "0x08")
    assert "eth_call was refused by the node: execution reverted (code 3)" in str(refused.value)


def test_batch__more_than_one_request_holds__keeps_the_order() -> None:
    wanted = list(range(BATCH * 2 + 5))

    assert rpc_with(echo).batch([("eth_echo", [each]) for each in wanted]) == wanted


def test_batch__one_fails__takes_its_place() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        first, second = json.loads(request.content)
        error = {"code": -1, "message": "no"}
        return httpx.Response(
            200, json=[{"id": first["id"], "result": 1}, {"id": second["id"], "error": error}]
        )

    good, bad = rpc_with(respond).batch([("a", []), ("b", [])])

    assert good == 1
    assert isinstance(bad, RpcRefused)


def test_batch__answer_left_out__is_refused() -> None:
    with pytest.raises(ChainUnreachable, match="left eth_echo of a batch unanswered"):
        rpc_with(lambda _: httpx.Response(200, json=[])).batch([("eth_echo", [1])])


def test_batch__node_that_knows_none__is_refused() -> None:
    answer = {"error": {"code": -1, "message": "no batches"}}

    with pytest.raises(ChainUnreachable, match="does not answer batches"):
        rpc_with(lambda _: httpx.Response(200, json=answer)).batch([("eth_echo", [1])])


def test_call__something_else_at_the_address__is_refused() -> None:
    with pytest.raises(ChainUnreachable, match="answered HTTP 502 without JSON"):
        rpc_with(lambda _: httpx.Response(502, text="<html>")).call("eth_chainId")
    with pytest.raises(ChainUnreachable, match="something that is no reply"):
        rpc_with(lambda _: httpx.Response(200, json=[])).call("eth_chainId")


def test_call__no_connection__says_what_to_check() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused")

    with pytest.raises(ChainUnreachable, match=r"does not answer \(connection refused\): is it"):
        rpc_with(refuse).call("eth_chainId")


def test_call__simulation_unanswered__is_asked_again() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        asked.append(body["method"])
        if len(asked) < 3:
            raise httpx.ReadTimeout("timed out", request=request)
        return httpx.Response(200, json={"jsonrpc": "2.0", "id": body["id"], "result": "0x1"})

    rpc = HttpRpc("http://node", transport=httpx.MockTransport(answer))

    assert rpc.call("eth_estimateGas", {}) == "0x1"
    assert asked == ["eth_estimateGas"] * 3


def test_call__transaction_unanswered__is_sent_once() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ReadTimeout("timed out", request=request)

    rpc = HttpRpc("http://node", transport=httpx.MockTransport(answer))

    with pytest.raises(ChainUnreachable, match="timed out"):
        rpc.call("eth_sendRawTransaction", "0x00")
    assert len(asked) == 1
