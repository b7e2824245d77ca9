"""The money rule: answers, audits, stakes and histories in; labels, pay and slashes out.

MECHANISM.md states the rule; its numbers stand in the docstrings. All is exact in integers.
"""

from .gate import Gate, errors_of, gate
from .overlap import leads, weigh
from .pay import pay_audited_only
from .rule import settle
from .types import (
    HEALTHY,
    WEIGHT_UNIT,
    Account,
    Chances,
    Score,
    Settlement,
    SlashTest,
    Terms,
)

__all__ = [
    "HEALTHY",
    "WEIGHT_UNIT",
    "Account",
    "Chances",
    "Gate",
    "Score",
    "Settlement",
    "SlashTest",
    "Terms",
    "errors_of",
    "gate",
    "leads",
    "pay_audited_only",
    "settle",
    "weigh",
]
