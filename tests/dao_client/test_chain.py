"""The chain reader, on a node in memory."""

import pytest

from dao_client.chain import Chain
from dao_client.errors import ChainUnreachable, RpcRefused
from tests.dao_client.fake_rpc import FakeRpc, block

pytestmark = pytest.mark.unit

TIMES = [100, 110, 110, 130, 150]
CONTRACT = "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0"


def chain_of(times: list[int]) -> Chain:
    def by_tag(tag: str, _: bool) -> dict[str, str] | None:
        number = len(times) - 1 if tag == "latest" else int(tag, 16)
        return block(number, times[number]) if number < len(times) else None

    return Chain(FakeRpc(eth_getBlockByNumber=by_tag))


@pytest.mark.parametrize(
    ("timestamp", "number"),
    [(0, 0), (100, 0), (101, 1), (110, 1), (111, 3), (130, 3), (131, 4), (150, 4)],
)
def test_first_block_at__any_time__finds_the_first_block(timestamp: int, number: int) -> None:
    found = chain_of(TIMES).first_block_at(timestamp)

    assert found is not None
    assert found.number == number


def test_first_block_at__time_to_come__finds_none() -> None:
    assert chain_of(TIMES).first_block_at(151) is None


def test_first_block_at__last_block_given__looks_no_further() -> None:
    chain = chain_of(TIMES)

    assert chain.first_block_at(131, last=chain.block(3)) is None


def test_clock__any_chain__is_the_latest_block_s_time() -> None:
    assert chain_of(TIMES).clock() == 150


def test_block__not_there__is_refused_by_number() -> None:
    with pytest.raises(ChainUnreachable, match="fake:node has no block 99"):
        chain_of(TIMES).block(99)


def log(number: int, index: int) -> dict[str, object]:
    return {
        "address": CONTRACT.lower(),
        "topics": ["0x" + "01" * 32],
        "data": "0x",
        "blockNumber": hex(number),
        "blockHash": "0x" + "02" * 32,
        "logIndex": hex(index),
        "transactionHash": "0x" + "03" * 32,
    }


def test_logs__range_too_large_for_the_node__is_halved_until_it_fits() -> None:
    def by_range(query: dict[str, str]) -> object:
        first, last = int(query["fromBlock"], 16), int(query["toBlock"], 16)
        if last - first > 3:
            return RpcRefused("eth_getLogs", -32005, "more than 4 blocks")
        return [log(number, 0) for number in range(last, first - 1, -1)]

    chain = Chain(FakeRpc(eth_getLogs=by_range))

    found = list(chain.logs([CONTRACT], first=1, last=21))

    assert [each.block_number for each in found] == list(range(1, 22))
    assert found[0].address == CONTRACT


def test_logs__node_that_refuses_one_block__says_so() -> None:
    refusal = RpcRefused("eth_getLogs", -32000, "no logs here")
    chain = Chain(FakeRpc(eth_getLogs=refusal))

    with pytest.raises(RpcRefused, match="no logs here"):
        list(chain.logs([CONTRACT], first=1, last=9))


def test_logs__topics__are_written_as_hex() -> None:
    rpc = FakeRpc(eth_getLogs=[])

    list(Chain(rpc).logs([CONTRACT], [b"\1" * 32, None, [b"\2" * 32]], 0, 0))

    query = rpc.asked[-1][1][0]
    assert query["topics"] == ["0x" + "01" * 32, None, ["0x" + "02" * 32]]


def test_call_many__one_reverts__raises_it() -> None:
    def answer(call: dict[str, str], _: str) -> object:
        is_bad = call["data"] == "0x02"
        return RpcRefused("eth_call", 3, "execution reverted") if is_bad else "0x11"

    chain = Chain(FakeRpc(eth_call=answer))

    assert chain.call_many([(CONTRACT, b"\1")] * 2) == [b"\x11"] * 2
    with pytest.raises(RpcRefused, match="execution reverted"):
        chain.call_many([(CONTRACT, b"\1"), (CONTRACT, b"\2")])


def test_mined__node_stumbles_over_its_own_block__is_not_there_yet() -> None:
    stumble = RpcRefused("eth_getTransactionReceipt", -32700, "Cannot read properties of undefined")

    assert Chain(FakeRpc(eth_getTransactionReceipt=stumble)).mined(b"\1" * 32) is None


def test_mined__node_refuses__says_so() -> None:
    refusal = RpcRefused("eth_getTransactionReceipt", -32601, "no such method")

    with pytest.raises(RpcRefused, match="no such method"):
        Chain(FakeRpc(eth_getTransactionReceipt=refusal)).mined(b"\1" * 32)
