"""Nobody calls the beacon, so nobody can wait for a better one: it is the same whenever read."""

from collections.abc import Iterator

import pytest

from dao_client.nodes import advance, mine
from dao_client.windows import Windows
from oracle.beacon import beacon_of
from oracle.chain import SystemChain
from tests.integration.sdk_world import SdkWorld, sdk_world

pytestmark = pytest.mark.integration

MORE_THAN_CONTRACTS_SEE = 300
"""Blocks: a contract sees the hashes of the last 256."""


@pytest.fixture(params=["ganache", "anvil"])
def world(request, tmp_path) -> Iterator[SdkWorld]:
    with sdk_world(request.param, tmp_path) as built:
        yield built


def test_beacon_of__read_at_once_and_long_after__is_the_same(world) -> None:
    chain, node = SystemChain(world.system), world.system.chain
    task = world.system.task_escrow.task(world.publish())
    windows = Windows.of(task)
    before = beacon_of(chain, task)
    advance(node, windows.opening_deadline - node.clock() + 5)
    mine(node, 3)

    first = beacon_of(chain, task)
    mine(node, MORE_THAN_CONTRACTS_SEE)
    advance(node, 40 * 24 * 3_600)
    late = beacon_of(chain, task)

    assert before is None
    assert first is not None
    assert first == late
    assert node.block(first.block.number - 1).timestamp < windows.opening_deadline
    assert first.block.timestamp >= windows.opening_deadline
