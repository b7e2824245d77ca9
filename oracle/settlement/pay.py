"""What the workers earn (rule 7)."""

from math import isqrt

from dao_client.types import Wei
from oracle.integers import UNIT

from .types import Chances, Score, Settlement, Terms

_NOTHING_BELOW = UNIT // 4
"""The quality up to which an answer earns nothing, tau of the rule."""

_LEAST_HEALTH = UNIT // 2
_LEAST_AUDITED = 4


def full_points_of(health: int, by_labels: Chances, judged: int) -> int:
    """Return B = max(lambda, .5) * D * n."""
    return max(health, _LEAST_HEALTH) * by_labels.spread // UNIT * judged


def wanted_of(terms: Terms, judged: int, remembered: int) -> int:
    """Return how many answers quality is measured over: n, and no fewer than the terms ask for.

    `remembered` is how many audited answers the worker's history holds.
    """
    return max(judged, terms.least_answers - remembered)


def quality_of(points: int, full_points: int) -> int:
    """Return q = X / B, nothing where no answer was judged."""
    return points * UNIT // full_points if full_points else 0


def quality_cap_of(evidence: Score, spread: int) -> int | None:
    """Return S/N + 1 / (2 sqrt(n_g) D), what audits allow; None below four audited answers."""
    audited = evidence.possible // spread
    if audited < _LEAST_AUDITED:
        return None
    slack = UNIT**3 // (2 * isqrt(audited * UNIT * UNIT) * spread)
    return evidence.points * UNIT // evidence.possible + slack


def pay_of(terms: Terms, count: int, quality: int) -> Wei:
    """Return price * count * clip((q - .25) / .75, 0, 1), rounded down."""
    share = max(0, min(UNIT, quality) - _NOTHING_BELOW)
    return Wei(int(terms.price) * count * share // (UNIT - _NOTHING_BELOW))


def pay_audited_only(settlement: Settlement, terms: Terms) -> tuple[Wei, ...]:
    """Return each worker's pay where a task ends unhealthy or is refunded (rules 6 and 11).

    Only this task's audited answers count: price * n_g * clip((S/N - .25) / .75, 0, 1), where n_g
    are those that were opened. Whom a test of rule 8 hit gets nothing here either.
    """
    return tuple(
        Wei(0)
        if account.is_slashed
        else pay_of(
            terms,
            account.audited - account.audited_withheld,
            quality_of(account.earned.points, account.earned.possible),
        )
        for account in settlement.accounts
    )
