"""Addresses that are none: every client says which, as where nobody answers."""

import pytest

from dao_client.errors import ChainUnreachable, GatewayRefused, OperatorRefused
from dao_client.gateway import GatewayClient
from dao_client.operator_client import OperatorClient
from dao_client.rpc import HttpRpc
from dao_client.types import TaskId
from oracle.errors import PeerUnreachable
from oracle.peers import HttpPeer

pytestmark = pytest.mark.unit

ADDRESSES = (
    "http://127.0.0.1:port", "http://[::1", "http://a\0b", "127.0.0.1:8545", f"http://{'a' * 80}",
)  # fmt: skip


@pytest.mark.parametrize("url", ADDRESSES)
@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda url: GatewayClient(url).health(), GatewayRefused),
        (lambda url: OperatorClient(url).wants(TaskId(1)), OperatorRefused),
        (lambda url: HttpRpc(url).call("eth_chainId"), ChainUnreachable),
        (lambda url: HttpPeer(url).signed(1337, TaskId(1)), PeerUnreachable),
    ],
)
def test_ask__an_address_that_is_none__is_refused_with_its_name(url, ask, error) -> None:
    with pytest.raises(error) as refusal:
        ask(url)

    assert f"{url} does not answer" in str(refusal.value)
