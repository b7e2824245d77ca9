"""Half of what workers lose: pays for work that must be done again."""

from dataclasses import dataclass

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.contracts.stake_events import InsurancePaid
from dao_client.types import Address, Digest, TaskId, Wei


@dataclass(frozen=True, slots=True)
class PoolTotals:
    """Sums over all time of one token: `collected + donated == held + paid`."""

    collected: Wei
    donated: Wei
    paid: Wei
    held: Wei


class InsurancePool:
    """What slashed workers left for those whom they harmed."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "InsurancePool", address)
        self.address = address

    def totals_of(self, token: Address, block: BlockTag = "latest") -> PoolTotals:
        """Return what came and went of a token."""
        return PoolTotals(*self.contract.read("totals_of", token, block=block))

    def payments(
        self, task_id: TaskId, first: int = 0, last: int | None = None
    ) -> list[InsurancePaid]:
        """Return what was paid on account of a task, in order."""
        return list(self.contract.events(InsurancePaid, first=first, last=last, task_id=task_id))

    def collect(self, token: Address) -> Call:
        """Fetch the pool's half of slashed stakes; anybody."""
        return self.contract.write("collect", token)

    def pay(
        self, token: Address, to: Address, amount: Wei, task_id: TaskId, reason: Digest
    ) -> Call:
        """Pay on account of a task, as the Timelock; `reason` is the digest of a document."""
        return self.contract.write("pay", token, to, amount, task_id, reason)
