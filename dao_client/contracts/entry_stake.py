"""The first pay of newcomers, which becomes their stake."""

from collections.abc import Sequence

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.documents import PayoutRow
from dao_client.types import Address, TaskId, Wei


class EntryStake:
    """Claims pay into purses and stakes it for their workers."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "EntryStake", address)
        self.address = address

    def purse_of(self, worker: Address, seat_size: Wei) -> Address:
        """Return the address that a payout names when it fills a worker's seat first."""
        return Address(self.contract.read("purse_of", worker, seat_size))

    def are_credited(
        self, places: Sequence[tuple[TaskId, int]], block: BlockTag = "latest"
    ) -> list[bool]:
        """Return which payouts, by task and index, have become stake, in few requests."""
        return self.contract.read_many("is_credited", places, block)

    def credit(self, task_id: TaskId, row: PayoutRow, proof: Sequence[bytes]) -> Call:
        """Make a payout the stake of its worker; anybody, whether it was claimed before or not."""
        columns = (task_id, row.index, row.worker, row.entry_seat, row.amount)
        return self.contract.write("credit", *columns, list(proof))
