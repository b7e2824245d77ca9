"""What a settlement is given, and everything that a payslip shows of it.

Scores, shares, skills and lambda are scaled by `UNIT`; weights by 1,000 * `UNIT`; money is wei.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from dao_client.types import Wei
from oracle.aggregate.choice import UNKNOWN
from oracle.integers import UNIT, Ints, Ints32

MILLI = 1_000
"""Stake factors are held in thousandths, as the reference holds them."""

WEIGHT_UNIT = MILLI * UNIT
"""A weight of one: the stake of one seat and full skill."""


@dataclass(frozen=True)
class Terms:
    """Hold what an answer may earn (`p_max` of MECHANISM) and what a bad one costs of it.

    Quality is measured as if a worker had at least `least_answers` judged answers, less those that
    its history remembers. Whoever answers a few items by chance cannot be told from a good worker
    by them, so they are not paid as a good worker's. Zero is MECHANISM's reference.
    """

    price: Wei
    slash_bps: int = 3_000
    least_answers: int = 0


@dataclass(frozen=True)
class Withheld:
    """Hold what was committed and never opened: whose answer, and of which item, one entry each.

    An answer that its worker hides where an audit would find it wrong must not be as good as one
    that was never given: it counts as the worst answer there is (rule 2).
    """

    workers: Ints32
    items: Ints32

    @classmethod
    def nothing(cls) -> Self:
        """Return what a crowd withheld that opened everything."""
        return cls(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))

    def count(self, worker_count: int) -> Ints:
        """Return how many answers each worker withheld."""
        return np.bincount(self.workers, minlength=worker_count)

    def on(self, known: Ints32) -> Self:
        """Return those on items whose label is known."""
        is_known = known[self.items] != UNKNOWN
        return type(self)(self.workers[is_known], self.items[is_known])


@dataclass(frozen=True)
class Chances:
    """Hold how often an answer is right by chance (rule 4).

    `shares` has one entry per label, F of the rule; `spread` is D = 1 - sum of F**2.
    """

    shares: Ints
    spread: int


@dataclass(frozen=True)
class Score:
    """Hold points against chance and how many were possible: S and N of rule 4."""

    points: int
    possible: int


@dataclass(frozen=True)
class SlashTest:
    """Hold one test of rule 8: who is told by chance alone apart from who is bad.

    `shortfall` is d, by `UNIT`; `square` and `bound` are both sides of 4 d**2 > z**2 n, over the
    same scale. A test that is not open (too few audits, or an unhealthy crowd) hits nobody.
    """

    is_open: bool
    shortfall: int
    square: int
    bound: int

    @property
    def is_hit(self) -> bool:
        return self.is_open and self.shortfall > 0 and self.square > self.bound


@dataclass(frozen=True)
class Account:
    """Hold how one worker's pay, slash and skill came about.

    audited, hits       audited answers of this task, and how many of them equal the audit
    audited_withheld    how many of the audited ones were never opened; they are no hits
    earned              S and N of this task's audits alone
    evidence            S and N with history (rule 4)
    refined             the score against the others' labels, as capped
    skill, weight       rules 4 and 5
    judged              n of rule 7: answers with a reference, and withheld ones
    withheld            answers committed and never opened
    points              X of rule 7
    full_points         B of rule 7, which the tests compare X with
    measured_against    B' that quality is measured against: B of at least `least_answers`
    quality             q = X / B' before the cap
    quality_cap         what audits allow q to be; None below four audited answers
    pay, slash          wei
    peers_test          the tests of rule 8
    audit_test
    history             the evidence to remember, at most 20 answers' worth
    """

    audited: int
    hits: int
    audited_withheld: int
    earned: Score
    evidence: Score
    refined: Score
    skill: int
    weight: int
    judged: int
    withheld: int
    points: int
    full_points: int
    measured_against: int
    quality: int
    quality_cap: int | None
    pay: Wei
    slash: Wei
    peers_test: SlashTest
    audit_test: SlashTest
    history: Score

    @property
    def is_slashed(self) -> bool:
        """Say whether a test of rule 8 hit; what was withheld is slashed either way."""
        return self.peers_test.is_hit or self.audit_test.is_hit


@dataclass(frozen=True)
class Settlement:
    """Hold what became of a task's answers.

    `labels` and `consensus` have one entry per item, -1 where nobody answered; in `labels` audits
    stand, in `consensus` the workers' own choice. `references` has one entry per answer, in the
    answers' order: what the others on the item say, -1 where nobody of weight does. `health` is
    lambda (rule 6). `by_audits` and `by_labels` are the chances that audited answers and all
    answers are scored by. `audited` counts the audited items that were answered. `accounts` has
    one entry per worker.
    """

    labels: Ints32
    consensus: Ints32
    references: Ints32
    health: int
    by_audits: Chances
    by_labels: Chances
    audited: int
    accounts: tuple[Account, ...]

    @property
    def is_healthy(self) -> bool:
        """Say whether lambda is at least .60; below, audits rise and peers may not slash."""
        return self.health >= HEALTHY


HEALTHY = 6 * UNIT // 10
