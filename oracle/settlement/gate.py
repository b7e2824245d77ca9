"""Whether labels may be delivered under the requester's limit of errors (rule 11)."""

from dataclasses import dataclass
from math import isqrt

import numpy as np

from oracle.aggregate.choice import UNKNOWN
from oracle.aggregate.types import BPS
from oracle.integers import Ints, Ints32

_DEVIATIONS_MILLI = 1_645
"""The one-sided 95 % of a normal distribution, in thousandths."""


@dataclass(frozen=True)
class Gate:
    """Hold what the audited items say of the errors, and whether that is within the limit."""

    errors: int
    audited: int
    bound_bps: int
    limit_bps: int

    @property
    def is_delivered(self) -> bool:
        return self.bound_bps <= self.limit_bps

    @property
    def is_missed(self) -> bool:
        """Tell whether audits speak against the labels; where there are none workers are paid.

        Else a small task, of which the beacon may draw no item, would buy answers for nothing.
        """
        return self.audited > 0 and not self.is_delivered


def gate(errors: int, audited: int, limit_bps: int) -> Gate:
    """Bound the share of errors: e/n + 1.645 sqrt(e (n - e) / n**3), rounded up to a bps.

    The limit is whole, so rounding up decides as the exact numbers do. Without an audited item
    nothing is known, and the bound is one.

        bound = (BPS e n + sqrt((1.645 BPS)**2 e (n - e) n)) / n**2
    """
    if audited == 0:
        return Gate(errors, audited, BPS, limit_bps)
    scale = _DEVIATIONS_MILLI * BPS // 1_000
    root = _root_up(scale * scale * errors * (audited - errors) * audited)
    bound = -(-(BPS * errors * audited + root) // (audited * audited))
    return Gate(errors, audited, bound, limit_bps)


def errors_of(known: Ints32, labels: Ints) -> tuple[int, int]:
    """Return on how many known items a method's own labels are wrong, and how many it labelled.

    The labels must be those that are delivered, before what is known overrules them: the limit is
    about the items that nobody audits. What has no label (-1) is not counted.
    """
    is_compared = (known != UNKNOWN) & (labels >= 0)
    wrong = int(np.count_nonzero(is_compared & (labels != known)))
    return wrong, int(np.count_nonzero(is_compared))


def _root_up(square: int) -> int:
    """Return the square root, rounded up."""
    return isqrt(square - 1) + 1 if square else 0
