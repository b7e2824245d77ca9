"""Exact integer arithmetic that gives the same bytes on every machine."""

from .arrays import Ints, Ints32
from .fixed import EXP2_BITS, LOWEST, ONE, exp2, log2
from .kernel import kernel

__all__ = ["EXP2_BITS", "LOWEST", "ONE", "Ints", "Ints32", "exp2", "kernel", "log2"]
