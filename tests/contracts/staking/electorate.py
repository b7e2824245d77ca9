"""The Python model of the votes in Staking: who staked, who holds what back, who votes for whom."""

from dataclasses import dataclass, field

from tests.contracts.staking.voting import worth


@dataclass
class Voter:
    """What is on record for one account."""

    delegatee: str
    stake: int = 0
    lock: int = 0  # as operator
    dispute_lock: int = 0
    lock_seconds: int = 0
    unlocks_at: int = 0

    def free(self) -> int:
        return self.stake - self.lock - self.dispute_lock

    def units(self) -> int:
        return worth(self.stake - self.dispute_lock, self.lock_seconds)

    def is_locked(self, now: int) -> bool:
        return self.lock_seconds > 0 or now < self.unlocks_at

    def least_lock(self, now: int) -> int:
        return max(self.lock_seconds, self.unlocks_at - now, 1)

    def slash(self, amount: int) -> None:
        self.stake -= amount
        dispute_lock = min(self.dispute_lock, self.stake)
        self.lock = min(self.lock + self.dispute_lock, self.stake) - dispute_lock
        self.dispute_lock = dispute_lock


@dataclass(frozen=True)
class Moment:
    """What was true at the end of a second."""

    votes: dict[str, int]
    stakes: dict[str, int]
    total_votes: int
    total_stake: int


@dataclass
class Electorate:
    """All accounts, and what was true when."""

    voters: dict[str, Voter] = field(default_factory=dict)
    past: dict[int, Moment] = field(default_factory=dict)

    def votes_of(self, account: str) -> int:
        return sum(each.units() for each in self.voters.values() if each.delegatee == account)

    def record(self, now: int) -> None:
        """Remember this second as it is now; the last word of a second counts."""
        self.past[now] = Moment(
            votes={account: self.votes_of(account) for account in self.voters},
            stakes={account: voter.stake for account, voter in self.voters.items()},
            total_votes=sum(worth(v.stake, v.lock_seconds) for v in self.voters.values()),
            total_stake=sum(voter.stake for voter in self.voters.values()),
        )

    def at(self, timepoint: int) -> Moment:
        """Say what was true at the end of a second, recorded or not."""
        known = max((when for when in self.past if when <= timepoint), default=None)
        if known is None:
            nothing = dict.fromkeys(self.voters, 0)
            return Moment(nothing, nothing, 0, 0)
        return self.past[known]
