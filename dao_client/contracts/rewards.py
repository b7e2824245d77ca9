"""The profit: fees for stakers, and TES for accepted work."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from dao_client.chain import Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.types import Address, Digest, PayoutLeaf, TaskId, Timestamp, Verdict, Wei

EPOCH_SECONDS = 7 * 86_400


@dataclass(frozen=True, slots=True)
class EmissionTask:
    """A task on record (`IRewards.EmissionTask`); the root is zero for one that is not."""

    payouts_root: Digest
    pay_left: Wei
    rate: int
    epoch: int
    earned_at: Timestamp  # of the verdict, in whole hours

    @property
    def is_registered(self) -> bool:
        """Whether somebody registered the task."""
        return any(self.payouts_root)


class Rewards:
    """Shares fees among stakers, and creates TES for work within weekly budgets."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "Rewards", address)
        self.address = address

    def claimable_fees(self, token: Address, account: Address) -> Wei:
        """Return a staker's share of fees that it has not taken."""
        return Wei(self.contract.read("claimable_fees", token, account))

    def owed_fees(self, token: Address) -> Wei:
        """Return everybody's share of fees that was not taken."""
        return Wei(self.contract.read("owed_fees", token))

    def emission_rate(self, token: Address) -> int:
        """Return how many wei of TES 10**18 wei of pay ask for."""
        return int(self.contract.read("emission_rate", token))

    def epoch(self) -> int:
        """Return the present week, from 0."""
        return int(self.contract.read("epoch"))

    def epoch_starts_at(self, epoch: int) -> Timestamp:
        """Return when a week begins."""
        return Timestamp(self.contract.read("started_at") + epoch * EPOCH_SECONDS)

    def budget(self, epoch: int) -> Wei:
        """Return the most TES that a week's work gets."""
        return Wei(self.contract.read("budget_of", epoch))

    def demand(self, epoch: int) -> Wei:
        """Return the TES that a week's work asks for."""
        return Wei(self.contract.read("demand_of", epoch))

    def emission_task(self, task_id: TaskId) -> EmissionTask:
        """Return what is on record of a task."""
        return EmissionTask(*self.contract.read("emission_task", task_id))

    def are_emissions_claimed(self, leaves: Sequence[PayoutLeaf]) -> list[bool]:
        """Return which payouts got their emission, in few requests."""
        rows = [(leaf.task_id, leaf.index) for leaf in leaves]
        return self.contract.read_many("is_emission_claimed", rows)

    def emission_cap(self) -> Wei:
        """Return the most TES ever created here."""
        return Wei(self.contract.read("emission_cap"))

    def emission_minted(self) -> Wei:
        """Return the TES created so far."""
        return Wei(self.contract.read("emission_minted"))

    def distribute(self, token: Address) -> Call:
        """Fetch the fees of a token and share them; anybody."""
        return self.contract.write("distribute", token)

    def claim_fees(self, token: Address, account: Address) -> Call:
        """Send a staker its share of fees; anybody."""
        return self.contract.write("claim_fees", token, account)

    def register_task(self, verdict: Verdict) -> Call:
        """Ask this week's budget for the emission of a settled task; anybody, once."""
        return self.contract.write("register_task", astuple(verdict))

    def claim_emission(self, leaf: PayoutLeaf, proof: Sequence[bytes]) -> Call:
        """Create the TES of one payout for its worker; anybody, from the next week on."""
        row = (leaf.task_id, leaf.index, leaf.worker, leaf.amount)
        return self.contract.write("claim_emission", *row, list(proof))
