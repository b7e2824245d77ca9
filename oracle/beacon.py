"""The randomness of a task: the hash of a block that nobody could know while answers came in.

    beacon  first final block at or after the task's opening deadline
    seed    keccak256( bytes32 blockHash ‖ uint256 chainId ‖ address escrow ‖ uint256 taskId )

The deadlines stand in the escrow since the task was created and no transaction fixes the beacon,
so nobody can wait for a better block, ask again, or forget to ask. Who proposes that one block can
give up its reward for another draw; the share of audited items stays the same.
"""

from dataclasses import dataclass

from eth_hash.auto import keccak

from dao_client.abi_rows import encode_row
from dao_client.chain import Block
from dao_client.types import Address, Task, TaskId
from dao_client.windows import Windows

from .chain import EvidenceChain

SEED_TYPES = ("bytes32", "uint256", "address", "uint256")


@dataclass(frozen=True, slots=True)
class Beacon:
    """The block, and the 32 bytes that it gives one task."""

    block: Block
    seed: bytes


def seed_of(block_hash: bytes, chain_id: int, escrow: Address, task_id: TaskId) -> bytes:
    """Give each task of each escrow a seed of its own; 32 bytes."""
    return keccak(encode_row(SEED_TYPES, (block_hash, chain_id, escrow, task_id)))


def beacon_of(chain: EvidenceChain, task: Task) -> Beacon | None:
    """Return the beacon of a task, none while its block is not final."""
    block = chain.first_final_block_at(Windows.of(task).opening_deadline)
    if block is None:
        return None
    domain = chain.escrow_domain
    seed = seed_of(block.hash, domain.chain_id, domain.verifying_contract, task.task_id)
    return Beacon(block, seed)
