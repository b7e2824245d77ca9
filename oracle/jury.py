"""Who audits an item: five seats among proven workers of other tasks, drawn by the beacon.

    order of an item  ascending keccak256(seed ‖ "jury" ‖ uint256 item ‖ address)
    seats             the first 5 candidates; operators fill what is left, in the same order
    label             at least min(3, seats) answers, more than half of them the same

A candidate has worked on other tasks with a skill of .8 or more, holds a seat's stake, and did not
work on this one. Its skill comes from its history alone, before any audit of this task:

    skill = (S + D) / (N + 2 D)    as in rule 4, with D = 1, the most that a task's D can be

D pulls a skill above one half down, so a candidate has at least this skill whatever its task's D
is. With D of the tasks behind it, three lucky answers to a yes-or-no question would be enough.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from eth_hash.backends.pysha3 import keccak256

from dao_client.audit_rates import SEATS
from dao_client.documents import History
from dao_client.types import Address, Wei

from .aggregate import UNIT

LEAST_ANSWERS = 3
JUROR_SKILL = 8 * UNIT // 10

_JURY = b"jury"
_WORD = 32


@dataclass(frozen=True, slots=True)
class Jury:
    """Whom the seats of every item of a task are drawn from; nobody stands in both lists."""

    candidates: tuple[Address, ...]
    fillers: tuple[Address, ...]
    seed: bytes
    _drawn: dict[int, tuple[Address, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @classmethod
    def of(
        cls,
        seed: bytes,
        candidates: Iterable[Address],
        operators: Iterable[Address],
        workers: Container[Address],
    ) -> Self:
        """Keep out who worked on the task, whatever list they come from."""
        chosen = sorted({each for each in candidates if each not in workers})
        fillers = {each for each in operators if each not in workers} - set(chosen)
        return cls(tuple(chosen), tuple(sorted(fillers)), seed)

    @property
    def members(self) -> tuple[Address, ...]:
        """Return everybody whom a seat may fall to."""
        return self.candidates + self.fillers

    def seats(self, item: int) -> tuple[Address, ...]:
        """Return who audits an item, in the order drawn; fewer than five if there are no more."""
        if item not in self._drawn:
            found = self._first(item, self.candidates, SEATS)
            self._drawn[item] = found + self._first(item, self.fillers, SEATS - len(found))
        return self._drawn[item]

    def _first(self, item: int, accounts: tuple[Address, ...], count: int) -> tuple[Address, ...]:
        if not count:
            return ()
        start = self.seed + _JURY + item.to_bytes(_WORD, "big")
        ranked = sorted((keccak256(start + bytes.fromhex(each[2:])), each) for each in accounts)
        return tuple(account for _, account in ranked[:count])


def judge(votes: Mapping[Address, int], seats: tuple[Address, ...]) -> int | None:
    """Return the label that an item's jurors agree on; votes of others do not count."""
    labels = [votes[juror] for juror in seats if juror in votes]
    if not labels or len(labels) < min(LEAST_ANSWERS, len(seats)):
        return None
    label, count = Counter(labels).most_common(1)[0]
    return label if 2 * count > len(labels) else None


def skill_of(history: History) -> int:
    """Return a skill of 0 to 1, scaled by 10**9, rounded down, by earlier tasks alone.

    One right answer with a rare label scores more than its task made possible on average; it counts
    as no more than that, or it would make a juror by itself.
    """
    score = min(history.score, history.possible)
    skill = (score + UNIT) * UNIT // (history.possible + 2 * UNIT)
    return max(0, min(UNIT, skill))


def qualified(
    histories: Mapping[Address, History],
    stakes: Mapping[Address, Wei],
    seat_size: Wei,
    workers: Container[Address],
) -> tuple[Address, ...]:
    """Return the candidates for a task's jury, ascending; `stakes` are in the task's token."""
    return tuple(
        account
        for account in sorted(histories)
        if account not in workers
        and stakes.get(account, 0) >= seat_size
        and skill_of(histories[account]) >= JUROR_SKILL
    )
