"""`tessera next` with a real chain, gateway and operator: who answers what, and what grows."""

import csv
from collections.abc import Iterator

import httpx
import pytest

from dao_client.gateway import GatewayClient
from dao_client.worker import submit
from tests.dao_api.live import (
    OPERATOR,
    WORKER,
    GatewayProcess,
    LiveChain,
    free_port,
    live_chain,
    running_gateway,
    wait_until,
)
from tests.integration.commands import CommandLine, command_line_at
from tests.integration.serving_needs import serving_needs

pytestmark = pytest.mark.integration

ITEMS = 6


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveChain]:
    with live_chain(tmp_path_factory.mktemp("live")) as chain:
        yield chain


@pytest.fixture(scope="module")
def gateway(live: LiveChain) -> Iterator[GatewayProcess]:
    with running_gateway(live, "next") as process:
        yield process


@pytest.fixture(scope="module")
def operator(live: LiveChain) -> Iterator[str]:
    with serving_needs(live) as url:
        yield url


@pytest.fixture
def tessera(live: LiveChain, gateway: GatewayProcess, tmp_path) -> CommandLine:
    return command_line_at(live, gateway=gateway.url, answers=tmp_path / "kept")


def test_next__same_call__gives_the_same_items_until_they_are_answered(live, gateway, tessera):
    task_id = live.publish(ITEMS)
    call = ("next", task_id, "--count", 3, "--worker", WORKER.address)

    first, again = tessera(*call), tessera(*call)
    submit(live.system, GatewayClient(gateway.url), live.work(task_id, first[0]["item"]))
    later = tessera(*call)

    assert first == again
    assert set(first[0]) == {"item", "id", "text", "image"}
    assert [row["item"] for row in later[:2]] == [row["item"] for row in first[1:]]


def test_next__csv__is_filled_in_and_handed_in(live, tessera, tmp_path):
    task_id = live.publish(ITEMS)
    file = tmp_path / "mine.csv"

    written = tessera("next", task_id, "--account", WORKER.address, "--csv", file)
    rows = list(csv.DictReader(file.open()))

    assert written == {"task_id": task_id, "items": ITEMS, "file": str(file)}
    assert {row["item"] for row in rows} == set(map(str, range(ITEMS)))
    assert {row["answer"] for row in rows} == {""}
    refusal = tessera("next", task_id, "--account", WORKER.address, "--csv", file)
    assert refusal == f"error: {file}: File exists"


def test_next__operator__is_asked_for_what_items_want(live, gateway, operator, tessera):
    task_id = live.publish(ITEMS)
    submit(live.system, GatewayClient(gateway.url), live.work(task_id, 0, 1))
    wait_until(lambda: live.anchored(task_id), 30)

    found = httpx.get(f"{operator}/tasks/{task_id}/wants", timeout=60).json()
    rows = tessera("next", task_id, "--worker", OPERATOR.address, "--operator", operator)

    assert found["wants"] == {"0": 2, "1": 2, "2": 3, "3": 3, "4": 3, "5": 3}
    assert {row["item"] for row in rows} == set(range(ITEMS))


def test_next__operator_that_is_away__is_done_without(live, tessera):
    task_id = live.publish(ITEMS)
    away = f"http://127.0.0.1:{free_port()}"

    code, out, err = tessera.run(
        "next", task_id, "--worker", WORKER.address, "--operator", away, "--json"
    )

    assert (code, out.count('"item"')) == (0, ITEMS)
    assert f"warning: the operator at {away} does not answer" in err


def test_next__cancelled_task__is_refused(live, tessera):
    task_id = live.publish(ITEMS)
    tessera("task", "cancel", task_id, "--account", 0)

    refusal = tessera("next", task_id, "--worker", WORKER.address)

    assert refusal.startswith(f"error: task {task_id} is CANCELLED: answers are given while it is")
