"""The thirteen goals: what each means, what was found, and whether it holds.

    G1  random       G2  constant      G3  prior-mimic     G4  copier         lose at every overlap
    G5  honest work pays for its effort       G6   skilled workers are not slashed by mistake
    G7  labels are right under a ring         G8   a ring loses            G9  sabotage loses more
    G10 honest work is the best reply         G11  splitting a stake earns nothing
    G12 honest work takes the crowd over      G13  no order of answers decides anything

A value is the mean over seeds in the worst case: of all kinds of task, overlaps, ring shares and
pools (newcomers at twice the audits, or a crowd that is known).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from benchmarks.accuracy.rings import KINDS
from dao_client.governance.goals import CONDITIONS, Goal

from .digests import measure_digests
from .lone import Nets, Tick, measure_replies, measure_spam
from .rule import Rule
from .splits import PARTS, SMALL, gains_of_splitting, measure_splits
from .strategies import SPAMMERS, Strategy
from .together import (
    Mistakes,
    RingFigures,
    least_accuracy,
    measure_dynamics,
    measure_mistakes,
    measure_rings,
    most_earned,
)

ACCURACIES = {0.0: 0.95, 0.4: 0.92, 0.5: 0.90, 0.6: 0.87}
"""How often labels must be right, by share of the ring."""

LARGEST_LOSING_RING = 0.5
ROUNDS = 0
"""Stands for the protocol's own rounds among the fixed overlaps."""


@dataclass(frozen=True)
class Size:
    """How much is simulated: seeds of each experiment, and what it goes through."""

    name: str
    overlaps: Sequence[int]
    spam: int
    replies: int
    splits: int
    parts: Sequence[int]
    mistakes: int
    ring_shares: Sequence[float]
    rings: int
    sabotage_shares: Sequence[float]
    sabotage: int
    dynamics: int
    shuffles: int

    @property
    def steps(self) -> int:
        """How often `Tick` is called."""
        by_kind = len(self.overlaps) + 1 + self.replies + 1 + 1 + self.dynamics + 1
        return len(KINDS) * (by_kind + len(self.ring_shares) + len(self.sabotage_shares))


QUICK = Size(
    name="quick",
    overlaps=(3, 5, 7, 10),
    spam=8,
    replies=6,
    splits=8,
    parts=PARTS,
    mistakes=16,
    ring_shares=(0.0, 0.2, 0.4, 0.5, 0.6),
    rings=3,
    sabotage_shares=(0.2, 0.5),
    sabotage=2,
    dynamics=1,
    shuffles=3,
)
FULL = Size(
    name="full",
    overlaps=tuple(range(3, 11)),
    spam=30,
    replies=20,
    splits=30,
    parts=(*PARTS, *SMALL),
    mistakes=120,
    ring_shares=(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
    rings=8,
    sabotage_shares=(0.1, 0.2, 0.3, 0.4, 0.5),
    sabotage=5,
    dynamics=4,
    shuffles=10,
)


@dataclass(frozen=True)
class Figures:
    """Everything that was measured with one rule."""

    spam: Nets
    rounds: Nets
    replies: Nets
    splits: Nets
    mistakes: Mapping[str, Mistakes]
    rings: RingFigures
    sabotage: RingFigures
    dynamics: Mapping[str, list[list[float]]]
    digests: Mapping[str, int]


@dataclass(frozen=True)
class Target:
    """What a goal asks of its value; `sign` is one of < > <= >= ==."""

    goal: str
    what: str
    sign: str
    bound: float
    digits: int = 3

    def judge(self, value: float, conditions: str) -> Goal:
        """Compare a value with the bound."""
        told = round(value, self.digits)
        holds = bool(SIGNS[self.sign](value, self.bound))
        return Goal(self.goal, f"{self.what}{CONDITIONS}{conditions}", told, self.bound, holds)


SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda value, bound: value < bound,
    ">": lambda value, bound: value > bound,
    "<=": lambda value, bound: value <= bound,
    ">=": lambda value, bound: value >= bound,
    "==": lambda value, bound: value == bound,
}

_LOSE = "net per answer of {} at every overlap 3 to 10, in nominal prices"
TARGETS = (
    Target("G1", _LOSE.format("random answers"), "<", 0),
    Target("G2", _LOSE.format("constant answers"), "<", 0),
    Target("G3", _LOSE.format("answers as frequent as the truth"), "<", 0),
    Target("G4", _LOSE.format("copiers, who find answers sealed"), "<", 0),
    Target("G5", "net per answer of honest work of accuracy .85 in rounds of 5 to 11", ">", 0.2),
    Target("G6", "share slashed of honest workers of accuracy .78, 100 answers", "<", 0.001, 5),
    Target("G7", "accuracy less .95/.92/.90/.87 at ring share 0/.4/.5/.6", ">=", 0),
    Target("G8", "net per answer of a ring of up to half the crowd", "<", 0),
    Target("G9", "net per answer of a ring that sabotages", "<", -0.4),
    Target("G10", "what a lone worker gains by sparing effort", "<", 0),
    Target("G11", "what a stake under several names gains, .02 being noise", "<", 0.02),
    Target("G12", "honest share after 30 generations from .30", ">=", 0.95),
    Target("G13", "different settlements of the same answers in another order", "==", 1, 0),
)


def measure(rule: Rule, seed: int, size: Size, tick: Tick) -> Figures:
    """Simulate everything that the goals ask for."""
    ring, sabotage = Strategy.RING, Strategy.SABOTAGE
    return Figures(
        digests=measure_digests(rule, seed, size.shuffles, tick),
        spam=measure_spam(rule, seed, size.spam, size.overlaps, tick),
        rounds=measure_spam(rule, seed, size.spam, (ROUNDS,), tick),
        replies=measure_replies(rule, seed, size.replies, tick),
        splits=measure_splits(rule, seed, size.splits, size.parts, tick),
        mistakes=measure_mistakes(rule, seed, size.mistakes, tick),
        rings=measure_rings(rule, seed, size.rings, ring, size.ring_shares, tick),
        sabotage=measure_rings(rule, seed, size.sabotage, sabotage, size.sabotage_shares, tick),
        dynamics=measure_dynamics(rule, seed, size.dynamics, tick),
    )


def judge_goals(figures: Figures, rule: Rule, seed: int, size: Size) -> list[Goal]:
    """Compare every value with its bound, in the order of the goals."""
    settings = ", ".join(f"{name}={value}" for name, value in asdict(rule).items())
    conditions = f"{settings}, seed={seed}, {size.name}"
    pairs = zip(TARGETS, _values(figures), strict=True)
    return [target.judge(value, conditions) for target, value in pairs]


def worst(nets: Nets, strategy: Strategy) -> float:
    """Return the greatest mean net of those who play so."""
    return max(float(np.mean(each)) for key, each in nets.items() if key[0] == strategy)


def least(nets: Nets, strategy: Strategy) -> float:
    """Return the smallest mean net of those who play so."""
    return min(float(np.mean(each)) for key, each in nets.items() if key[0] == strategy)


def _values(figures: Figures) -> list[float]:
    small = {str(parts) for parts in SMALL}
    gains = gains_of_splitting(figures.splits)
    return [
        *(max(worst(figures.spam, each), worst(figures.rounds, each)) for each in SPAMMERS),
        least(figures.rounds, Strategy.HONEST),
        max(each.rate for each in figures.mistakes.values()),
        min(least_accuracy(figures.rings, share) - bound for share, bound in ACCURACIES.items()),
        most_earned(figures.rings, LARGEST_LOSING_RING),
        most_earned(figures.sabotage, LARGEST_LOSING_RING),
        max(float(np.mean(each)) for each in figures.replies.values()),
        max(gain for key, gain in gains.items() if key[-1] not in small),
        min(float(np.mean([course[-1] for course in each])) for each in figures.dynamics.values()),
        max(figures.digests.values()),
    ]
