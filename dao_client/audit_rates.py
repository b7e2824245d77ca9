"""How much of a task is audited: requesters size budgets for it, operators draw by it."""

from math import isqrt

from dao_client.types import EVERYTHING_BPS, Bps

SEATS = 5
"""Jurors of an audited item."""
LEAST_RATE_BPS, MOST_RATE_BPS = Bps(200), Bps(3_000)
"""What no vote can change."""
FIRST_BATCH_FACTOR = 2
"""How many times the audits of a pool that nothing is known about."""


def bounded_rate(rate_bps: int) -> Bps:
    """Keep a rate within its bounds."""
    return Bps(max(LEAST_RATE_BPS, min(MOST_RATE_BPS, rate_bps)))


def first_batch_rate(parameter_bps: int) -> Bps:
    """Return the rate of a pool's first batch, where the DAO's parameter is `parameter_bps`."""
    return bounded_rate(FIRST_BATCH_FACTOR * parameter_bps)


def audits_to_fund(item_count: int, parameter_bps: int) -> int:
    """Return how many answers of jurors a new pool's task needs, the share of items rounded up.

    The draw may take a few items more or less, and more if the crowd turns out bad; funding the
    30 % that it takes at most would lock money that nearly always returns.
    """
    items = -(-item_count * first_batch_rate(parameter_bps) // EVERYTHING_BPS)
    return SEATS * items


def most_audited_items(item_count: int) -> int:
    """Return how many items a draw takes at most: the highest rate and five standard deviations.

    Fewer than one draw in a million is larger; sigma = sqrt(n p (1 - p)) for n items and rate p.
    """
    rate, rest = MOST_RATE_BPS, EVERYTHING_BPS - MOST_RATE_BPS
    expected = -(-item_count * rate // EVERYTHING_BPS)
    return min(item_count, expected + isqrt(25 * item_count * rate * rest) // EVERYTHING_BPS + 1)
