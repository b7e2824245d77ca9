"""Histories read from final verdicts of a real chain."""

from collections.abc import Iterator

import pytest

from dao_client.documents import History, ReputationRow
from dao_client.nodes import advance
from ipfs_store import cid_from_digest
from oracle.chain import SystemChain
from oracle.evidence_reader import EvidenceReader
from oracle.history import EPOCH_SECONDS, halve, read_histories
from tests.integration.sdk_world import OPERATOR, WORKER, SdkWorld, sdk_world

pytestmark = pytest.mark.integration

HALF = 500_000_000
NOTHING = History(0, 0)
CHANGE = History(6 * HALF, 8 * HALF)
PAY = {WORKER.address: 20}


@pytest.fixture(params=["ganache", "anvil"])
def world(request, tmp_path) -> Iterator[SdkWorld]:
    with sdk_world(request.param, tmp_path) as built:
        yield built


def test_read_histories__final_verdicts_of_a_chain__are_folded_as_of_a_block(world) -> None:
    chain, row = (
        SystemChain(world.system),
        ReputationRow(WORKER.address, 8, 7, CHANGE, NOTHING, CHANGE),
    )
    before = world.system.chain.block()
    first = world.publish()
    world.settle(first, PAY, PAY, [row])
    after_one = world.system.chain.block()
    world.post(world.publish(), PAY, PAY, [row])
    advance(world.system.chain, 2 * EPOCH_SECONDS)
    later = world.system.chain.block()

    reader = EvidenceReader(world.store, (), is_overdue=False)
    early, one, last = (
        read_histories(chain, reader, block) for block in (before, after_one, later)
    )

    (posted,) = world.system.verdict_oracle.posted(first)
    assert (early.of_worker, early.sources) == ({}, ())
    assert one.of_worker == {WORKER.address: CHANGE}
    assert one.sources == last.sources == (cid_from_digest(posted.input_digest),)
    assert last.of_worker == {WORKER.address: halve(CHANGE, last.epoch - one.epoch)}
    assert last.epoch - one.epoch in (2, 3)


def test_active_operators__at_blocks_before_and_after__are_those_of_the_block(world) -> None:
    chain, block = SystemChain(world.system), world.system.chain.block()
    world.sender(OPERATOR).send(world.system.verdict_oracle.retire_operator())

    assert chain.active_operators(block.number) == [OPERATOR.address]
    assert chain.active_operators(block.number + 1) == []
    assert chain.active_operators(0) == []
