"""Move the clock of a development chain: the only thing in the demo that is not real time."""

from dao_client.chain import Chain
from dao_client.types import Timestamp

FINALITY_BLOCKS = 3
"""Blocks mined after a jump, so that Anvil's `finalized` (latest - 2) is behind it too."""


def travel_to(chain: Chain, timestamp: int) -> Timestamp:
    """Mine until the chain's clock is at or past `timestamp` and that block is final."""
    missing = timestamp - chain.clock()
    if missing > 0:
        chain.rpc.call("evm_increaseTime", missing)
    bury(chain)
    return chain.clock()


def bury(chain: Chain) -> None:
    """Mine until what happened last is final: nobody else mines on a development chain."""
    for _ in range(FINALITY_BLOCKS):
        chain.rpc.call("evm_mine")
