"""The beacon of a task."""

from dataclasses import replace

import pytest
from eth_abi.abi import encode
from eth_hash.auto import keccak

from dao_client.types import Address, TaskId
from oracle.beacon import beacon_of, seed_of
from tests.oracle.fake_chain import BLOCK, FakeChain
from tests.oracle.tasks import DOMAIN, TASK_ID
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit

ESCROW = Address("0x" + "11" * 20)


def test_seed_of__any_block__is_the_hash_of_its_abi_encoding() -> None:
    row = encode(("bytes32", "uint256", "address", "uint256"), (b"\x07" * 32, 1, ESCROW, 9))

    assert seed_of(b"\x07" * 32, 1, ESCROW, TaskId(9)) == keccak(row)


@pytest.mark.parametrize(
    "other",
    [
        (b"\x08" * 32, 1, ESCROW, TaskId(9)),
        (b"\x07" * 32, 2, ESCROW, TaskId(9)),
        (b"\x07" * 32, 1, Address("0x" + "12" * 20), TaskId(9)),
        (b"\x07" * 32, 1, ESCROW, TaskId(8)),
    ],
)
def test_seed_of__another_block_chain_escrow_or_task__is_another(other) -> None:
    assert seed_of(*other) != seed_of(b"\x07" * 32, 1, ESCROW, TaskId(9))


def test_beacon_of__a_final_block__is_the_first_at_the_opening_deadline(tmp_path) -> None:
    chain, _ = settled_world(tmp_path)
    asked: list[int] = []

    class Watched(FakeChain):
        def first_final_block_at(self, timestamp):
            asked.append(timestamp)
            return super().first_final_block_at(timestamp)

    watched = Watched(**vars(chain))
    beacon = beacon_of(watched, chain.found_task)

    assert beacon is not None
    assert asked == [1_333]
    assert beacon.block == BLOCK
    assert beacon.seed == seed_of(BLOCK.hash, DOMAIN.chain_id, DOMAIN.verifying_contract, TASK_ID)


def test_beacon_of__a_block_that_is_not_final__is_none(tmp_path) -> None:
    chain, _ = settled_world(tmp_path)

    assert beacon_of(replace(chain, is_final=False), chain.found_task) is None
