"""An operator's server says what tasks need, over real sockets, and nothing else."""

from socket import socket

import httpx
import pytest

from oracle.needs import Needs
from oracle.server import Server, create_app
from oracle.signatures import Signatures
from tests.oracle.fake_chain import ORACLE_DOMAIN
from tests.oracle.running_world import CROWD, KEY, block, running_world

pytestmark = pytest.mark.integration


@pytest.fixture
def world(tmp_path):
    found = running_world(tmp_path / "store")
    found.remember(*CROWD)
    found.hand_in(["00000", "00011", "01..."])
    return found


@pytest.fixture
def client(world, tmp_path):
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    needs = Needs(world.chain, world.store, KEY)
    signatures = Signatures(tmp_path / "signed", ORACLE_DOMAIN)
    server = Server(create_app(signatures, ORACLE_DOMAIN, needs), "127.0.0.1", port)
    server.start()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as speaking:
        yield speaking
    server.stop()


def test_wants__open_task__are_numbers_and_nothing_else(client):
    response = client.get("/tasks/7/wants")

    assert response.status_code == 200
    assert response.json() == {"task_id": 7, "as_of_block": 20, "wants": {"1": 2, "2": 3}}


def test_audits__in_the_audit_window__are_a_rate_and_items(client, world):
    world.chain.latest = block(30, 1_400)

    found = client.get("/tasks/7/audits").json()

    assert set(found) == {"task_id", "as_of_block", "rate_bps", "items"}
    assert (found["as_of_block"], found["rate_bps"]) == (30, 500)


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/tasks/8/wants", 404, "there is no task 8"),
        ("/tasks/7/audits", 409, "is audited from 1333 until 1666, it is 900"),
        ("/tasks/x/wants", 422, ""),
    ],
)
def test_needs__question_that_has_no_answer__says_why(client, path, status, detail):
    response = client.get(path)

    assert response.status_code == status
    assert detail in str(response.json()["detail"])


def test_wants__empty_store__is_worth_asking_again(client, world):
    for path in list(world.store.path.rglob("*")):
        if path.is_file():
            path.unlink()

    response = client.get("/tasks/7/wants")

    assert response.status_code == 503
    assert "document of task 7" in response.json()["detail"]
