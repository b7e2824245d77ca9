"""`kill -9` at any moment: each receipted submission is anchored, and exactly once."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from dao_client.gateway import GatewayClient
from dao_client.nodes import advance
from tests.dao_api.live import HOUR, LiveChain, MortalGateway, live_chain, wait_until
from tests.integration.stream import Stream

pytestmark = pytest.mark.integration

KILLS = 12
ITEMS = 120


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveChain]:
    with live_chain(tmp_path_factory.mktemp("live")) as chain:
        yield chain


def kill_while_it_works(gateway: MortalGateway, stream: Stream, moment: random.Random) -> None:
    gateway.start()
    stopping = threading.Event()
    thread = threading.Thread(target=stream.run, args=(stopping,))
    wanted = len(stream.receipts) + moment.randint(0, 3)
    thread.start()
    wait_until(lambda: len(stream.receipts) >= wanted or not thread.is_alive(), 60)
    time.sleep(moment.uniform(0, 0.2))
    gateway.kill()
    stopping.set()
    thread.join()


def test_gateway__killed_again_and_again__loses_and_doubles_nothing(live: LiveChain) -> None:
    moment = random.Random(3)
    task_id = live.publish(ITEMS)
    gateway = MortalGateway(live, "killed", anchor_seconds=0)
    stream = Stream(gateway.url, [live.work(task_id, item) for item in range(ITEMS)])

    for _ in range(KILLS):
        kill_while_it_works(gateway, stream, moment)
    before = dict(stream.receipts)
    gateway.start()
    client = GatewayClient(gateway.url)
    for request in stream.sent:
        stream.hand_in(client, request)
    advance(live.system.chain, HOUR)
    wait_until(lambda: len(live.anchored(task_id)) >= len(stream.sent), 60)
    gateway.kill()

    counts = Counter(live.anchored(task_id))
    assert len(before) >= KILLS
    assert {each: stream.receipts[each] for each in before} == before
    assert set(counts) == set(stream.receipts)
    assert set(counts.values()) == {1}
    assert live.system.task_escrow.task(task_id).anchored_answers == len(stream.sent)
