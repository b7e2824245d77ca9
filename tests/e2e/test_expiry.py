"""All operators are gone for ever: clocks and wallets alone pay workers and requester."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from rich.console import Console

from dao_client.chain import Chain
from dao_client.claims import claim
from dao_client.contracts.parameters import ParameterId
from dao_client.node_programs import ChainKind
from dao_client.transactions import Sender
from dao_client.types import Phase, TaskId
from ipfs_store import open_store
from scripts.demo.clock import travel_to
from scripts.demo.journal import Journal
from scripts.demo.ledger import read_money, read_rewards
from scripts.demo.processes import Processes
from scripts.demo.replay import replay_crowd
from scripts.demo.scene import Scene
from scripts.demo.settings import DemoSettings
from scripts.demo.stages import answering, funding, ground, programs, publishing, settling
from scripts.demo.wallets import Wallets
from tests.e2e.crowds import ITEMS, write_crowd

pytestmark = pytest.mark.e2e


@pytest.fixture(params=list(ChainKind))
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    """Chain, contracts, store, staked workers; operators who leave when their keys are on chain."""
    settings = DemoSettings(chain=request.param, out=tmp_path)
    journal, places = Journal(Console(quiet=True)), ground.Places(tmp_path)
    crowd = replay_crowd(write_crowd(tmp_path)[0], None)
    wallets = Wallets.derive(len(crowd.workers))
    with ExitStack() as stack:
        node = stack.enter_context(ground.running_chain(settings, places, len(crowd.workers)))
        url = stack.enter_context(ground.running_store(settings, places))
        chain = Chain.connect(node.url)
        system = ground.deploy_contracts(chain, wallets, places)
        processes = stack.enter_context(Processes(tmp_path / "logs"))
        network = programs.Network(node.url, url, places)
        with journal.step("stake", "stake") as step:
            funding.stake_workers(system, wallets, crowd.workers, step)
            funding.register_operators(system, wallets, step)
        programs.start_operators(processes, network)
        programs.await_keys(processes, system)
        processes.stop()
        yield Scene(settings, journal, crowd, wallets, network, system, open_store(url), processes)


@pytest.fixture
def anchored_task(scene: Scene) -> TaskId:
    """A task whose answers are all anchored; the gateway is stopped again."""
    published = publishing.publish(scene.system, scene.wallets, scene.store, scene.crowd, 0)
    task_id = published.task_id
    gateway = programs.start_gateway(scene.processes, scene.network)
    programs.await_gateway(scene.processes, gateway)
    with scene.journal.step("answer", "answer") as step:
        desk = answering.Desk.at(scene.system, scene.store, gateway, task_id)
        work = answering.assignments_of(scene.wallets.workers, scene.crowd)
        answering.hand_in(desk, work, step)
        settling.pass_deadline(scene.system, [task_id], lambda windows: windows.submit_deadline)
        expected = {task_id: scene.crowd.answer_count}
        answering.await_anchors(scene.system, scene.processes, expected, step)
    scene.processes.stop()
    gateway.close()
    return task_id


def test_expire_task__no_operators__pays_workers_flat_and_requester_the_rest(
    scene: Scene, anchored_task: TaskId
) -> None:
    system, wallets, escrow = scene.system, scene.wallets, scene.system.task_escrow
    grace = system.parameters.value_for_task(ParameterId.GRACE_SECONDS, anchored_task)
    due = escrow.task(anchored_task).verdict_deadline + grace
    travel_to(system.chain, due + 1)

    Sender(system.chain, wallets.workers[0]).send(system.verdict_oracle.expire_task(anchored_task))
    for worker in wallets.workers:
        claim(system, Sender(system.chain, worker), scene.store, [anchored_task], worker.address)
    Sender(system.chain, wallets.requester).send(escrow.refund(anchored_task))

    assert system.verdict_oracle.phase(anchored_task) is Phase.EXPIRED
    assert read_rewards(escrow, anchored_task) == {
        worker.address: ITEMS * funding.PRICE for worker in wallets.workers
    }
    (money,) = read_money(system.chain, escrow).values()
    assert money.is_conserved
    assert (money.held, money.fees) == (0, 0)
    assert system.token(ground.payment_token(system)).balance_of(wallets.requester.address) == (
        money.refunded
    )
