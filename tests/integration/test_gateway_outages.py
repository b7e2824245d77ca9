"""The gateway's node or IPFS node dies at any moment: no receipt is broken, none anchored twice."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dao_client.gateway import GatewayClient
from dao_client.nodes import advance
from ipfs_store import KuboStore
from ipfs_store.node import running_node
from tests.dao_api.live import HOUR, GatewayProcess, LiveChain, live_chain, wait_until
from tests.integration.cable import Cable, cable_to
from tests.integration.stream import Stream

pytestmark = pytest.mark.integration

CUTS = 24
ITEMS = 60


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveChain]:
    with live_chain(tmp_path_factory.mktemp("live")) as chain:
        yield chain


def hand_in_everything(stream: Stream, gateway: GatewayProcess) -> dict[bytes, object]:
    """Hand in each submission while the cable breaks, then all again; return the first receipts."""
    stream.run(threading.Event())
    before = dict(stream.receipts)
    client = GatewayClient(gateway.url)
    for request in stream.sent:
        wait_until(lambda each=request: stream.hand_in(client, each), 120)
    client.close()
    return before


def assert_receipts_hold(live: LiveChain, task_id: int, stream: Stream, before: dict) -> None:
    advance(live.system.chain, HOUR)
    wait_until(lambda: len(live.anchored(task_id)) >= ITEMS, 300)
    counts = Counter(live.anchored(task_id))
    assert {each: stream.receipts[each] for each in before} == before
    assert set(counts) == set(stream.receipts)
    assert set(counts.values()) == {1}
    assert live.system.task_escrow.task(task_id).anchored_answers == ITEMS


def break_while_it_works(cable: Cable, gateway: GatewayProcess, live: LiveChain) -> None:
    task_id = live.publish(ITEMS)
    moment = random.Random(task_id)
    stream = Stream(gateway.url, [live.work(task_id, item) for item in range(ITEMS)])
    gateway.start()
    try:
        cable.plan(moment.randint(1, 10) for _ in range(CUTS))
        before = hand_in_everything(stream, gateway)
        assert cable.cuts >= CUTS // 2
        assert len(before) < ITEMS, "no outage was noticed"
        assert_receipts_hold(live, task_id, stream, before)
    finally:
        gateway.close()


def test_gateway__node_dies_again_and_again__loses_and_doubles_nothing(live: LiveChain) -> None:
    with cable_to(int(live.url.rsplit(":", 1)[1])) as cable:
        near = replace(live, url=f"http://127.0.0.1:{cable.port}")
        gateway = GatewayProcess(near, "node-outages", anchor_seconds=0)

        break_while_it_works(cable, gateway, live)


@pytest.fixture
def ipfs_address(tmp_path: Path) -> Iterator[str]:
    with running_node(tmp_path / "repo") as address:
        yield address


def test_gateway__ipfs_node_dies_again_and_again__loses_and_doubles_nothing(
    live: LiveChain, ipfs_address: str
) -> None:
    with cable_to(int(ipfs_address.rsplit("/", 1)[1])) as cable:
        near = replace(
            live,
            store=KuboStore(ipfs_address),
            store_url=f"kubo:/ip4/127.0.0.1/tcp/{cable.port}",
        )
        gateway = GatewayProcess(near, "ipfs-outages", anchor_seconds=0)

        break_while_it_works(cable, gateway, near)
