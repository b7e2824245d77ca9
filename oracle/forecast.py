"""What a worker may expect to earn, from its own history, before it stakes anything.

    skill     (S + D) / (N + 2 D)                     as in rule 4, with the task's D = 1 - 1/labels
    room      1 / (2 sqrt(n) D)                       n = N / D, the audited answers behind it
    pay       clip((skill -+ room - .25) / .75, 0, 1) as in rule 7, a share of the price

A pay in rule 7 follows a task's own answers and the crowd around them, so this is an estimate, not
a promise; `room` is the rule's own margin for what a few audits can tell.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from dao_client.documents import History

from .aggregate import UNIT

NOTHING_BELOW = Fraction(1, 4)
PRECISION = 10**9


@dataclass(frozen=True)
class Estimate:
    """A worker's skill by `answers` audited ones, and the shares of the price it may be paid."""

    answers: Fraction
    skill: Fraction
    least: Fraction
    usual: Fraction
    most: Fraction


def estimate(history: History, label_count: int) -> Estimate | None:
    """Return what a history says about pay in a task; none of a worker without one.

    The labels count as equally frequent: nobody knows their shares before the audits.
    """
    if not history.possible:
        return None
    spread = 1 - Fraction(1, max(label_count, 2))
    score, possible = Fraction(history.score, UNIT), Fraction(history.possible, UNIT)
    answers = possible / spread
    skill = min(max((score + spread) / (possible + 2 * spread), Fraction(0)), Fraction(1))
    room = 1 / (2 * _root(answers) * spread)
    return Estimate(answers, skill, _share(skill - room), _share(skill), _share(skill + room))


def _share(quality: Fraction) -> Fraction:
    return min(max((quality - NOTHING_BELOW) / (1 - NOTHING_BELOW), Fraction(0)), Fraction(1))


def _root(value: Fraction) -> Fraction:
    """Return the square root, rounded down to nine decimals, but more than nothing."""
    scaled = value.numerator * PRECISION**2 // value.denominator
    return Fraction(max(isqrt(scaled), 1), PRECISION)
