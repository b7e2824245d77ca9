"""The money rule: answers, audits, stakes and histories in; labels, pay and slashes out.

MECHANISM.md states the rule; its numbers stand in the docstrings. All is exact in integers.
"""

from .gate import Gate, errors_of, gate
from .overlap import leads, weigh
from .pay import pay_audited_only
from .rule import settle
from .skills import Lessons, learn
from .types import (
    HEALTHY,
    WEIGHT_UNIT,
    Account,
    Chances,
    Score,
    Settlement,
    SlashTest,
    Terms,
    Withheld,
)

__all__ = [
    "HEALTHY",
    "WEIGHT_UNIT",
    "Account",
    "Chances",
    "Gate",
    "Lessons",
    "Score",
    "Settlement",
    "SlashTest",
    "Terms",
    "Withheld",
    "errors_of",
    "gate",
    "leads",
    "learn",
    "pay_audited_only",
    "settle",
    "weigh",
]
