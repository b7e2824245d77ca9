"""`kill -9` at any moment: each receipted submission is anchored, and exactly once."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from dao_client.documents import SubmissionRequest
from dao_client.errors import GatewayRefused
from dao_client.gateway import GatewayClient
from dao_client.nodes import advance
from dao_client.types import TaskId
from tests.dao_api.live import HOUR, GatewayProcess, LiveChain, live_chain, wait_until

pytestmark = pytest.mark.integration

KILLS = 10
ITEMS = 400


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveChain]:
    with live_chain(tmp_path_factory.mktemp("live")) as chain:
        yield chain


class Stream:
    """Submits one item after the other until it is told to stop; keeps what it got receipts for."""

    def __init__(self, live: LiveChain, task_id: TaskId, gateway: GatewayProcess) -> None:
        self.receipts: dict[bytes, object] = {}
        self.sent: list[SubmissionRequest] = []
        self._items = iter(range(ITEMS))
        self._live, self._task_id, self._gateway = live, task_id, gateway

    def run(self, stopping: threading.Event) -> None:
        client = GatewayClient(self._gateway.url, timeout=5)
        while not stopping.is_set():
            request = self._live.work(self._task_id, next(self._items))
            self.sent.append(request)
            self.hand_in(client, request)

    def hand_in(self, client: GatewayClient, request: SubmissionRequest) -> None:
        try:
            acceptance = client.submit(request)
        except GatewayRefused:
            return  # killed under us: no receipt, so no promise
        self.receipts[acceptance.receipt.submission_hash] = acceptance


def test_gateway__killed_again_and_again__loses_and_doubles_nothing(live: LiveChain) -> None:
    moment = random.Random(3)
    task_id = live.publish(ITEMS)
    gateway = GatewayProcess(live, "killed", anchor_seconds=0)
    stream = Stream(live, task_id, gateway)

    for _ in range(KILLS):
        gateway.start()
        stopping = threading.Event()
        thread = threading.Thread(target=stream.run, args=(stopping,))
        thread.start()
        time.sleep(moment.uniform(0.05, 0.9))
        gateway.kill()
        stopping.set()
        thread.join()
    before = dict(stream.receipts)
    gateway.start()
    again = GatewayClient(gateway.url)
    for request in stream.sent:
        stream.hand_in(again, request)
    advance(live.system.chain, HOUR)
    wait_until(lambda: len(live.anchored(task_id)) >= len(stream.receipts), 60)
    time.sleep(1)
    gateway.close()

    counts = Counter(live.anchored(task_id))
    assert len(before) > KILLS
    assert {each: stream.receipts[each] for each in before} == before
    assert set(counts) == set(stream.receipts)
    assert set(counts.values()) == {1}
    assert live.system.task_escrow.task(task_id).anchored_answers == len(stream.receipts)
