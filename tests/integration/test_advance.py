"""The clock of a busy node moves once: it used to jump again while a block was under way."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.chain import Chain
from dao_client.nodes import advance, start_chain, stop_chain

pytestmark = pytest.mark.integration

HOUR = 3_600


@pytest.fixture(params=["ganache", "anvil"])
def busy_chain(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Chain]:
    """A node to which three wallets send one transaction after the other."""
    node = start_chain(request.param, state_dir=tmp_path, accounts=4)
    is_over = threading.Event()

    def send(sender: str, recipient: str) -> None:
        own = Chain.connect(node.url)
        while not is_over.is_set():
            own.rpc.call("eth_sendTransaction", {"from": sender, "to": recipient, "value": "0x1"})

    chain = Chain.connect(node.url)
    *senders, recipient = chain.rpc.call("eth_accounts")
    threads = [threading.Thread(target=send, args=(each, recipient)) for each in senders]
    for thread in threads:
        thread.start()
    yield chain
    is_over.set()
    for thread in threads:
        thread.join()
    stop_chain(tmp_path)


def test_advance__while_others_send__moves_the_clock_once(busy_chain: Chain) -> None:
    jumps = []
    for _ in range(8):
        before = busy_chain.clock()
        advance(busy_chain, HOUR)
        jumps.append(busy_chain.clock() - before)

    assert min(jumps) >= HOUR
    assert max(jumps) < HOUR + 60
