"""A node that stops mining by itself: who started it may nudge it, and all that waits is mined."""

import pytest

from dao_client.batches import send_many
from dao_client.chain import Chain
from dao_client.errors import TransactionLost
from dao_client.keys import LocalSigner
from dao_client.node_programs import ChainKind
from dao_client.nodes import mine, start_chain, stop_chain
from dao_client.transactions import Pace, transfer_coin
from dao_client.types import Wei

pytestmark = pytest.mark.integration

SENDERS = [LocalSigner.from_mnemonic(place) for place in range(3)]
POOR = LocalSigner(b"\x5a" * 32).address
BURST = 20


@pytest.fixture
def stalled(tmp_path):
    """Start Anvil and take its own mining away, as its bug does at times."""
    node = start_chain(ChainKind.ANVIL, state_dir=tmp_path, accounts=len(SENDERS))
    try:
        chain = Chain.connect(node.url)
        chain.rpc.call("evm_setAutomine", False)
        yield chain
    finally:
        stop_chain(tmp_path)


def burst():
    return [(SENDERS[each % len(SENDERS)], transfer_coin(POOR, Wei(1))) for each in range(BURST)]


def test_send_many__node_stopped_mining__nudged_it_mines_the_whole_burst(stalled):
    outcomes = send_many(stalled, burst(), Pace(nudge=mine))

    assert all(each.is_success for each in outcomes)
    assert stalled.balance(POOR) == BURST


def test_send_many__node_stopped_mining_and_is_not_ours__is_lost(stalled):
    with pytest.raises(TransactionLost, match="not mined in 1 s and waits in the node's pool"):
        send_many(stalled, burst(), Pace(timeout=1.0))
