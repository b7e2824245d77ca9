"""OpenZeppelin's TimelockController: the one account that may change anything."""

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Contract
from dao_client.types import Address

GRACE_SECONDS = 14 * 86_400
"""How long an operation that is ready can be executed."""


class Timelock:
    """What passed a vote waits here, then happens."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "Timelock", address)
        self.address = address

    def min_delay(self, block: BlockTag = "latest") -> int:
        """Return the seconds that every operation waits at least."""
        return int(self.contract.read("getMinDelay", block=block))
