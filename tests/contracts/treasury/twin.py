"""The Python model of the treasury's books in one token."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.contracts.treasury.conftest import WINDOW


@dataclass
class Promise:
    """One grant."""

    holder: str
    amount: int
    starts_at: int
    cliff_seconds: int
    duration_seconds: int
    paid: int = 0
    stopped_at: int | None = None

    def vested(self, now):
        """Return what belongs to the holder, as a whole number of wei."""
        now = now if self.stopped_at is None else self.stopped_at
        elapsed = now - self.starts_at
        if elapsed < self.cliff_seconds:
            return 0
        return int(self.amount * min(Fraction(elapsed, self.duration_seconds), 1))

    def owed(self, now):
        """Return what nobody else may take."""
        whole = self.amount if self.stopped_at is None else self.vested(now)
        return whole - self.paid


@dataclass
class Twin:
    balance: int
    spendings: list = field(default_factory=list)  # (timestamp, wei)
    promises: list = field(default_factory=list)

    def reserved(self, now):
        return sum(promise.owed(now) for promise in self.promises)

    def free(self, now):
        return self.balance - self.reserved(now)

    def spent(self, now):
        return sum(amount for at, amount in self.spendings if at > now - WINDOW)

    def spendable(self, now):
        """Return the largest amount that keeps the window within 5 %."""
        limit = Fraction(5, 100) * (self.free(now) + self.spent(now))
        return max(0, int(limit - self.spent(now)))
