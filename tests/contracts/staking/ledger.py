"""The Python model of one token's books in Staking."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """What must be on record for one token."""

    stake: Counter = field(default_factory=Counter)
    lock: Counter = field(default_factory=Counter)
    unbonding: Counter = field(default_factory=Counter)
    ends_at: dict = field(default_factory=dict)
    credit: Counter = field(default_factory=Counter)
    staked: int = 0
    withdrawn: int = 0
    slashed: int = 0

    def free(self, account):
        return self.stake[account] - self.lock[account]

    def held(self):
        return self.stake.total() + self.unbonding.total()
