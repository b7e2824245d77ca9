"""The voting power of workers."""

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Contract
from dao_client.types import Address


class WorkerHouse:
    """Points for accepted work: they vote, halve every year and cannot be moved."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "WorkerHouse", address)
        self.address = address

    def votes(self, worker: Address, block: BlockTag = "latest") -> int:
        """Return the present points of a worker."""
        return int(self.contract.read("getVotes", worker, block=block))

    def past_votes(self, worker: Address, timepoint: int) -> int:
        """Return the points of a worker at the end of a past second."""
        return int(self.contract.read("getPastVotes", worker, timepoint))

    def past_total_votes(self, timepoint: int) -> int:
        """Return everybody's points at the end of a past second."""
        return int(self.contract.read("getPastTotalSupply", timepoint))
