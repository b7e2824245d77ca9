"""Exact integer arithmetic that gives the same bytes on every machine."""

from .arrays import UNIT, Ints, Ints32
from .fixed import EXP2_BITS, LOG_UNIT, LOWEST, ONE, exp2, log2
from .kernel import kernel
from .ratio import clipped_ratio, power, ratio

__all__ = [
    "EXP2_BITS",
    "LOG_UNIT",
    "LOWEST",
    "ONE",
    "UNIT",
    "Ints",
    "Ints32",
    "clipped_ratio",
    "exp2",
    "kernel",
    "log2",
    "power",
    "ratio",
]
