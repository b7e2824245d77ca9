"""Sending, on a node in memory: what is asked, and what is said when it is refused."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from eth_abi import encode

from dao_client.batches import broadcast_all, send_many
from dao_client.chain import Chain
from dao_client.contracts import Call
from dao_client.errors import RpcRefused, TransactionLost, TransactionRefused, WrongChain
from dao_client.fees import fees, gas_limit
from dao_client.keys import LocalSigner, SignedTransaction
from dao_client.transactions import (
    LAST_POLL_SECONDS,
    NUDGE_SECONDS,
    Pace,
    Sender,
    transfer_coin,
)
from dao_client.types import Digest
from tests.dao_client.fake_rpc import FakeRpc, block, mined

pytestmark = pytest.mark.unit

WALLET = LocalSigner.from_mnemonic(0)
OTHER = LocalSigner.from_mnemonic(1)
CALL = Call(OTHER.address, b"\1\2", "TaskEscrow.top_up", (7, 5))
REVERT = RpcRefused(
    "eth_call", 3, "execution reverted", "0x08c379a0" + encode(["string"], ["escrow: late"]).hex()
)


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


def node(**answers) -> FakeRpc:
    usual = {
        "eth_call": "0x",
        "eth_estimateGas": hex(100_000),
        "eth_getTransactionCount": "0x3",
        "eth_getBalance": hex(10**18),
        "eth_getBlockByNumber": block(9, 1_000),
        "eth_maxPriorityFeePerGas": hex(10**9),
        "eth_sendRawTransaction": "0x",
        "eth_getTransactionReceipt": mined,
        "eth_getTransactionByHash": None,
    }
    return FakeRpc(**{**usual, **answers})


def sender(rpc: FakeRpc, timeout: float = 5.0) -> Sender:
    clock = Clock()
    return Sender(Chain(rpc), WALLET, Pace(timeout, clock.now, clock.sleep))


def test_send__accepted__returns_what_was_mined() -> None:
    rpc = node()

    outcome = sender(rpc).send(CALL)

    assert outcome.is_success
    assert rpc.methods().count("eth_sendRawTransaction") == 1


def test_send__reverts_in_simulation__names_function_arguments_and_reason() -> None:
    rpc = node(eth_call=REVERT, eth_estimateGas=REVERT)

    with pytest.raises(TransactionRefused) as refused:
        sender(rpc).send(CALL)

    assert str(refused.value) == "TaskEscrow.top_up(7, 5) was refused: escrow: late"
    assert refused.value.reason == "escrow: late"
    assert "eth_sendRawTransaction" not in rpc.methods()


def test_send__reverts_once_mined__finds_the_reason_on_the_parent_block() -> None:
    def call(_: object, tag: str) -> object:
        return REVERT if tag == hex(6) else "0x"

    rpc = node(eth_call=call, eth_getTransactionReceipt=lambda each: mined(each, status=0))

    with pytest.raises(TransactionRefused, match="refused: escrow: late"):
        sender(rpc).send(CALL)


def test_send__fails_without_a_reason__says_in_which_block() -> None:
    rpc = node(eth_getTransactionReceipt=lambda each: mined(each, status=0))

    with pytest.raises(TransactionRefused, match="failed in block 7, transaction 0x"):
        sender(rpc).send(CALL)


def test_send__too_little_coin__says_how_much_is_needed() -> None:
    rpc = node(eth_getBalance=hex(77))

    with pytest.raises(TransactionRefused, match=r"insufficient funds: wallet 0x\w+ holds 77 wei"):
        sender(rpc).send(CALL)

    assert "eth_sendRawTransaction" not in rpc.methods()


def test_send__node_moved_to_another_chain__sends_nothing() -> None:
    rpc = node()
    wallet = sender(rpc)
    rpc.answers["eth_chainId"] = "0x1"

    with pytest.raises(WrongChain, match="is now on chain 1, it was on 1337: nothing was sent"):
        wallet.send(CALL)

    assert "eth_sendRawTransaction" not in rpc.methods()


@pytest.mark.parametrize("text", ["already known", "nonce too low", "transaction already imported"])
def test_broadcast__same_bytes_again__is_no_failure(text: str) -> None:
    refusal = RpcRefused("eth_sendRawTransaction", -32000, text)
    rpc = node(eth_sendRawTransaction=refusal, eth_getTransactionByHash={"hash": "0x"})
    wallet = sender(rpc)
    signed = wallet.prepare(CALL)

    wallet.broadcast(signed, CALL)

    assert wallet.wait(signed.hash).is_success


def test_broadcast__nonce_used_by_another_transaction__is_refused() -> None:
    rpc = node(eth_sendRawTransaction=RpcRefused("eth_sendRawTransaction", -1, "nonce too low"))
    wallet = sender(rpc)

    with pytest.raises(TransactionRefused, match="nonce too low"):
        wallet.broadcast(wallet.prepare(CALL), CALL)


def test_wait__never_mined__is_lost_after_the_timeout() -> None:
    rpc = node(eth_getTransactionReceipt=None)

    with pytest.raises(TransactionLost, match="not mined in 5 s and is unknown to the node"):
        sender(rpc).send(CALL)


class StalledNode:
    """A node whose pool holds what was sent and that mines it only when it is told to."""

    def __init__(self, blocks_needed: int) -> None:
        self.blocks_left = blocks_needed
        self.clock = Clock()
        self.nudged_at: list[float] = []
        self.rpc = node(
            eth_getTransactionReceipt=lambda each: None if self.blocks_left else mined(each),
            eth_getTransactionByHash={"hash": "0x"},
        )

    def nudge(self, chain: Chain) -> None:
        assert chain.rpc is self.rpc
        self.nudged_at.append(self.clock.now())
        self.blocks_left -= 1

    def pace(self, **changes: Callable[[Chain], None]) -> Pace:
        return Pace(60.0, self.clock.now, self.clock.sleep, **changes)


@pytest.mark.parametrize("blocks_needed", [1, 3])
def test_wait_all__node_does_not_mine_what_waits__is_nudged_until_it_does(
    blocks_needed: int,
) -> None:
    stalled = StalledNode(blocks_needed)

    outcomes = send_many(Chain(stalled.rpc), [(WALLET, CALL)], stalled.pace(nudge=stalled.nudge))

    assert [each.is_success for each in outcomes] == [True]
    assert len(stalled.nudged_at) == blocks_needed
    pauses = [later - before for before, later in pairwise([0.0, *stalled.nudged_at])]
    assert all(NUDGE_SECONDS < pause <= NUDGE_SECONDS + LAST_POLL_SECONDS for pause in pauses)


def test_wait_all__nobody_may_nudge__is_lost_after_the_timeout() -> None:
    stalled = StalledNode(1)

    with pytest.raises(TransactionLost, match="not mined in 60 s and waits in the node's pool"):
        send_many(Chain(stalled.rpc), [(WALLET, CALL)], stalled.pace())


def test_wait_all__nudging_does_not_help__is_lost_after_the_timeout() -> None:
    stalled = StalledNode(1_000)

    with pytest.raises(TransactionLost, match="not mined in 60 s"):
        send_many(Chain(stalled.rpc), [(WALLET, CALL)], stalled.pace(nudge=stalled.nudge))


def test_wait_all__receipts_keep_coming__is_not_nudged() -> None:
    stalled = StalledNode(1_000)
    slow = {"receipts": 0.0}

    def receipt(each: str) -> object:
        if stalled.clock.now() < slow["receipts"]:
            return None
        slow["receipts"] = stalled.clock.now() + NUDGE_SECONDS - LAST_POLL_SECONDS
        return mined(each)

    stalled.rpc.answers["eth_getTransactionReceipt"] = receipt
    orders = [(WALLET, CALL)] * 4

    send_many(Chain(stalled.rpc), orders, stalled.pace(nudge=stalled.nudge))

    assert stalled.clock.now() > NUDGE_SECONDS
    assert stalled.nudged_at == []


def test_prepare__same_state__gives_the_same_bytes() -> None:
    wallet = sender(node())

    assert wallet.prepare(CALL) == wallet.prepare(CALL)
    assert wallet.prepare(CALL, nonce=9) != wallet.prepare(CALL)


def test_send_many__many_of_one_wallet__count_their_nonces_up() -> None:
    sent: list[str] = []
    rpc = node(eth_sendRawTransaction=sent.append)
    rpc.answers["eth_getTransactionCount"] = lambda *_: hex(len(sent))
    orders = [(WALLET, transfer_coin(OTHER.address, 1)) for _ in range(250)]
    steps: list[int] = []

    outcomes = send_many(Chain(rpc), orders, progress=steps.append)

    assert len(outcomes) == len(set(sent)) == 250
    assert steps == [60, 120, 180, 240, 250]


def test_broadcast_all__several_of_a_wallet__its_first_goes_last() -> None:
    sent: list[str] = []

    def take(raw: str) -> str:
        sent.append(raw)
        return f"answer to {raw}"

    signed = [SignedTransaction(bytes([number]), Digest(bytes(32))) for number in range(4)]
    wallets = [WALLET.address, OTHER.address, WALLET.address, WALLET.address]

    answers = broadcast_all(Chain(node(eth_sendRawTransaction=take)), signed, wallets)

    assert sent == ["0x02", "0x03", "0x00", "0x01"]
    assert answers == [f"answer to 0x0{number}" for number in range(4)]


def test_send_many__one_reverts__nothing_of_its_chunk_is_sent() -> None:
    rpc = node(eth_estimateGas=REVERT)

    with pytest.raises(TransactionRefused, match="escrow: late"):
        send_many(Chain(rpc), [(WALLET, CALL)])

    assert "eth_sendRawTransaction" not in rpc.methods()


def test_send_many__one_fails_once_mined__is_named() -> None:
    rpc = node(eth_getTransactionReceipt=lambda each: mined(each, status=0))

    with pytest.raises(TransactionRefused, match=r"top_up\(7, 5\) was refused: failed in block 7"):
        send_many(Chain(rpc), [(WALLET, CALL)])


def test_fees__any_base_fee__leaves_room_for_it_to_rise() -> None:
    price = fees(base_fee=10**10, suggested_tip=0)

    assert (price.max_fee, price.tip) == (31 * 10**9, 10**9)
    assert gas_limit(21_000) == 21_000
    assert gas_limit(100_000) == 150_000
    assert gas_limit(400_000) == 500_000
