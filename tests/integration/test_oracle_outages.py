"""The operators' node or IPFS node dies at any moment: they go on when it is back, once."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from dao_client.contracts.events import VerdictFinalised
from dao_client.messages import verdict_digest
from dao_client.types import Phase, TaskId
from ipfs_store import KuboStore, cid_from_digest
from ipfs_store.node import IpfsNode, start_node
from oracle.signatures import Signatures
from tests.integration.cable import Cable, cable_to
from tests.integration.operators import Operators, wait_until
from tests.integration.oracle_world import HOUR, World, open_world

pytestmark = pytest.mark.integration

CUTS = 5  # in each half; after a failure operators wait longer and longer
DAY = 24 * HOUR


@pytest.fixture(params=["ganache", "anvil"])
def world(request, tmp_path) -> Iterator[World]:
    """A chain for each test: histories of earlier tasks are in the store of those tasks."""
    with open_world(tmp_path, request.param) as found:
        yield found


@pytest.fixture(scope="module")
def ipfs_node(tmp_path_factory) -> Iterator[IpfsNode]:
    node = start_node(tmp_path_factory.mktemp("ipfs") / "repo")
    yield node
    node.stop()


@contextmanager
def two_operators(world: World) -> Iterator[Operators]:
    operators = Operators(world)
    try:
        for number in (0, 1):
            operators.start(number)
        for number in (0, 1):
            wait_until(lambda place=number: "operator" in operators.log(place), "the start")
        yield operators
    finally:
        operators.kill_all()


def answered_task(world: World) -> TaskId:
    task_id = world.publish()
    world.answer(task_id)
    return task_id


def settle(world: World, operators: Operators, cable: Cable, task_id: TaskId, longest: int) -> None:
    """Let the cable break again and again from the first computation to the end of the task."""
    moment = random.Random(task_id)
    cable.plan(moment.randint(1, longest) for _ in range(CUTS))
    world.pass_time(2 * HOUR)
    wait_until(
        lambda: world.system.verdict_oracle.phase(task_id) is Phase.CHALLENGE, "a verdict", 300
    )
    cable.plan(moment.randint(1, longest) for _ in range(CUTS))
    world.pass_time(DAY)
    wait_until(lambda: world.system.verdict_oracle.phase(task_id) is Phase.FINAL, "the end", 300)


def assert_decided_once(world: World, operators: Operators, task_id: TaskId) -> None:
    oracle, domain = world.system.verdict_oracle, world.system.oracle_domain
    assert len(oracle.posted(task_id)) == 1
    assert len(list(oracle.contract.events(VerdictFinalised, task_id=task_id))) == 1
    for number in (0, 1):
        signed = Signatures(operators.folder(number), domain).latest(task_id)
        assert verdict_digest(signed.verdict, domain) == oracle.record(task_id).digest


def test_operators__node_dies_again_and_again__post_and_finalise_once(world) -> None:
    with cable_to(int(world.url.rsplit(":", 1)[1])) as cable:
        seen = replace(world, url=f"http://127.0.0.1:{cable.port}")
        with two_operators(seen) as operators:
            task_id = answered_task(world)
            settle(world, operators, cable, task_id, longest=12)

            assert cable.cuts >= CUTS
            assert "ChainUnreachable" in operators.log(0) + operators.log(1)
            assert_decided_once(world, operators, task_id)


def test_operators__ipfs_node_dies_again_and_again__post_and_finalise_once(
    world, ipfs_node
) -> None:
    port = int(ipfs_node.address.rsplit("/", 1)[1])
    with cable_to(port) as cable:
        seen = replace(
            world,
            store=KuboStore(ipfs_node.address),
            store_url=f"kubo:/ip4/127.0.0.1/tcp/{cable.port}",
        )
        with two_operators(seen) as operators:
            task_id = answered_task(seen)
            settle(world, operators, cable, task_id, longest=5)

            assert cable.cuts >= CUTS
            assert "StoreUnreachable" in operators.log(0) + operators.log(1)
            assert_decided_once(world, operators, task_id)
            (posted,) = world.system.verdict_oracle.posted(task_id)
            assert seen.store.has(cid_from_digest(posted.document))
