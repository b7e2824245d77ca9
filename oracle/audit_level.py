"""How many items of a task jurors should audit, as far as their answers tell by now.

    first rate ─▶ most of its items ruled, and the crowd unhealthy ─▶ 15 % ─▶ the same ─▶ 30 %

A crowd is unhealthy below a lambda of .60, or when it is wrong more often than the requester's
limit. The verdict judges by all audits there are at its snapshot; this only asks for them.
"""

from itertools import pairwise

from dao_client.types import Bps

from .audits import audited_items, levels_from
from .judging import audit_labels, judge_at
from .types import Evidence, Verified


def needed_rate(evidence: Evidence, verified: Verified) -> Bps:
    """Return the rate to audit at: the first that suffices, or that still waits for its jury."""
    ruled = audit_labels(evidence, verified.audits)
    levels = levels_from(evidence.draw.rate)
    for rate, _ in pairwise(levels):
        drawn = audited_items(evidence.draw.seed, evidence.rules.item_count, rate)
        if drawn and 2 * sum(item in ruled for item in drawn) <= len(drawn):
            return rate
        if judge_at(evidence, verified, ruled, rate).suffices:
            return rate
    return levels[-1]
