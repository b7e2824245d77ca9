"""What a cycle leaves alone, waits for, or passes on to the daemon."""

from dataclasses import replace

import pytest

from dao_client.errors import ChainUnreachable, MalformedDocument, RpcRefused, WrongChain
from dao_client.types import Digest, Phase, TaskId
from ipfs_store import FolderStore, StoreUnreachable
from oracle.cycle import Cycle, Step
from tests.oracle.desks import open_office, step
from tests.oracle.fake_chain import OPERATORS
from tests.oracle.tasks import TASK_ID
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


@pytest.fixture
def office(world, tmp_path):
    return open_office(*world, tmp_path / "operators")


def test_run__without_a_key__computes_and_sends_nothing(world):
    chain, store = world
    cycle = Cycle(chain, store, None)

    assert [step(cycle), step(cycle)] == [Step.COMPUTED] * 2
    assert chain.sent == []


def test_run__retired_after_signing__leaves_posting_to_the_others(world, office):
    chain, _ = world
    office.peers[0].is_down = office.peers[1].is_down = office.peers[2].is_down = True
    for cycle in office.cycles:
        step(cycle)
    office.peers[1].is_down = office.peers[2].is_down = False
    del chain.registered[OPERATORS[0].address]

    assert step(office.cycles[0]) is Step.NOT_MY_TURN
    assert step(office.cycles[1]) is Step.POSTED
    assert chain.sent == ["post"]


def test_run__all_tasks__remembers_which_have_ended(world, office):
    first = office.cycles[0].run()
    second = office.cycles[0].run()

    assert [first[task] for task in range(1, TASK_ID)] == [Step.ENDED] * (TASK_ID - 1)
    assert list(second) == [TASK_ID]


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.REVEAL])
def test_run__before_the_reveal_is_over__does_nothing(world, office, phase):
    world[0].phase = phase

    assert step(office.cycles[0]) is Step.NOT_DUE


def test_run__evidence_missing__waits(world, office):
    chain, _ = world
    chain.created = replace(chain.created, spec=Digest(bytes(32)))

    assert step(office.cycles[0]) is Step.NO_EVIDENCE


def test_run__node_hides_events__holds_the_verdict_back(world, office):
    world[0].anchored = []

    assert step(office.cycles[0]) is Step.REFUSED


@pytest.mark.parametrize(
    "error", [RpcRefused("eth_call", -32000, "what no list knows"), MalformedDocument("no task")]
)
def test_run__one_task_cannot_be_read__the_others_go_on(world, office, error):
    chain, _ = world
    real = chain.phases
    chain.phases = lambda tasks: [Phase.SETTLING for _ in real(tasks)]
    read, bad = chain.is_expiry_due, TaskId(TASK_ID - 1)

    def is_expiry_due(task_id):
        if task_id == TASK_ID:
            return read(task_id)
        raise error

    chain.is_expiry_due = is_expiry_due

    steps = office.cycles[0].run()

    assert (steps[bad], steps[TASK_ID]) == (Step.REFUSED, Step.NO_QUORUM)


def test_run__block_not_final__waits(world, office):
    world[0].is_final = False

    assert step(office.cycles[0]) is Step.NOT_FINAL


def test_run__node_on_another_chain__stops(world, office):
    world[0].chain_id = 1

    with pytest.raises(WrongChain):
        office.cycles[0].run()


def test_run__node_or_store_away__passes_through_to_the_daemon(world, office, tmp_path):
    chain, _ = world

    def away(_):
        raise ChainUnreachable("the node does not answer")

    class AwayStore(FolderStore):
        def get_block(self, cid):
            raise StoreUnreachable("kubo:", "refused", "start it")

    lost = open_office(chain, AwayStore(tmp_path / "away"), tmp_path / "b").cycles[0]
    with pytest.raises(StoreUnreachable):
        lost.run()
    chain.phases = away
    with pytest.raises(ChainUnreachable):
        office.cycles[0].run()
