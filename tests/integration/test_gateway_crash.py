"""A crash at each step of anchoring, then a new start: one anchor on a real chain."""

import time
from collections.abc import Iterator

import pytest

from dao_api.anchoring.loop import AnchorLoop
from dao_api.anchoring.repository import BatchRepository, SignedAnchor
from dao_api.anchoring.wallet import AnchorWallet
from dao_api.bootstrap import Gateway, build_gateway
from dao_api.submissions.service import Offer
from dao_client.canonical import from_canonical
from dao_client.transactions import Sender
from dao_client.types import TaskId
from tests.dao_api.live import LiveChain, MortalGateway, live_chain, wait_until

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveChain]:
    with live_chain(tmp_path_factory.mktemp("live")) as chain:
        yield chain


class PowerCut(Exception):
    """The machine is gone."""


class DyingWallet(AnchorWallet):
    """A real wallet whose machine fails at one step."""

    step = ""

    def sign(self, *arguments: object, **named: object) -> SignedAnchor:
        if self.step == "before signing":
            raise PowerCut
        signed = super().sign(*arguments, **named)
        if self.step == "after signing":
            raise PowerCut
        return signed

    def broadcast(self, signed: SignedAnchor) -> None:
        if self.step == "before the broadcast":
            raise PowerCut
        super().broadcast(signed)
        if self.step == "after the broadcast":
            raise PowerCut


def build(live: LiveChain, name: str) -> Gateway:
    return build_gateway(MortalGateway(live, name, anchor_seconds=0).settings)


def give(live: LiveChain, gateway: Gateway, task_id: TaskId, item: int) -> bytes:
    request = live.work(task_id, item)
    offer = Offer(request.submission, request.signature, from_canonical(request.sealed))
    return gateway.context.submissions.accept(offer)[0].submission_hash


def dying_loop(live: LiveChain, gateway: Gateway, step: str) -> AnchorLoop:
    wallet = DyingWallet(live.system.chain, live.system.task_escrow, live.gateway)
    wallet.step = step
    batches = BatchRepository(gateway.context.sessions)
    return AnchorLoop(
        wallet, gateway.context.view, live.store, batches, anchor_seconds=0, now=lambda: 0.0
    )


def turn(live: LiveChain, name: str, times: int) -> None:
    """Start anew each time, as after a crash; Ganache mines a moment after it answers."""
    for _ in range(times):
        build(live, name).turn()
        time.sleep(0.2)


def turn_until_anchored(live: LiveChain, name: str, task_id: TaskId) -> None:
    """Start anew until the anchor is on chain, and some times more: it must stay the only one."""
    deadline = time.monotonic() + 60
    while not live.system.task_escrow.task(task_id).anchors:
        assert time.monotonic() < deadline, "nothing was anchored"
        turn(live, name, times=1)
    turn(live, name, times=3)


@pytest.mark.parametrize(
    "step", ["before signing", "after signing", "before the broadcast", "after the broadcast"]
)
def test_anchoring__crash_at_a_step__ends_in_one_anchor(live: LiveChain, step: str) -> None:
    name = step.replace(" ", "-")
    gateway = build(live, name)
    task_id = live.publish(4)
    given = [give(live, gateway, task_id, item) for item in (0, 1)]

    with pytest.raises(PowerCut):
        dying_loop(live, gateway, step).step()
    turn_until_anchored(live, name, task_id)

    assert live.anchored(task_id) == given
    assert live.system.task_escrow.task(task_id).anchors == 1


def test_anchoring__key_used_by_another_program__anchors_with_the_next_nonce(
    live: LiveChain,
) -> None:
    gateway = build(live, "foreign")
    task_id = live.publish(4)
    given = give(live, gateway, task_id, 0)
    with pytest.raises(PowerCut):
        dying_loop(live, gateway, "before the broadcast").step()
    token = live.system.token(live.system.deployment.payment_token)
    Sender(live.system.chain, live.gateway).send(token.approve(live.gateway.address, 1))

    turn_until_anchored(live, "foreign", task_id)

    assert live.anchored(task_id) == [given]
    assert live.system.task_escrow.task(task_id).anchors == 1


def test_anchoring__fork_takes_the_anchor_back__anchors_it_again(live: LiveChain) -> None:
    gateway = build(live, "fork")
    task_id = live.publish(4)
    given = give(live, gateway, task_id, 0)
    chain = live.system.chain
    snapshot = chain.rpc.call("evm_snapshot")
    turn(live, "fork", times=1)
    wait_until(lambda: live.system.task_escrow.task(task_id).anchors == 1, 30)
    turn(live, "fork", times=1)

    chain.rpc.call("evm_revert", snapshot)  # a fork takes the anchor back
    assert live.system.task_escrow.task(task_id).anchors == 0
    turn_until_anchored(live, "fork", task_id)

    assert live.anchored(task_id) == [given]
    assert live.system.task_escrow.task(task_id).anchors == 1
