"""The only holder of stakes: one ledger for each token."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.contracts.governance_events import DelegateChanged
from dao_client.types import Address, Timestamp, Wei


@dataclass(frozen=True, slots=True)
class Unbonding:
    """Stake on its way out, still slashable until `ends_at`."""

    amount: Wei
    ends_at: Timestamp


@dataclass(frozen=True, slots=True)
class EntrySeat:
    """First pay that is held as stake until the stake has this size; zero when nothing is held."""

    size: Wei
    held: Wei


@dataclass(frozen=True, slots=True)
class VoteTerms:
    """Why the power of an account is what it is (`IStaking.VoteTerms`)."""

    delegatee: Address
    lock_seconds: int
    unlocks_at: Timestamp
    dispute_lock: Wei
    units: int


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

    def unbondings_of(
        self, token: Address, accounts: Iterable[Address], block: BlockTag = "latest"
    ) -> Mapping[Address, Unbonding]:
        """Return what many accounts have on its way out, in few requests."""
        wanted = list(accounts)
        rows = [(token, account) for account in wanted]
        found = self.contract.read_many("unbonding_of", rows, block)
        return {account: Unbonding(*row) for account, row in zip(wanted, found, strict=True)}

    def entry_seat_of(
        self, token: Address, account: Address, block: BlockTag = "latest"
    ) -> EntrySeat:
        """Return what of a stake is first pay that has to stay, and until when."""
        return EntrySeat(*self.contract.read("entry_seat_of", token, account, block=block))

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

    def votes(self, account: Address) -> int:
        """Return the present power of an account, what others delegated to it included."""
        return int(self.contract.read("getVotes", account))

    def past_votes(self, account: Address, timepoint: int) -> int:
        """Return the power of an account at the end of a past second."""
        return int(self.contract.read("getPastVotes", account, timepoint))

    def past_total_votes(self, timepoint: int) -> int:
        """Return everybody's power at the end of a past second."""
        return int(self.contract.read("getPastTotalSupply", timepoint))

    def vote_terms(self, accounts: Sequence[Address]) -> list[VoteTerms]:
        """Return why the power of accounts is what it is, in few requests."""
        rows = self.contract.read_many("vote_terms_of", [(each,) for each in accounts])
        return [VoteTerms(*row) for row in rows]

    def delegators(self, account: Address, first: int = 0) -> list[Address]:
        """Return who delegates to an account now, by the events and what holds still."""
        events = self.contract.events(DelegateChanged, first=first, toDelegate=account)
        known = list(dict.fromkeys(event.delegator for event in events))
        now = self.contract.read_many("delegates", [(each,) for each in known])
        return [each for each, chosen in zip(known, now, strict=True) if chosen == account != each]

    def delegate(self, delegatee: Address) -> Call:
        """Give the power of own stake to somebody; to oneself takes it back."""
        return self.contract.write("delegate", delegatee)

    def lock_votes(self, seconds: int) -> Call:
        """Let own stake vote more, against leaving no sooner than so long after giving up."""
        return self.contract.write("lock_votes", seconds)

    def unlock_votes(self) -> Call:
        """Give the lock up: a quarter of the power now, the stake after the locked time."""
        return self.contract.write("unlock_votes")

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
