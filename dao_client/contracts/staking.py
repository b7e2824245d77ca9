"""The only holder of stakes: one ledger for each token."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.types import Address, Timestamp, Wei


@dataclass(frozen=True, slots=True)
class Unbonding:
    """Stake on its way out, still slashable until `ends_at`."""

    amount: Wei
    ends_at: Timestamp


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over all time of one token: `staked == held + withdrawn + slashed`."""

    staked: Wei
    withdrawn: Wei
    slashed: Wei


class Staking:
    """Stakes of workers and operators."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "Staking", address)
        self.address = address

    def stake_of(self, token: Address, account: Address, block: BlockTag = "latest") -> Wei:
        """Return the stake of an account."""
        return Wei(self.contract.read("stake_of", token, account, block=block))

    def stakes_of(
        self, token: Address, accounts: Iterable[Address], block: BlockTag = "latest"
    ) -> Mapping[Address, Wei]:
        """Return the stake of many accounts at one block, in few requests."""
        wanted = list(accounts)
        rows = [(token, account) for account in wanted]
        found = self.contract.read_many("stake_of", rows, block)
        return dict(zip(wanted, found, strict=True))

    def lock_of(self, token: Address, account: Address, block: BlockTag = "latest") -> Wei:
        """Return how much of a stake is locked."""
        return Wei(self.contract.read("lock_of", token, account, block=block))

    def unbonding_of(
        self, token: Address, account: Address, block: BlockTag = "latest"
    ) -> Unbonding:
        """Return the stake that is on its way out."""
        return Unbonding(*self.contract.read("unbonding_of", token, account, block=block))

    def credit_of(self, token: Address, account: Address, block: BlockTag = "latest") -> Wei:
        """Return the share of slashed stakes that an account may collect."""
        return Wei(self.contract.read("credit_of", token, account, block=block))

    def seats_of(
        self, token: Address, account: Address, seat_size: Wei, block: BlockTag = "latest"
    ) -> int:
        """Return how many seats a stake holds."""
        return int(self.contract.read("seats_of", token, account, seat_size, block=block))

    def totals_of(self, token: Address, block: BlockTag = "latest") -> Totals:
        """Return the sums over all time."""
        return Totals(*self.contract.read("totals_of", token, block=block))

    def deposit(self, token: Address, amount: Wei) -> Call:
        """Move approved tokens into the stake."""
        return self.contract.write("deposit", token, amount)

    def unstake(self, token: Address, amount: Wei) -> Call:
        """Start the clock of free stake on its way out."""
        return self.contract.write("unstake", token, amount)

    def withdraw(self, token: Address) -> Call:
        """Take out what has unbonded."""
        return self.contract.write("withdraw", token)

    def collect(self, token: Address) -> Call:
        """Take the credited share of slashed stakes."""
        return self.contract.write("collect", token)
