"""Who is slashed, and what for (rules 2 and 8)."""

from dao_client.types import Wei
from oracle.aggregate.types import BPS
from oracle.integers import UNIT

from .types import HEALTHY, Score, SlashTest, Terms

_WANTED = 35 * UNIT // 100
"""The quality below which an answer is worth nothing to anybody."""

_LEAST_AUDITED = 8


def judge_by_peers(points: int, full_points: int, judged: int, health: int) -> SlashTest:
    """Compare X with .35 B, z = 2.5; open while lambda is at least .60."""
    shortfall = _WANTED * full_points // UNIT - points
    return SlashTest(
        is_open=health >= HEALTHY,
        shortfall=shortfall,
        square=16 * shortfall * shortfall,
        bound=25 * judged * UNIT * UNIT,
    )


def judge_by_audits(evidence: Score, spread: int) -> SlashTest:
    """Compare S with .35 N, z = 3; open from eight audited answers on, history included."""
    audited = evidence.possible // spread
    shortfall = _WANTED * evidence.possible // UNIT - evidence.points
    return SlashTest(
        is_open=audited >= _LEAST_AUDITED,
        shortfall=shortfall,
        square=4 * shortfall * shortfall,
        bound=9 * audited * UNIT * UNIT,
    )


def slash_of(terms: Terms, is_hit: bool, judged: int, withheld: int) -> Wei:
    """Return what is taken: per judged answer if a test hit, else per withheld one.

    `judged` counts the withheld answers, so each answer costs `slash_bps` of the price once.
    """
    return Wei(int(terms.price) * terms.slash_bps // BPS * (judged if is_hit else withheld))
