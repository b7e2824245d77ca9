"""The client of an operator's server, with a transport in memory."""

import httpx
import pytest

from dao_client.errors import OperatorRefused
from dao_client.operator_client import NeededAudits, OperatorClient
from dao_client.types import TaskId

pytestmark = pytest.mark.unit

TASK = TaskId(3)


def client(respond) -> OperatorClient:
    return OperatorClient("http://operator.example/", transport=httpx.MockTransport(respond))


def says(content, status: int = 200) -> OperatorClient:
    return client(lambda _: httpx.Response(status, json=content))


def test_wants__reply__is_by_item():
    assert says({"task_id": 3, "as_of_block": 9, "wants": {"4": 2}}).wants(TASK) == {4: 2}


def test_needed_audits__reply__has_rate_and_items():
    reply = {"task_id": 3, "as_of_block": 9, "rate_bps": 1_500, "items": [1, 7]}

    assert says(reply).needed_audits(TASK) == NeededAudits(9, 1_500, (1, 7))


def test_wants__task_not_open__says_what_the_operator_says():
    with pytest.raises(OperatorRefused, match=r"\(HTTP 409\): task 3 took answers until 5"):
        says({"detail": "task 3 took answers until 5"}, 409).wants(TASK)


@pytest.mark.parametrize("reply", [{}, [], {"wants": [1]}, {"wants": {"x": 1}}])
def test_wants__something_else__asks_for_the_address(reply):
    with pytest.raises(OperatorRefused, match="is the address right"):
        says(reply).wants(TASK)


def test_needed_audits__no_json__asks_for_the_address():
    with pytest.raises(OperatorRefused, match="is the address right"):
        client(lambda _: httpx.Response(200, text="<html>")).needed_audits(TASK)


def test_wants__no_connection__names_the_way_without():
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(OperatorRefused, match="try another one with --operator, or none"):
        client(refuse).wants(TASK)
