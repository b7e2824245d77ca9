"""`kill -9` of an operator at each step of a verdict: it starts again, and all happens once."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dao_client.chain import Chain
from dao_client.contracts.events import VerdictFinalised
from dao_client.deployment import Deployment, System
from dao_client.keys import LocalSigner
from dao_client.messages import verdict_digest
from dao_client.sealing import sealing_secret
from dao_client.transactions import Sender
from dao_client.types import Phase, TaskId
from ipfs_store import FolderStore
from oracle.chain import SystemChain
from oracle.cycle import Cycle, Desk, Step
from oracle.opening import Opener
from oracle.post import Turns
from oracle.signatures import Signatures
from tests.integration.oracle_world import HOUR, KEYS, World, open_world
from tests.oracle.desks import DiskPeer

pytestmark = pytest.mark.integration

DAY = 24 * HOUR
BEFORE_IT_IS_WRITTEN_DOWN = (
    "before put_block", "after put_block", "before sign_typed", "after sign_typed", "before keep",
)  # fmt: skip
AFTER_IT_IS_WRITTEN_DOWN = ("after keep", "before post", "after post")
AT_THE_END = ("before finalise", "after finalise")


@dataclass(frozen=True)
class Place:
    """Where the world is, for another process."""

    url: str
    folder: Path


class Mortal:
    """Does what `inner` does, but the process dies at one step."""

    def __init__(self, inner: object, step: str) -> None:
        self._inner, self._step = inner, step

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        moment, _, method = self._step.partition(" ")
        if name != method:
            return found

        def last(*arguments: object) -> None:
            if moment == "after":
                found(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)

        return last


def work(place: Place, number: int, task_id: TaskId, step: str = "") -> Step:
    """Do one cycle of an operator, from nothing but its folder, key and node."""
    chain = Chain.connect(place.url)
    system = System.connect(chain, Deployment.load(place.folder / "deployment.json"))
    kept = [
        Signatures(place.folder / f"operator-{each}", system.oracle_domain) for each in range(2)
    ]
    signer = LocalSigner(KEYS[number])
    own_chain = Mortal(SystemChain(system, Sender(chain, signer)), step)
    store = Mortal(FolderStore(place.folder / "store"), step)
    secret = sealing_secret(signer, system.oracle_domain)
    desk = Desk(
        signer=Mortal(signer, step),
        signatures=Mortal(kept[number], step),
        peers=(DiskPeer(kept[1 - number]),),
        turns=Turns(signer.address, 0, lambda: 0.0),
        opener=Opener(own_chain, store, signer.address, secret),
    )
    return Cycle(own_chain, store, desk).run(task_id)[task_id]


def die(place: Place, task_id: TaskId, step: str) -> None:
    """Let the first operator's process end at a step."""
    process = multiprocessing.get_context("forkserver").Process(
        target=work, args=(place, 0, task_id, step)
    )
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL, "it never came to this step"


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[World]:
    with open_world(tmp_path_factory.mktemp("kill"), "ganache") as found:
        yield found


@pytest.fixture
def place(world: World) -> Place:
    return Place(world.url, world.folder)


@pytest.fixture
def task_id(world: World, place: Place) -> TaskId:
    """A task that the second operator has signed."""
    task_id = world.publish()
    world.answer(task_id)
    world.pass_time(2 * HOUR)
    assert work(place, 1, task_id) is Step.NO_QUORUM
    return task_id


def assert_decided_once(world: World, task_id: TaskId) -> None:
    oracle = world.system.verdict_oracle
    (posted,) = oracle.posted(task_id)
    assert oracle.phase(task_id) is Phase.FINAL
    assert len(list(oracle.contract.events(VerdictFinalised, task_id=task_id))) == 1
    assert world.system.task_escrow.task(task_id).payouts_root == posted.payouts_root


def signature_of_first(world: World, task_id: TaskId) -> object:
    domain = world.system.oracle_domain
    return Signatures(world.folder / "operator-0", domain).latest(task_id)


def end(world: World, place: Place, task_id: TaskId) -> None:
    """Start the killed operator again until the task ends."""
    assert work(place, 0, task_id) in (Step.POSTED, Step.WINDOW_OPEN)
    world.pass_time(DAY)
    assert work(place, 0, task_id) is Step.FINALISED


@pytest.mark.parametrize("step", ["before put_block", "after put_block"])
def test_operator__killed_while_it_opens_answers__opens_the_rest_and_signs(
    world, place, step
) -> None:
    task_id = world.publish()
    world.answer(task_id)
    world.pass_time(2 * HOUR)

    die(place, task_id, step)

    assert signature_of_first(world, task_id) is None
    assert work(place, 0, task_id) is Step.NO_QUORUM
    assert work(place, 1, task_id) is Step.POSTED


@pytest.mark.parametrize("step", BEFORE_IT_IS_WRITTEN_DOWN)
def test_operator__killed_before_its_signature_is_kept__signs_the_same_again(
    world, place, task_id, step
) -> None:
    die(place, task_id, step)
    assert signature_of_first(world, task_id) is None

    end(world, place, task_id)

    domain = world.system.oracle_domain
    signed = verdict_digest(signature_of_first(world, task_id).verdict, domain)
    assert signed == world.system.verdict_oracle.record(task_id).digest
    assert_decided_once(world, task_id)


@pytest.mark.parametrize("step", AFTER_IT_IS_WRITTEN_DOWN)
def test_operator__killed_after_its_signature_is_kept__never_signs_again(
    world, place, task_id, step
) -> None:
    die(place, task_id, step)
    before = signature_of_first(world, task_id)
    assert len(world.system.verdict_oracle.posted(task_id)) == (step == "after post")

    end(world, place, task_id)

    assert signature_of_first(world, task_id) == before
    assert_decided_once(world, task_id)


@pytest.mark.parametrize("step", AT_THE_END)
def test_operator__killed_around_the_end__finalises_once(world, place, task_id, step) -> None:
    assert work(place, 0, task_id) is Step.POSTED
    world.pass_time(DAY)
    die(place, task_id, step)

    done = work(place, 0, task_id)

    assert done is (Step.ENDED if step == "after finalise" else Step.FINALISED)
    assert_decided_once(world, task_id)
